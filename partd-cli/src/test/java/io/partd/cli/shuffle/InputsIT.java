package io.partd.cli.shuffle;

import io.partd.cli.testing.Flights;
import io.partd.cli.testing.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All kinds of inputs, and ways to split and to write them. */
@Tag("slow")
class InputsIT {
    @TempDir
    static Path directory;

    private static Path atlanta;

    @BeforeAll
    static void shuffle() throws Exception {
        atlanta = directory.resolve("flights");
        Script.shuffleSample(atlanta);
    }

    /** What is exported and shuffled again is the same, by the rows of one destination. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet", "arrow", "arrows"})
    void thereAndBack(String extension) throws Exception {
        Path file = directory.resolve("a [b]." + extension);
        String format = extension.equals("arrows") ? "arrow" : extension;
        Script.run("export", atlanta, "ATL", "--format", format, "--out", file).succeeded();
        Path store = directory.resolve("from " + extension);
        String summary = Script.run("shuffle", file, "--by", "destination", "--values", "--to", store)
                .succeeded()
                .out();
        assertTrue(summary.startsWith("8,339 rows in"), summary);
        Path out = directory.resolve("out." + extension + ".parquet");
        Script.run("export", store, "ORD", "--format", "parquet", "--out", out).succeeded();
        String columns = "SELECT date, delay::BIGINT AS delay, distance, origin, destination FROM ";
        Flights.assertSameRows(
                columns + "read_parquet('" + Script.SAMPLE
                        + "', file_row_number = true) WHERE origin = 'ATL' AND destination = 'ORD' ORDER BY file_row_number",
                columns + "read_parquet('" + out + "')");
    }

    @Test
    void compressedArrowIsReadAndWritten() throws Exception {
        for (String codec : new String[] {"lz4", "zstd"}) {
            Path store = directory.resolve(codec);
            Script.run(
                            "shuffle",
                            Script.SAMPLE,
                            "--by",
                            "origin",
                            "--partitions",
                            2,
                            "--to",
                            store,
                            "--compress",
                            codec)
                    .succeeded();
            Path stream = directory.resolve(codec + ".arrows");
            Files.write(stream, Script.run("cat", store, "0").succeeded().bytes());
            Path plain = directory.resolve(codec + " plain");
            Script.run("shuffle", stream, "--by", "origin", "--partitions", 2, "--to", plain)
                    .succeeded();
            assertEquals(rows(store, "0"), rows(plain, "0"));
            String smaller = Script.run("ls", store, "--json").out();
            assertTrue(Files.size(stream) < 3_000_000, smaller);
        }
    }

    @Test
    void columnsAreCompressedWhereNobodySaysOtherwise() throws Exception {
        Path small = directory.resolve("small");
        Path plain = directory.resolve("plain");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 2, "--to", small)
                .succeeded();
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 2, "--to", plain, "--compress", "none")
                .succeeded();
        assertEquals(rows(plain, "1"), rows(small, "1"));
        long uncompressed = bytes(plain);
        assertTrue(bytes(small) < 0.7 * uncompressed, bytes(small) + " of " + uncompressed);
    }

    private static long bytes(Path store) throws Exception {
        long bytes = 0;
        for (String key : new String[] {"0", "1"}) {
            bytes += Script.run("cat", store, key).succeeded().bytes().length;
        }
        return bytes;
    }

    private static String rows(Path store, String key) throws Exception {
        return Script.run("head", store, key, "-n", 1000).succeeded().out();
    }

    @Test
    void severalFilesAndGlobs() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files/deeper"));
        Files.writeString(files.resolve("b.csv"), "n,text\n3,c\n4,d\n");
        Files.writeString(files.resolveSibling("a.csv"), "n,text\n1,a\n2,b\n");
        Files.writeString(files.resolve("c*.json"), "{\"n\":5,\"text\":\"e\"}\n");
        Path store = directory.resolve("globbed");
        Object[] inputs = {"shuffle", directory + "/files/**.csv", files.resolve("c*.json"), files + "/?.csv"};
        Script.run(concat(inputs, "--by", "n", "--range", "3,5", "--to", store)).succeeded();
        assertEquals("n  text\n1  a\n2  b\n", rows(store, "0"));
        assertEquals("n  text\n3  c\n4  d\n3  c\n4  d\n", rows(store, "1"));
        assertEquals("n  text\n5  e\n", rows(store, "2"));
    }

    private static Object[] concat(Object[] first, Object... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray();
    }

    @Test
    void chosenColumnsAndAppends() throws Exception {
        Path store = directory.resolve("columns");
        Object[] command = {
            "shuffle",
            Script.SAMPLE,
            "--by",
            "origin,destination",
            "--partitions",
            8,
            "--columns",
            "delay,origin",
            "--to",
            store
        };
        Script.run(command).succeeded();
        Script.run(command).failed(1, "is a store with 8 keys", "--append");
        String summary = Script.run(concat(command, "--append", "--memory=128MB"))
                .succeeded()
                .out();
        assertTrue(summary.startsWith("200,000 rows in"), summary);
        assertTrue(Script.run("stat", store).out().contains("400,000"));
        String head = rows(store, "3").lines().findFirst().orElseThrow();
        assertEquals("delay  origin  destination", head);
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--append", "--to", store)
                .failed(1, "partitioned by hash(8, \"origin\", \"destination\")");
    }

    @Test
    void rangesOfDates() throws Exception {
        Path store = directory.resolve("dates");
        Script.run("shuffle", Script.SAMPLE, "--by", "date", "--range", "2001-01-15,2001-02-01T12:00:00", "--to", store)
                .succeeded();
        String schema = Script.run("schema", store, "0").succeeded().out();
        assertTrue(schema.contains("range(\"date\", datetime(2001-01-15T00:00), datetime(2001-02-01T12:00))"), schema);
    }

    @Test
    void integersOfJsonHave64Bits() throws Exception {
        Path json = Files.writeString(directory.resolve("signs.json"), "{\"n\":5,\"m\":1}\n{\"n\":-3,\"m\":-1}\n");
        Path store = directory.resolve("signs");
        Script.run("shuffle", json, "--by", "n", "--values", "--to", store).succeeded();
        String schema = Script.run("schema", store, "5").succeeded().out();
        assertTrue(schema.contains("n       int64\nm       int64\n"), schema);
        Files.writeString(json, "{\"n\":18446744073709551615,\"m\":1}\n{\"n\":-3,\"m\":1}\n");
        Script.run("shuffle", json, "--by", "m", "--values", "--to", directory.resolve("large"))
                .failed(1, "cannot read", "signs.json", "18446744073709551615");
    }

    @Test
    void conditionsExpressionsAndADryRun() throws Exception {
        Path store = directory.resolve("late");
        Object[] command = {
            "shuffle",
            Script.SAMPLE,
            "--where",
            "delay > 60",
            "--by",
            "month(date),substr(origin, 1, 1)",
            "--partitions",
            "auto",
            "--columns",
            "delay,upper(origin) AS from",
            "--to",
            store
        };
        String dry = Script.run(concat(command, "--dry-run")).succeeded().out();
        assertTrue(dry.startsWith("column "), dry);
        assertTrue(dry.contains("would make 1 partition in " + store + ", by hash(1, \"month(date)\", "), dry);
        assertTrue(Files.notExists(store), "a dry run makes a store");
        String rows = dry.lines()
                .filter(line -> line.contains(" would make "))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        String number = rows.replace(",", "");
        String dryJson =
                Script.run(concat(command, "--dry-run", "--json")).succeeded().out();
        assertTrue(dryJson.startsWith("{\"columns\": [{\"name\": \"delay\", \"type\": \"int64\", "), dryJson);
        assertTrue(dryJson.contains("\"rows\": " + number + ", \"left_out\": 0, \"partitioner\": \"hash(1, "), dryJson);
        assertEquals(1, dryJson.lines().count(), dryJson);
        String summary = Script.run(concat(command, "--json")).succeeded().out();
        assertTrue(
                summary.matches(
                        "\\{\"rows\": " + number + ", \"left_out\": 0, \"seconds\": [\\d.]+, \"partitions\": 1, .*\n"),
                summary);
        assertTrue(summary.contains("\"largest\": {\"key\": \"0\", \"rows\": " + number + "}}"), summary);
        String head = rows(store, "0").lines().findFirst().orElseThrow();
        assertEquals("delay  from  month(date)  substr(origin, 1, 1)", head);
    }

    @Test
    void rangesOfASample() throws Exception {
        Path store = directory.resolve("even");
        String summary = Script.run("shuffle", Script.SAMPLE, "--by", "date", "--range", "auto:4", "--to", store)
                .succeeded()
                .out();
        assertTrue(summary.contains("; the store holds 4 partitions, "), summary);
    }

    /** Pipes of text and of Parquet: what they hold is guessed, or said. */
    @Test
    void pipes() throws Exception {
        Path store = directory.resolve("piped");
        Path csv = Files.writeString(directory.resolve("x.txt"), "n;w\n1;a\n2;b\n");
        Script.runWithInput(csv.toFile(), "shuffle", "-", "--by", "n", "--values", "--to", store)
                .succeeded();
        assertEquals("n  w\n2  b\n", rows(store, "2"));
        Path lines = Files.writeString(directory.resolve("y.txt"), "{\"n\":3,\"w\":\"c\"}\n");
        Object[] append = {"shuffle", "-", "--by", "n", "--values", "--append", "--to", store};
        Script.runWithInput(lines.toFile(), concat(append, "--input-format", "ndjson"))
                .succeeded();
        assertEquals("n  w\n3  c\n", rows(store, "3"));
        Path parquet = directory.resolve("parquet");
        Script.runWithInput(
                        Script.SAMPLE.toFile(), "shuffle", "-", "--by", "origin", "--partitions", 2, "--to", parquet)
                .succeeded();
        assertTrue(Script.run("stat", parquet).out().contains("200,000"));
    }

