package io.partd.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The scripts run, and what they write is complete: tiny runs. */
class RunIT {
    /** One peer of each kind. */
    private static final String SOME = "limits|W1.*: (partd|RocksDB$|H2|files)|W3.*: (partd tablesaw|DuckDB Parquet)"
            + "|W4.*: partd|W6.*: (partd|DuckDB table)|W7.* 1024 parts, Arrow|W8.*: 2 processes, partd";

    @TempDir
    private Path directory;

    @Test
    @Tag("slow")
    void runShRunsPeersAndWritesWhatTheyGave() throws Exception {
        Path results = directory.resolve("results");
        Path stores = Files.createDirectory(directory.resolve("stores"));
        String printed = run(List.of(
                "bash",
                "run.sh",
                "quick",
                "-s",
                "0.001",
                "-r",
                "1",
                "-t",
                "0",
                "-f",
                SOME,
                "-d",
                stores.toString(),
                "-o",
                results.toString()));
        assertComplete(results, printed);
        try (Stream<Path> left = Files.list(stores)) {
            assertEquals(0, left.count(), "nothing is left behind");
        }
    }

    @Test
    void duckDbIsComparedWithWhatItGives() throws Exception {
        Path stores = Files.createDirectory(directory.resolve("tables"));
        String tables = stores.toString();
        String printed = run(
                List.of("bash", "duckdb.sh", "-r", "0.001", "-f", "join-5-256|sort-ranges|dictionary", "-d", tables));
        for (String name : new String[] {"join-5-256", "sort-ranges-512", "dictionary-1024"}) {
            String numbers = "\\| " + name + "( \\| \\d+\\.\\d+){4} \\|( missed)? ( ?\\| \\d+){3} \\|";
            assertTrue(Pattern.compile(numbers).matcher(printed).find(), printed);
        }
        assertFalse(printed.contains("Exception"), printed);
    }

    @Test
    @Tag("optional")
    void checkoutsAreMeasuredInTurn() throws Exception {
        String options = "BytesBenchmark.append$ -p size=tiny -p store=DICT -p shape=SMALL -wi 0 -i 1";
        List<String> command = new ArrayList<>(List.of("./compare.py", "-n", "1", "..", "../../" + checkout(), "--"));
        command.addAll(List.of(options.split(" ")));
        String printed = run(command);
        String number = "\\s+\\d+\\.\\d+";
        assertTrue(
                Pattern.compile("\nBytesBenchmark.append SMALL DICT" + number + "\\s+1\\.000" + number + number + "\n")
                        .matcher(printed)
                        .find(),
                printed);
    }

    private static Path checkout() {
        return Path.of("").toAbsolutePath().getParent().getFileName();
    }

    /** What a command prints that must end well. */
    private String run(List<String> command) throws Exception {
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PARTD_BENCHMARK_BUILT", "yes");
        builder.environment().put("PARTD_BENCHMARK_HEAP", "512m");
        builder.environment()
                .put(
                        "PARTD_FLIGHTS",
                        Path.of("../samples/flights-sample.parquet").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process run =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(run.waitFor(5, TimeUnit.MINUTES));
        } finally {
            run.descendants().forEach(ProcessHandle::destroyForcibly);
            run.destroyForcibly();
        }
        assertEquals(0, run.exitValue(), Files.readString(log));
        return Files.readString(log);
    }

    private static void assertComplete(Path results, String log) throws Exception {
        String markdown = Files.readString(results.resolve("RESULTS.md"));
        assertFalse(log.contains("failed"), log);
        for (String peer : new String[] {"partd buffer", "RocksDB", "H2 MVStore", "partd tablesaw", "partd arrays"}) {
            assertTrue(markdown.contains("| " + peer + " | read |"), markdown);
        }
        assertTrue(markdown.contains("| 2 processes, partd file | write |"), markdown);
        assertTrue(markdown.contains("| command | benchmarks/run.sh quick -s 0.001"), markdown);
        assertTrue(Files.readString(results.resolve("results.json")).contains("\"rocksdbjni\": "), markdown);
        assertTrue(Files.readString(results.resolve("chart.svg")).startsWith("<svg"), markdown);
    }
}
