package io.partd.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Threads whose failures are the test's failures, and whose ends are waited for, though not for ever. */
public final class Workers {
    /** Longer than anything here takes on a busy machine: only a hang reaches it. */
    public static final int PATIENCE_SECONDS = 60;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /** What a thread does. */
    @FunctionalInterface
    public interface Task {
        /** Does it; whatever is thrown fails the test. */
        void run() throws Exception;
    }

    /** Starts a thread. */
    public Thread start(String name, Task task) {
        Thread thread = new Thread(() -> run(task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (Throwable e) {
            synchronized (failures) {
                failures.add(e);
            }
            // what they wait for may never come now
            threads.forEach(Thread::interrupt);
        }
    }

    /** Says whether any thread has failed, so that the others can stop early. */
    public boolean failed() {
        synchronized (failures) {
            return !failures.isEmpty();
        }
    }

    /** Waits for all threads, and throws what the first of them threw, with the others' suppressed. */
    public void join() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Thread thread : threads) join(thread, deadline);
        synchronized (failures) {
            if (failures.isEmpty()) return;
            AssertionError error = new AssertionError(failures.get(0).toString(), failures.get(0));
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
        }
        if (!thread.isAlive()) return;
        AssertionError stuck = new AssertionError(thread.getName() + " does not end");
        stuck.setStackTrace(thread.getStackTrace());
        synchronized (failures) {
            failures.forEach(stuck::addSuppressed);
        }
        throw stuck;
    }

    /** Waits for the latch, which must open. */
    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
            throw new AssertionError("waited in vain for another thread");
    }
}
