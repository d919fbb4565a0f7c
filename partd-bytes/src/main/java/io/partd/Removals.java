package io.partd;

import java.util.concurrent.atomic.AtomicLong;

/** The numbers that {@link Partd#removals} gives for stores that do not count their removals. */
final class Removals {
    private static final AtomicLong LAST = new AtomicLong();

    private Removals() {}

    /** A number greater than all before. */
    static long moved() {
        return LAST.incrementAndGet();
    }
}
