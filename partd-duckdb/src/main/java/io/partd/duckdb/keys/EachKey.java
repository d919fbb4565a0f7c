package io.partd.duckdb.keys;

import io.partd.Progress;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.text.Text;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does the same with each key, with several at once. The first failure ends the rest, and says of which key it is. */
public final class EachKey {
    /** What is done with a key, by one of several threads. */
    public interface Work {
        void with(String key) throws Exception;
    }

    private final Work work;
    private final Iterator<String> keys;
    private final Progress progress;
    /** The first; guarded by this, as the keys are. */
    private DuckException failure;

    private EachKey(List<String> keys, Work work, Progress progress) {
        this.keys = keys.iterator();
        this.work = work;
        this.progress = progress;
    }

    /**
     * Does it, and returns when all is done.
     *
     * @param what the work, in a few words
     * @throws DuckException if it fails with a key, or this thread is interrupted
     */
    public static void run(String what, List<String> keys, int threads, Work work) {
        try (Progress progress = Progress.begin(what, "keys", keys.size())) {
            new EachKey(keys, work, progress).run(Math.min(threads, Math.max(1, keys.size())));
        }
    }

    private void run(int threads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "partd-duckdb-key");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < threads; i++) workers.execute(() -> workOff(workers));
        workers.shutdown();
        awaitEnd(workers);
        synchronized (this) {
            if (failure != null) throw failure;
        }
    }

    private void workOff(ExecutorService workers) {
        String key = next();
        while (key != null) {
            try {
                work.with(key);
                progress.add(1);
                key = next();
            } catch (Exception | Error e) {
                fail(key, e);
                // Those who work on other keys wait for DuckDB, and are told so.
                workers.shutdownNow();
                return;
            }
        }
    }

    private synchronized String next() {
        return failure == null && keys.hasNext() ? keys.next() : null;
    }

    private synchronized void fail(String key, Throwable cause) {
        if (failure != null) return;
        Reason reason = cause instanceof DuckException duck ? duck.reason() : Reason.FAILED;
        failure = new DuckException(reason, "key " + Text.quote(key) + ": " + cause.getMessage(), cause);
    }

    /** Whoever waits here is interrupted for all of them, and returns when they have ended. */
    private void awaitEnd(ExecutorService workers) {
        boolean interrupted = false;
        while (true) {
            try {
                if (workers.awaitTermination(1, TimeUnit.HOURS)) break;
            } catch (InterruptedException e) {
                interrupted = true;
                synchronized (this) {
                    if (failure == null) {
                        failure = new DuckException(Reason.CANCELLED, "interrupted: the work on keys was ended", e);
                    }
                }
                workers.shutdownNow();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
