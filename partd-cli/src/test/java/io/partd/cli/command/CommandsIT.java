package io.partd.cli.command;

import io.partd.cli.testing.Flights;
import io.partd.cli.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each command, on a store of the sample by origin. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsIT {
    @TempDir
    static Path directory;

    private static Path store;

    @BeforeAll
    static void shuffle() throws Exception {
        store = directory.resolve("flights");
        Script.shuffleSample(store);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shuffle", "ls", "head", "schema", "export", "sql", "sort", "join", "cat", "stat", "verify", "compact",
                "merge", "rm", "drop", ""
            })
    void helpHasAnExample(String command) throws Exception {
        Script.Result help = command.isEmpty() ? Script.run("--help") : Script.run(command, "--help");
        assertTrue(help.succeeded().out().contains("  partd " + command), help.out());
        assertTrue(help.out().contains("Example"), help.out());
        help.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void version() throws Exception {
        String version = Script.run("--version").succeeded().out();
        assertTrue(version.matches("partd \\d+\\.\\d+\\.\\S+, on Java \\S+\n"), version);
    }

    @Test
    void ls() throws Exception {
        String list = Script.run("ls", store).succeeded().out();
        assertEquals(229, list.lines().count());
        assertTrue(list.lines().anyMatch(line -> line.matches("ATL +8,339 +[0-9,]+ +2")), list);
        String json = Script.run("ls", store, "--json").succeeded().out();
        assertTrue(json.startsWith("[\n  {\"key\": \"ABE\", \"rows\": 189, \"bytes\": "), json);
        assertTrue(json.endsWith("}\n]\n"), json);
    }

    @Test
    void head() throws Exception {
        String head = Script.run("head", store, "ATL", "-n", 2).succeeded().out();
        assertEquals("""
                date              delay  distance  origin  destination
                2001-01-01T00:50    184       547  ATL     DCA
                2001-01-01T01:06     83       432  ATL     IND
                """, head);
    }

    @Test
    void schema() throws Exception {
        String schema = Script.run("schema", store, "ATL").succeeded().out();
        assertTrue(schema.contains("distance     int64\n"), schema);
        assertTrue(schema.contains("date         timestamp[us]\n"), schema);
        assertTrue(schema.endsWith("partitioned by values(\"origin\")\n"), schema);
        assertEquals(schema, Script.run("schema", store).succeeded().out(), "all tables have the same columns");
        String json = Script.run("schema", store, "ATL", "--json").succeeded().out();
        assertTrue(
                json.startsWith("{\"keys\": [\"ATL\"], \"partitioner\": \"values(\\\"origin\\\")\", \"columns\": [{"),
                json);
    }

    @Test
    void helpOfACommand() throws Exception {
        assertEquals(
                Script.run("ls", "--help").succeeded().out(),
                Script.run("help", "ls").succeeded().out());
        Script.run("help", "nope").failed(2, "nope");
    }

    /** Whatever the width, a line is broken once: where the next word does not fit. */
    @ParameterizedTest
    @ValueSource(ints = {60, 100})
    void helpIsBrokenOnce(int width) throws Exception {
        ProcessBuilder builder =
                Script.builder(List.of(Script.ROOT.resolve("partd").toString(), "help", "serve"));
        builder.environment().merge("PARTD_JAVA_OPTIONS", " -Dpartd.columns=" + width, String::concat);
        String help = Script.finish(builder.start()).succeeded().out();
        List<String> note = help.lines()
                .dropWhile(line -> !line.startsWith("Every Flight client"))
                .takeWhile(line -> !line.isEmpty())
                .toList();
        for (int i = 0; i + 1 < note.size(); i++) {
            String next = note.get(i + 1).split(" ", 2)[0];
            assertTrue(note.get(i).length() + 1 + next.length() >= width, help);
        }
    }

    @Test
    void headOfSeveralKeys() throws Exception {
        assertEquals(
                """
                ==> GST <==
                date              delay  distance  origin  destination
                2001-06-13T18:27      4        41  GST     JNU

                ==> ATL <==
                date              delay  distance  origin  destination
                2001-01-01T00:50    184       547  ATL     DCA
                """,
                Script.run("head", store, "GST", "ATL", "-n", 1).succeeded().out());
        assertEquals(
                "{\"key\": \"ATL\", \"rows\": [{\"date\": \"2001-01-01T00:50\", \"delay\": 184, \"distance\": 547,"
                        + " \"origin\": \"ATL\", \"destination\": \"DCA\"}]}\n",
                Script.run("head", store, "ATL", "-n", 1, "--json").succeeded().out());
    }

    @Test
    void factsAsJson() throws Exception {
        String stat = Script.run("stat", store, "--json").succeeded().out();
        assertTrue(stat.startsWith("{\"keys\": 228, \"rows\": 200000, \"bytes_of_values\": "), stat);
        assertTrue(stat.endsWith("\"largest\": {\"key\": \"ORD\", \"rows\": 11277}}\n"), stat);
        String sound = Script.run("verify", store, "--json").succeeded().out();
        assertTrue(sound.startsWith("{\"sound\": true, \"tables\": 228, \"rows\": 200000, "), sound);
        String exported = Script.run("export", store, "ATL", "--out", directory.resolve("json.arrow"), "--json")
                .succeeded()
                .out();
        assertTrue(exported.startsWith("{\"rows\": 8339, \"keys\": 1, \"files\": 1, \"bytes\": "), exported);
    }

    /** Two stores into a third, and keys of that away again. */
    @Test
    void mergeAndRemove() throws Exception {
        Path other = directory.resolve("other");
        Path merged = directory.resolve("merged");
        Script.shuffleSample(other);
        String said =
                Script.run("merge", store, other, "--to", merged).succeeded().out();
        assertTrue(said.startsWith("456 keys of 2 stores, "), said);
        String json = Script.run("ls", merged, "--json").succeeded().out();
        assertTrue(json.contains("{\"key\": \"ATL\", \"rows\": 16678, "), json);
        Script.run("merge", store, "--to", merged).failed(1, "is a store with 228 keys", "--append");
        Script.run("merge", store, store, "--to", merged).failed(2, "is named twice");
        Path differs = directory.resolve("differs");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 4, "--to", differs)
                .succeeded();
        Script.run("merge", differs, "--to", merged, "--append")
                .failed(1, "is partitioned by hash(4, \"origin\")", "by values(\"origin\")");
        Script.run("rm", merged, "ATL", "nope").failed(1, "has no key \"nope\"");
        String removed = Script.run("rm", merged, "ATL", "SEA").succeeded().out();
        assertTrue(removed.startsWith("removed 2 keys with "), removed);
        assertEquals(
                "{\"removed_keys\": 1, ",
                Script.run("rm", merged, "ORD", "--json").succeeded().out().substring(0, 20));
        assertEquals(
                (2 * (200_000 - 8339 - 3408 - 11_277)) + "",
                Script.run("stat", merged, "--json")
                        .succeeded()
                        .out()
                        .replaceFirst("(?s).*\"rows\": (\\d+), \"bytes_of.*", "$1"));
    }

    @Test
    void catWritesAStreamThatCanBeShuffled() throws Exception {
        Path stream = directory.resolve("ATL.arrows");
        Files.write(stream, Script.run("cat", store, "ATL").succeeded().bytes());
        Path again = directory.resolve("again");
        Script.runWithInput(stream.toFile(), "shuffle", "-", "--by", "destination", "--partitions", 4, "--to", again)
                .succeeded();
        assertTrue(Script.run("stat", again).succeeded().out().contains("8,339"));
    }

    @Test
    void exportOfAllToOneFileIsInTheOrderOfKeys() throws Exception {
        Path csv = directory.resolve("all.csv");
        Script.run("export", store, "--format", "csv", "--out", csv).succeeded();
        Flights.assertSameRows(
                "SELECT * EXCLUDE (file_row_number) FROM read_parquet('" + Script.SAMPLE
                        + "', file_row_number = true) ORDER BY origin, file_row_number",
                "SELECT * FROM read_csv('" + csv + "')");
    }

    @Test
    void exportToOutput() throws Exception {
        byte[] out = Script.run("export", store, "ATL", "ABE", "--format", "json")
                .succeeded()
                .bytes();
        Path json = directory.resolve("two.json");
        Script.run("export", store, "ATL", "ABE", "--format", "json", "--out", json)
                .succeeded();
        assertArrayEquals(Files.readAllBytes(json), out);
        assertEquals(8339 + 189, new String(out, StandardCharsets.UTF_8).lines().count());
        byte[] stream = Script.run("export", store, "ATL", "--format", "arrow")
                .succeeded()
                .bytes();
        assertEquals(-1, stream[0]);
    }

    @Test
    void verifyAndStat() throws Exception {
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 228 tables with 200,000 rows, "), sound);
        String stat = Script.run("stat", store).succeeded().out();
        assertTrue(stat.contains("rows               200,000\n"), stat);
        assertTrue(stat.contains("smallest 2 (GST), median 158 (FAI), largest 11,277 (ORD)"), stat);
    }

    @Test
    void fromAnyDirectoryAndThroughALink() throws Exception {
        Path link = directory.resolve("a link");
        Files.createSymbolicLink(
                link, Files.createSymbolicLink(directory.resolve("link"), Script.ROOT.resolve("partd")));
        ProcessBuilder builder = Script.builder(List.of(link.toString(), "head", "flights", "ATL", "-n", "0"));
        Script.Result head = Script.finish(builder.directory(directory.toFile()).start());
        assertEquals(
                "date  delay  distance  origin  destination\n", head.succeeded().out());
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void compact() throws Exception {
        String done = Script.run("compact", store).succeeded().out();
        assertTrue(done.matches("from \\S+ MB in 1 segment to \\S+ MB in \\d segments?, in \\d+\\.\\d s\n"), done);
        assertTrue(Script.run("stat", store).succeeded().out().matches("(?s).*\nchunks +228\n.*"));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void dropAsks() throws Exception {
        Script.run("drop", store).failed(1, "Remove 228 keys with", "[y/N]", "nothing was removed");
        assertEquals(1, answer("no"));
        assertFalse(Script.run("ls", store).succeeded().out().isEmpty());
        Script.run("drop", store, "--yes").succeeded();
        assertEquals(
                "key  rows  bytes  chunks\n",
                Script.run("ls", store).succeeded().out());
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 2, "--to", store)
                .succeeded();
        assertEquals(0, answer("yes"));
    }

    private static int answer(String answer) throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("answer"), answer + "\n");
        return Script.runWithInput(input.toFile(), "drop", store).code();
    }
}