    /** What a file is refused with names the options that help; with them it is read. */
    @Test
    void oddFilesOfCsv() throws Exception {
        Path latin = Files.writeString(
                directory.resolve("latin.csv"),
                "'name'|n|n2\n'Jos\u00e9'|1,5|7\n'a|b'|-|8\n",
                StandardCharsets.ISO_8859_1);
        Path store = directory.resolve("odd");
        Object[] command = {"shuffle", latin, "--by", "n2", "--values", "--to", store};
        Script.run(command)
                .failed(1, "latin.csv: CSV Error on Line: 2", "(what may help: --encoding latin-1, --ignore-errors)");
        Object[] options = {
            "--encoding",
            "latin-1",
            "--delimiter",
            "|",
            "--quote",
            "'",
            "--header",
            "--null",
            "-",
            "--decimal-separator",
            ","
        };
        Script.run(concat(concat(command, options), "--types", "n=DECIMAL(10,2),n2=VARCHAR"))
                .succeeded();
        assertEquals("name     n  n2\nJos\u00e9  1.50  7\n", rows(store, "7"));
        assertEquals("name  n  n2\na|b      8\n", rows(store, "8"));
        Path late = Files.writeString(directory.resolve("late.csv"), "id,n\n" + "1,2\n".repeat(60_000) + "2,many\n");
        Object[] text = {"shuffle", late, "--by", "id", "--values", "--to", directory.resolve("many")};
        Script.run(text)
                .failed(1, "late.csv: CSV Error on Line: 60002", "--types n=VARCHAR, --all-text, --ignore-errors)");
        String summary = Script.run(concat(text, "--ignore-errors", "--append"))
                .succeeded()
                .out();
        assertTrue(summary.contains("\n1 line left out"), summary);
    }

