package io.partd.flight.server.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much all connections together have sent that nobody has asked for yet. A connection may always have a window of
 * that, and more as long as the others leave some. Safe for several threads.
 */
public final class WireBudget {
    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    public WireBudget(long capacity) {
        this.capacity = capacity;
    }

    /** Counts bytes, negative ones where they are gone. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    boolean isExceeded() {
        return used.get() > capacity;
    }

    long used() {
        return used.get();
    }
}
