package io.partd.duckdb.keys;

import io.partd.Progress;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.text.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Does the same with each key, with several at once. The first failure ends the rest, and says of which key it is. */
public final class EachKey {
    /** What is done with a key, by one of several threads. */
    public interface Work {
        void with(String key) throws Exception;
    }

    private final Work work;
    private final Iterator<String> keys;
    private final Progress progress;
    private final List<Thread> workers = new ArrayList<>();
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
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::workOff, "partd-duckdb-key");
            worker.setDaemon(true);
            workers.add(worker);
        }
        workers.forEach(Thread::start); // one that starts after a failure finds nothing to do
        awaitEnd();
        synchronized (this) {
            if (failure != null) throw failure;
        }
    }

    private void workOff() {
        for (String key = next(); key != null; key = next()) {
            try {
                work.with(key);
                progress.add(1);
            } catch (Exception | Error e) {
                fail(key, e);
                endAll();
            }
        }
    }

    /** Those who work on other keys wait for DuckDB, and are told so. */
    private void endAll() {
        workers.forEach(Thread::interrupt);
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
    private void awaitEnd() {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel(e);
                    endAll();
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    private synchronized void cancel(InterruptedException cause) {
        if (failure != null) return;
        failure = new DuckException(Reason.CANCELLED, "interrupted: the work on keys was ended", cause);
    }
}
