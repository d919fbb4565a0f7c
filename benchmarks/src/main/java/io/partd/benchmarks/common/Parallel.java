package io.partd.benchmarks.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work for several threads, which are begun and ended with it. */
public final class Parallel {
    private Parallel() {}

    /** Work for one of the threads. */
    public interface Part {
        long run(int thread) throws Exception;
    }

    /** Runs all parts, and gives the sum of what they count; a single one runs in the caller's thread. */
    public static long sum(int threads, Part part) throws Exception {
        if (threads == 1) return part.run(0);
        List<FutureTask<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            FutureTask<Long> task = new FutureTask<>((Callable<Long>) () -> part.run(thread));
            tasks.add(task);
            new Thread(task, "part-" + i).start();
        }
        return sum(tasks);
    }

    private static long sum(List<FutureTask<Long>> tasks) throws InterruptedException, ExecutionException {
        long sum = 0;
        for (FutureTask<Long> task : tasks) sum += task.get();
        return sum;
    }
}
