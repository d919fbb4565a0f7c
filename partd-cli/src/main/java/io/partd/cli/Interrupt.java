package io.partd.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in good order when the process is told to (Ctrl-C): the JVM waits for the batch that is being written,
 * and not long for one that is being read.
 */
final class Interrupt implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 2;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "partd-interrupt");
    private volatile boolean wanted;
    private volatile boolean waiting;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the work is to end. */
    boolean wanted() {
        return wanted;
    }

    /** Runs what may take long and leaves nothing half done when it is cut off. */
    <T> T waiting(Callable<T> work) throws Exception {
        waiting = true;
        try {
            return work.call();
        } finally {
            waiting = false;
        }
    }

    private void end() {
        wanted = true;
        try {
            boolean done;
            do done = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (!done && !waiting);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        // While the JVM ends, its hooks can no longer be taken back, and need not be.
        if (!wanted) removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            wanted = true;
        }
    }
}
