package io.partd.cli.common;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in good order when the process is told to (Ctrl-C): the JVM waits until what was read is written. Who
 * waits for input is interrupted, and does not hold it up for long where that does not help.
 */
public final class Interrupt implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 2;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "partd-interrupt");
    private volatile boolean wanted;
    private volatile boolean cut;
    /** Who waits for input; guarded by this. */
    private Thread waiting;
    /** What ends a wait that an interrupt does not. */
    private volatile Runnable cancel = () -> {};

    public Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what ends a wait that an interrupt does not. */
    public void cancelBy(Runnable action) {
        cancel = action;
    }

    /** Whether work is to end; asked where there is nothing to wait for, before each piece of work. */
    public boolean isWanted() {
        cut = wanted;
        return wanted;
    }

    /** Whether there is input left that was not read. */
    public boolean cut() {
        return cut;
    }

    /**
     * Waits for input, and says whether there is some; there is none, whatever came of the waiting, when work is to
     * end.
     */
    public boolean next(Callable<Boolean> input) throws Exception {
        try {
            cut = !begin();
            return !cut && input.call();
        } catch (Exception e) {
            if (!wanted) throw e;
            cut = true;
            return false;
        } finally {
            finish();
        }
    }

    private synchronized boolean begin() {
        if (!wanted) waiting = Thread.currentThread();
        return !wanted;
    }

    private synchronized void finish() {
        waiting = null;
        // It was meant for the input.
        if (wanted) Thread.interrupted();
    }

    private synchronized void cutOff() {
        wanted = true;
        if (waiting == null) return;
        waiting.interrupt();
        cancel.run();
    }

    private synchronized boolean isWaiting() {
        return waiting != null;
    }

    private void end() {
        cutOff();
        try {
            boolean done;
            do done = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            while (!done && !isWaiting());
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
