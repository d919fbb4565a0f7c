package io.partd.arrow.compression;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Keeps a few native contexts, which are slow to make, for the next calls: as many as threads can run at once. Safe for
 * several threads.
 */
final class ContextPool<C> {
    private final ArrayBlockingQueue<C> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());
    private final Supplier<C> make;
    private final Consumer<C> free;

    ContextPool(Supplier<C> make, Consumer<C> free) {
        this.make = make;
        this.free = free;
    }

    /** Runs a job with a context of its own. One that failed is not used again. */
    int with(ToIntFunction<C> job) {
        C context = idle.poll();
        if (context == null) context = make.get();
        boolean kept = false;
        try {
            int result = job.applyAsInt(context);
            kept = idle.offer(context);
            return result;
        } finally {
            if (!kept) free.accept(context);
        }
    }
}
