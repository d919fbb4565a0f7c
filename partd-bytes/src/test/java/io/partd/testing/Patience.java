package io.partd.testing;

import java.time.Duration;

/** Waits for what other threads and processes bring about, with a bound. */
public final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Patience() {}

    /** Something that will be so. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns as soon as it is so, and fails when it is not after a minute: the words say what was waited for. */
    public static void until(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError("waited in vain until " + what);
            Thread.sleep(2);
        }
    }

    /** Returns as soon as the thread waits for something. */
    public static void untilWaiting(Thread thread) throws Exception {
        until(thread + " waits", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case TERMINATED -> throw new AssertionError(thread + " has ended");
            default -> false;
        });
    }
}
