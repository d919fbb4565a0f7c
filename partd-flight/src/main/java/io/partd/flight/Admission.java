package io.partd.flight;

import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How a server's memory for requests is divided. Half of it is for what the transport receives before anybody asked for
 * it: a window for each connection. The rest is given out in budgets.
 */
final class Admission {
    /** What a client that knows this server sends at most in a message, and what each message reserves. */
    static final int CHUNK = 1 << 20;

    static final int SLOT = CHUNK + (64 << 10);
    private static final int SMALLEST_WINDOW = 64 << 10;
    /** A message that fills a slot is sent without waiting for more room. */
    private static final int LARGEST_WINDOW = SLOT + (192 << 10);
    /**
     * Windows there are at least, where there is memory for the smallest ones: with 512 MiB, the largest are as many.
     */
    private static final int CONNECTIONS = 204;

    /** For messages that are received and appended. */
    final Budget shared;
    /** The same for who holds the lock: it never waits for those that wait for it. */
    final Budget urgent;
    /** For what is made of record batches on their way to the store. */
    final Budget work;

    final Patience patience;
    final int window;
    final int mostConnections;
    final int largestMessage;
    final long largestRequest;

    Admission(ServerOptions options, ScheduledExecutorService timer) {
        long memory = options.memoryBytes();
        shared = new Budget(memory / 4);
        urgent = new Budget(memory / 8);
        work = new Budget(memory / 8);
        patience = new Patience(options.patience().toNanos(), timer);
        window = (int) Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, memory / 2 / CONNECTIONS));
        mostConnections = (int) Math.min(100_000, memory / 2 / window);
        largestRequest = options.largestRequestBytes();
        long largest = Math.min(shared.capacity / 2, Integer.MAX_VALUE - SLOT);
        largestMessage = (int) Math.max(SLOT, Math.min(largest, largestRequest));
    }

    /** An append with more bytes is kept in a file until it is whole. */
    long spilledFrom(Budget budget) {
        return budget.capacity / 2;
    }

    /** All budgets, by the names that they have for people. */
    Map<String, Budget> budgets() {
        return Map.of("shared", shared, "urgent", urgent, "work", work);
    }

    /** The bytes that are reserved now. */
    long used() {
        return shared.used() + urgent.used() + work.used();
    }

    /** At least the most that ever were at once. */
    long peak() {
        return shared.peak() + urgent.peak() + work.peak();
    }
}
