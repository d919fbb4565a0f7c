package io.partd.base;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps a few native contexts, which are slow to make, for the next calls: as many as threads can run at once. Safe for
 * several threads.
 */
public final class ContextPool<C> {
    private final ArrayBlockingQueue<C> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());
    private final Supplier<C> make;
    private final Consumer<C> free;

    public ContextPool(Supplier<C> make, Consumer<C> free) {
        this.make = make;
        this.free = free;
    }

    /** Runs a job with a context of its own. One that failed is not used again. */
    public <R> R with(Function<C, R> job) {
        C context = idle.poll();
        if (context == null) context = make.get();
        boolean kept = false;
        try {
            R result = job.apply(context);
            kept = idle.offer(context);
            return result;
        } finally {
            if (!kept) free.accept(context);
        }
    }
}
