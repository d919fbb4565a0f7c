package io.partd.flight.client;

import java.util.concurrent.TimeUnit;

/** Until when a call is waited for: so long after something of it has last moved. Safe for several threads. */
final class Deadline {
    private final long nanos;
    private volatile long moved = System.nanoTime();

    Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** The call moves. */
    void progress() {
        moved = System.nanoTime();
    }

    long leftNanos() {
        return nanos - (System.nanoTime() - moved);
    }

    boolean isOver() {
        return leftNanos() <= 0;
    }

    /** Waits for a notification, at most until it is over; in a thread that holds the monitor. */
    void await(Object monitor) throws InterruptedException {
        long left = leftNanos();
        if (left > 0) TimeUnit.NANOSECONDS.timedWait(monitor, left);
    }
}
