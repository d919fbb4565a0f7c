package io.partd.benchmarks.closeup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** JMH runs everything once, at a tiny size. */
class BenchmarksTest {
    /** In the page for users: the name of a benchmark, and how many there are of it with all parameters. */
    private static final Pattern LISTED = Pattern.compile("\\| `(\\w+\\.\\w+)` \\| (\\d+) \\|");

    @TempDir
    private Path directory;

    @Test
    void everyBenchmarkOfThePageRunsAndCleansUp() throws Exception {
        Collection<RunResult> results = run("io\\.partd\\.benchmarks\\..*", directory);
        Map<String, Long> counts = results.stream()
                .collect(Collectors.groupingBy(BenchmarksTest::name, TreeMap::new, Collectors.counting()));
        assertEquals(listed(), counts);
        for (RunResult result : results) requireFigures(result);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count(), "nothing is left behind");
        }
    }

    private static Collection<RunResult> run(String include, Path directory) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // another build may be running JMH
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(include)
                .param("size", "tiny")
                .param("directory", directory.toString())
                .addProfiler(Speed.class)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        return new Runner(options.build()).run();
    }

    private static String name(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.");
        return names[names.length - 2] + "." + names[names.length - 1];
    }

    private static Map<String, Long> listed() throws IOException {
        return LISTED.matcher(Files.readString(Path.of("README.md")))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult row) -> row.group(1),
                        row -> Long.valueOf(row.group(2)),
                        (first, second) -> first + second,
                        TreeMap::new));
    }

    /** Every time has what the page promises beside it. */
    private static void requireFigures(RunResult result) {
        String name = name(result);
        assertTrue(result.getPrimaryResult().getScore() > 0, name);
        boolean chunks = name.startsWith("Chunks");
        boolean tables = name.startsWith("Table");
        assertEquals(!chunks, result.getSecondaryResults().containsKey("speed"), name);
        assertEquals(tables, result.getSecondaryResults().containsKey("rows"), name);
        assertTrue(result.getSecondaryResults().containsKey("cpu"), name);
        assertEquals(
                name.equals("ChunksBenchmark.index"),
                result.getSecondaryResults().containsKey("heap"),
                name);
    }

    @Test
    void directoryThatCannotBeMadeEndsTheRun() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThrows(RunnerException.class, () -> run("BytesBenchmark.append", file));
    }
}