    /** Rows go by the words, not by their numbers, and the words come back. */
    @Test
    void dictionariesOfArrow() throws Exception {
        Path file = directory.resolve("words.arrows");
        writeWords(file, "red", "green", "blue");
        Path store = directory.resolve("words");
        Script.run("shuffle", file, "--by", "word", "--values", "--to", store).succeeded();
        assertEquals("word   n\ngreen  1\ngreen  4\n", rows(store, "green"));
        Path json = directory.resolve("words.json");
        Script.run("export", store, "--format", "json", "--out", json).succeeded();
        assertEquals(6, Files.readString(json).lines().count());
        assertTrue(Files.readString(json).startsWith("{\"word\":\"blue\",\"n\":2}"), Files.readString(json));
    }

    /** Two batches of each word once, encoded with a dictionary. */
    private static void writeWords(Path file, String... words) throws IOException {
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, null);
        FieldType text = FieldType.nullable(ArrowType.Utf8.INSTANCE);
        try (RootAllocator allocator = new RootAllocator();
                VarCharVector entries = new VarCharVector("word", text, allocator);
                VarCharVector plain = new VarCharVector("word", text, allocator);
                IntVector numbers = new IntVector("n", allocator)) {
            for (int i = 0; i < words.length; i++) {
                entries.setSafe(i, words[words.length - 1 - i].getBytes(StandardCharsets.UTF_8));
                plain.setSafe(i, words[i].getBytes(StandardCharsets.UTF_8));
            }
            entries.setValueCount(words.length);
            plain.setValueCount(words.length);
            Dictionary dictionary = new Dictionary(entries, encoding);
            try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(plain, dictionary);
                    VectorSchemaRoot root = VectorSchemaRoot.of(encoded, numbers);
                    OutputStream out = Files.newOutputStream(file);
                    ArrowStreamWriter writer = new ArrowStreamWriter(
                            root, new DictionaryProvider.MapDictionaryProvider(dictionary), out)) {
                for (int batch = 0; batch < 2; batch++) {
                    for (int i = 0; i < words.length; i++) numbers.setSafe(i, batch * words.length + i);
                    root.setRowCount(words.length);
                    writer.writeBatch();
                }
            }
        }
    }
}
