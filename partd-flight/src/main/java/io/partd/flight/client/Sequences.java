package io.partd.flight.client;

import java.util.TreeSet;
import java.util.UUID;

/** The numbers of a client's appends. Safe for several threads. */
final class Sequences {
    final UUID client = UUID.randomUUID();
    private final TreeSet<Long> open = new TreeSet<>();
    private long next = 1;

    synchronized long begin() {
        open.add(next);
        return next++;
    }

    /** It will not be tried again. */
    synchronized void end(long sequence) {
        open.remove(sequence);
    }

    /** That and all before it are over: it is less than the number of any that is not. */
    synchronized long acknowledged(long sequence) {
        return Math.min(open.first(), sequence) - 1;
    }

    synchronized boolean any() {
        return next > 1;
    }
}
