package io.partd.arrow.store;

import io.partd.Partds;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random steps on a staged store in which keys fail. Each failure names its seed. */
class StageRandomTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 60);
    private static final int STEPS = 80;

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasAcknowledgedIsThereOrNamed(long seed) {
        try (BufferAllocator allocator = new RootAllocator();
                StageRandomRun run = new StageRandomRun(seed, () -> Partds.file(directory), allocator)) {
            for (int i = 0; i < STEPS; i++) {
                try {
                    run.step();
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ", step " + i + ": " + e, e);
                }
            }
        }
    }
}
