package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.data.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everything runs once, at a tiny size. */
class BenchmarksTest {
    @TempDir
    private Path directory;

    private final Tables tables = new Tables(TableSizes.tiny());

    @AfterEach
    void everythingIsReleased() {
        tables.close();
    }

    private List<Workload> bytes() {
        return Workloads.all(new RunContext(Sizes.tiny(), directory));
    }

    private List<Workload> arrow() {
        return ArrowWorkloads.all(new RunContext(Sizes.tiny(), directory), tables);
    }

    @TestFactory
    Stream<DynamicTest> eachWorkloadRunsAndCleansUp() {
        return Stream.concat(bytes().stream(), arrow().stream())
                .map(workload -> DynamicTest.dynamicTest(workload.name(), () -> runTwice(workload)));
    }

    private void runTwice(Workload workload) throws Exception {
        for (int i = 0; i < 2; i++) {
            workload.prepare();
            long count = workload.run();
            workload.clean();
            if (workload.rows() > 0) assertEquals(workload.rows(), count);
            else if (countsBytes(workload)) assertEquals(workload.bytes(), count);
            assertTrue(isEmpty());
        }
    }

    private static boolean countsBytes(Workload workload) {
        return workload instanceof StoreWorkload || workload instanceof ArrayWorkload || workload instanceof FileLimit;
    }

    @Test
    void eachLimitIsMeasured() {
        requireLimits(bytes());
        requireLimits(arrow());
    }

    private static void requireLimits(List<Workload> all) {
        Set<String> names = new HashSet<>(Set.of(""));
        for (Workload workload : all) assertTrue(names.add(workload.name()), workload.name());
        for (Workload workload : all) assertTrue(names.contains(workload.limit()), workload.limit());
    }

    @Test
    void runPrintsAndWritesAResult() throws Exception {
        Path json = directory.resolve("result.json");
        BytesRun.main(arguments(json));
        String text = Files.readString(json);
        assertTrue(text.contains("\"name\": \"a append small file\""), text);
        assertTrue(text.contains("\"indexBytesPerChunk\""), text);
    }

    @Test
    void runOnTablesPrintsAndWritesAResult() throws Exception {
        Path json = directory.resolve("result.json");
        ArrowRun.main(arguments(json));
        String text = Files.readString(json);
        assertTrue(text.contains("\"name\": \"t write plain\""), text);
        assertTrue(text.contains("\"rows\": " + TableSizes.tiny().rows()), text);
    }

    private String[] arguments(Path json) {
        return String.format(Locale.ROOT, "-s tiny -w 0 -r 1 -d %s -o %s", directory, json)
                .split(" ");
    }

    @Test
    void runSaysWhatIsWrongWithItsOptions() {
        for (String[] args : List.of(new String[] {"-x", "1"}, new String[] {"-r"}, new String[] {"-r", "0"})) {
            assertThrows(IllegalArgumentException.class, () -> RunOptions.parse(args));
        }
    }

    @Test
    void jmhRunsEachBenchmark() throws Exception {
        System.setProperty("jmh.ignoreLock", "true"); // another build may be running JMH
        var options = new OptionsBuilder()
                .include("io\\.partd\\.benchmarks\\..*")
                .param("size", "tiny")
                .param("directory", directory.toString())
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        assertFalse(new Runner(options).run().isEmpty());
        assertTrue(isEmpty());
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
