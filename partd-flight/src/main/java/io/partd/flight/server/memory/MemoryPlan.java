package io.partd.flight.server.memory;

import io.partd.flight.ServerOptions;
import io.partd.flight.server.connection.WireBudget;
import io.partd.flight.wire.WireLimits;
import java.util.Map;

/**
 * How a server's memory for requests is divided. Half of it is for what connections send before anybody asked for it: a
 * window for each. The rest is given out in budgets, so that nobody waits for memory that is held by somebody who waits
 * for him: who holds the lock has budgets of his own, and so have requests that only read.
 */
public final class MemoryPlan {
    private static final int SMALLEST_WINDOW = 64 << 10;
    /** A message that fills a slot is sent without waiting for more room. */
    private static final int LARGEST_WINDOW = WireLimits.SLOT + (192 << 10);
    /**
     * Windows there are at least, where there is memory for the smallest ones: with 512 MiB, the largest are as many.
     */
    private static final int CONNECTIONS = 204;

    /** The budgets of those who append. */
    public static final class Lane {
        /** For messages that are received and appended. */
        public final Budget messages;
        /** For what is made of record batches on their way to the store. */
        public final Budget work;

        private Lane(long memory) {
            messages = new Budget(memory / 8);
            work = new Budget(memory / 16);
        }
    }

    /** For everybody. */
    public final Lane shared;
    /** The same for who holds the lock: he never waits for those that wait for him. */
    public final Lane holder;
    /** For requests that are not data, and what is made of them. */
    public final Budget requests;
    /** For answers that have to be copied. */
    public final Budget answers;
    /** For what has come before it was asked for. */
    public final WireBudget wire;

    public final int window;
    public final int mostConnections;
    public final int largestMessage;
    public final long largestCommand;
    public final long largestRequest;
    private final Map<String, Budget> budgets;

    public MemoryPlan(ServerOptions options) {
        long memory = options.memoryBytes();
        shared = new Lane(memory);
        holder = new Lane(memory);
        requests = new Budget(memory / 16);
        answers = new Budget(memory / 16);
        wire = new WireBudget(memory / 2);
        budgets = Map.of(
                "messages", shared.messages,
                "work", shared.work,
                "holder-messages", holder.messages,
                "holder-work", holder.work,
                "requests", requests,
                "answers", answers);
        window = (int) Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, memory / 2 / CONNECTIONS));
        mostConnections = (int) Math.min(100_000, memory / 2 / window);
        largestCommand = Math.min(WireLimits.LARGEST_COMMAND, requests.capacity / 2);
        largestRequest = options.largestRequestBytes();
        long largest = Math.min(shared.messages.capacity, Integer.MAX_VALUE - WireLimits.SLOT);
        largestMessage = (int) Math.max(WireLimits.SLOT, Math.min(largest, largestRequest));
    }

    /** An append with more bytes, in several messages, is kept in a file until it is whole. */
    public static long spilledFrom(Lane lane) {
        return lane.messages.capacity / 2;
    }

    /** All budgets, by the names that they have for people. */
    public Map<String, Budget> budgets() {
        return budgets;
    }

    /** The bytes that are reserved now. */
    public long used() {
        return budgets.values().stream().mapToLong(Budget::used).sum();
    }

    /** At least the most that ever were at once. */
    public long peak() {
        return budgets.values().stream().mapToLong(Budget::peak).sum();
    }
}
