package io.partd.cli;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SmallDisk;
import io.partd.cli.testing.Script;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Inputs, stores and command lines that are wrong: one line that says so, and nothing made or lost. */
@Tag("slow")
class HostileIT {
    @TempDir
    Path directory;

    private Script.Result shuffle(Object input) throws Exception {
        return Script.run("shuffle", input, "--by", "a", "--values", "--to", directory.resolve("made"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void missingAndUnreadableInputs() throws Exception {
        write("flights.csv", "a\n1\n");
        shuffle(directory.resolve("fligths.csv")).failed(1, "no file", "did you mean flights.csv?");
        shuffle(directory + "/*.parquet").failed(1, "no file matches '");
        shuffle(directory).failed(1, "is a directory");
        shuffle(write("x.bin", "what")).failed(1, "cannot tell what", "x.bin");
        shuffle(write("x.parquet", "")).failed(1, "x.parquet", "Parquet");
        shuffle("https://example.org/x.csv").failed(1, "is an address", "curl -sL https://example.org/x.csv");
        assertFalse(Files.exists(directory.resolve("made")));
    }

    @Test
    void brokenFiles() throws Exception {
        byte[] whole = Files.readAllBytes(Script.SAMPLE);
        Path cut = directory.resolve("cut.parquet");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        shuffle(cut).failed(1, "cannot read", "cut.parquet", "magic bytes");
        shuffle(write("cut.json", "{\"a\":1}\n{\"a\":")).failed(1, "cannot read", "cut.json", "JSON");
        Path arrow = directory.resolve("cut.arrow");
        Files.write(arrow, "ARROW1\0\0 and no more".getBytes(StandardCharsets.UTF_8));
        shuffle(arrow).failed(1, "cannot read", "cut.arrow");
        Path text = write("text", "no stream");
        Script.runWithInput(text.toFile(), "shuffle", "-", "--by", "a", "--values", "--to", directory.resolve("made"))
                .failed(1, "standard input", "Arrow stream");
        assertFalse(Files.exists(directory.resolve("made")));
    }

    @Test
    void aBadLineOfCsvAtTheEnd() throws Exception {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int i = 0; i < 30_000; i++) csv.append(i % 7).append(",text\n");
        Path bad = write("bad.csv", csv + "x,1,2,3\n");
        String line = shuffle(bad).failed(1, "cannot read", "bad.csv", "Line: 30002");
        assertTrue(line.contains("x,1,2,3"), line);
    }

    /** What was written before it stays, and is said to. */
    @Test
    void aBadLineOfALargeCsv() throws Exception {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int i = 0; i < 3_000_000; i++) csv.append(i % 7).append(",some text\n");
        Path bad = write("bad.csv", csv + "x,1,2,3\n");
        shuffle(bad).failed(1, "Line: 3000002", "rows that were read before that are in", "partd drop");
        assertTrue(Script.run("verify", directory.resolve("made"))
                .succeeded()
                .out()
                .startsWith("sound: 7 tables"));
    }

    @Test
    void unknownColumnsAndBounds() throws Exception {
        Path csv = write("x.csv", "Alpha,beta\n1,2\n");
        shuffle(csv).failed(1, "no column \"a\"");
        Path made = directory.resolve("made");
        Script.run("shuffle", csv, "--by", "alpha", "--values", "--to", made).failed(1, "did you mean \"Alpha\"?");
        Script.run("shuffle", csv, "--by", "Alpha", "--values", "--columns", "bta", "--to", made)
                .failed(1, "no column \"bta\": did you mean \"beta\"?");
        Script.run("shuffle", csv, "--by", "Alpha", "--range", "1,x", "--to", made)
                .failed(1, "'x'", "number");
        assertFalse(Files.exists(made));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shufle | Unmatched argument at index 0: 'shufle'",
                "shuffle x --by a --to y | --partitions=N | --values | --range",
                "shuffle x --by a --values --partitions 2 --to y | mutually exclusive",
                "shuffle x --by a --partitions 0 --to y | 1 to 1073741824 parts, not 0",
                "shuffle x --by a,a --values --to y | \"a\" is named twice",
                "shuffle x --by a,,b --values --to y | empty part",
                "shuffle x --by a,b --range 1 --to y | one column",
                "shuffle x --by a --values --to y --memory 12QB | is no size",
                "shuffle x --by a --values --to y --memory 1MB | use 128.0 MB",
                "shuffle x --by a --values --to y --compress rar | rar",
                "shuffle x --by a --partitions some --to y | is no number of partitions",
                "shuffle x --by a --range auto:0 --to y | 0 ranges",
                "shuffle x --by a --values --to y --input-format xml | none of arrow, csv",
                "shuffle x --by a --values --to y --encoding ebcdic | use utf-8, utf-16 or latin-1",
                "shuffle x --by a --values --to y --types n | is not COLUMN=TYPE",
                "head x y -n -1 | no directory x",
                "export x --format xml | xml",
                "ls | STORE",
                "'' | name a command",
            })
    void wrongUse(String command, String message) throws Exception {
        Object[] arguments = command.isEmpty() ? new Object[0] : command.split(" ");
        Script.run(arguments).failed(command.startsWith("head") ? 1 : 2, message);
    }

