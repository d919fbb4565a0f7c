package io.partd.kill;

import io.partd.testing.OneJdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A process is killed at every system call that changes files, and at every store to a control word, of every
 * operation. {@code -Dpartd.kill.only=DROP} takes the operations that this regular expression matches.
 */
@Tag("slow")
@Tag("optional")
class KillMatrixTest {
    /** One waits for its victim while another asks. */
    private static final int THREADS = 3;

    private static final String ONLY = System.getProperty("partd.kill.only", ".*");

    @BeforeEach
    void isWanted() throws IOException, InterruptedException {
        OneJdk.assumeFirst();
        Tracing.require();
    }

    @Test
    void nothingIsLostWhereverAProcessIsKilled() throws Exception {
        try (FastDirectory directory = FastDirectory.create()) {
            KillMatrix matrix = new KillMatrix(directory.path(), VictimJar.command(directory.path()));
            long started = System.nanoTime();
            runAll(matrix);
            System.out.println(matrix + " in " + (System.nanoTime() - started) / 1_000_000_000 + " s");
            assertEquals(List.of(), matrix.failures());
        }
    }

    private static void runAll(KillMatrix matrix) throws InterruptedException, ExecutionException {
        List<Callable<Void>> runs = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            if (!operation.name().matches(ONLY)) continue;
            runs.add(() -> {
                matrix.atCalls(operation);
                return null;
            });
            runs.add(() -> {
                matrix.atWords(operation);
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> run : pool.invokeAll(runs)) run.get();
        } finally {
            pool.shutdown();
        }
    }
}
