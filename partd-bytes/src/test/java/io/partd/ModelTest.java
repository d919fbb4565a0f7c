package io.partd;

import io.partd.testing.InMemory;
import io.partd.testing.Nesting;
import io.partd.testing.RandomRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations against a model. {@code -Dpartd.seed=...} runs the run of that seed first, which is how a failure
 * is run again; {@code -Dpartd.model.millis=...} is how long each store is tried.
 */
class ModelTest {
    private static final long SEED = Long.getLong("partd.seed", System.nanoTime());
    private static final long MILLIS = Long.getLong("partd.model.millis", 500);

    @TempDir(factory = InMemory.class)
    Path directory;

    @ParameterizedTest
    @MethodSource("io.partd.testing.Nesting#tested")
    void behavesAsAMapOfArrays(Nesting nesting) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        long seed = SEED;
        System.out.println("model of " + nesting + ": partd.seed=" + seed);
        do {
            run(nesting, seed++);
        } while (System.nanoTime() - end < 0);
    }

    private void run(Nesting nesting, long seed) throws IOException {
        try {
            new RandomRun(nesting, Files.createTempDirectory(directory, "store"), seed).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(nesting + " fails with -Dpartd.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