    @Test
    void noStore() throws Exception {
        write("other", "file");
        Script.run("ls", directory.resolve("none")).failed(1, "no directory");
        Script.run("verify", directory).failed(1, "holds no store");
        Path csv = write("x.csv", "a\n1\n");
        Script.run("shuffle", csv, "--by", "a", "--values", "--to", directory).failed(1, "holds other files");
        Script.run("shuffle", csv, "--by", "a", "--values", "--to", csv).failed(1, "x.csv", "a file");
        try (var files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void keysThatAreNoTablesOrNotThere() throws Exception {
        Path store = directory.resolve("store");
        try (FilePartd partd = Partds.file(store)) {
            partd.append("bytes", Bytes.utf8("plain"));
            partd.append("-dash\n", Bytes.utf8("dashed"));
        }
        Script.run("head", store, "byte").failed(1, "no key \"byte\": did you mean \"bytes\"?");
        Script.run("head", store, "bytes").failed(1, "no Arrow stream", "partd cat");
        Script.run("export", store, "--format", "csv").failed(1, "no Arrow stream");
        assertEquals(
                "dashed", Script.run("cat", store, "--", "-dash\n").succeeded().out());
        assertEquals("""
                key      rows  bytes  chunks
                -dash\\n     -      6       1
                bytes       -      5       1
                """, Script.run("ls", store).succeeded().out());
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 0 tables with 0 rows, 2 keys with other bytes, 11 B, in "), sound);
    }

    @Test
    void verifyFindsAFlippedByte() throws Exception {
        Path store = directory.resolve("store");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 4, "--to", store)
                .succeeded();
        Path segment;
        try (var files = Files.list(store)) {
            segment = files.filter(file -> file.toString().endsWith(".seg"))
                    .findAny()
                    .orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int flipped = file.read() ^ 1;
            file.seek(file.length() / 2);
            file.write(flipped);
        }
        Script.Result verified = Script.run("verify", store);
        assertEquals(1, verified.code(), verified::toString);
        assertTrue(verified.out().matches("broken: key \"\\d\": .*" + segment.getFileName() + ".*\n"), verified.out());
        assertTrue(verified.err().startsWith("partd verify: 1 key broken; sound: 3 tables"), verified.err());
    }

    @Test
    @Tag("optional")
    void fullDisk() throws Exception {
        try (SmallDisk disk = SmallDisk.tmpfs(directory, 4)) {
            Path store = disk.directory().resolve("store");
            Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store)
                    .failed(1, "No space left", "make room");
            assertTrue(Script.run("verify", store).succeeded().out().startsWith("sound: "));
        }
    }

    @Test
    void noPermission() throws Exception {
        Path csv = write("x.csv", "a\n1\n");
        Path closed = Files.createDirectory(directory.resolve("closed"));
        List<String> command = List.of(
                Script.ROOT.resolve("partd").toString(),
                "shuffle",
                csv.toString(),
                "--by",
                "a",
                "--values",
                "--to",
                closed.resolve("store").toString());
        List<String> unprivileged = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        boolean root = System.getProperty("user.name").equals("root");
        closed.toFile().setWritable(false, false);
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = root
                ? Script.builder(java.util.stream.Stream.concat(unprivileged.stream(), command.stream())
                        .toList())
                : Script.builder(command);
        Script.finish(builder.start()).failed(1, "cannot open a store", "closed");
        closed.toFile().setWritable(true);
    }
}
