package io.partd.disk;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting for what only asking can tell: file locks, whose blocking calls report deadlocks that are none, and close the
 * channel when interrupted.
 */
public final class Poll {
    private static final int SPINS = 20;
    private static final long FIRST_NANOS = 20_000;
    private static final long LAST_NANOS = 1_000_000;

    private Poll() {}

    /** Asks until the answer is yes, at first at once, then at least every millisecond or so. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        long pause = FIRST_NANOS;
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (Thread.interrupted()) throw new InterruptedException();
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(LAST_NANOS, pause * 2);
            }
        }
    }
}
