package io.partd.arrow.testing;

import io.partd.arrow.ArrowPartd;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Appends of several writers to the same keys, which can be told apart. */
public final class Writers {
    private static final int NUMBERS = 1_000_000;
    private static final String FRESH = "fresh ";

    private Writers() {}

    /** Appends a number to two keys, in one append, and to one that all writers begin at this number. */
    public static void append(ArrowPartd store, BufferAllocator allocator, int writer, int sequence) {
        try (VectorSchemaRoot table = new IntTables(allocator).write(List.of(writer * NUMBERS + sequence))) {
            store.append(FRESH + sequence, table);
            store.append(Map.of("a", table, "b", table));
        }
    }

    /** How many numbers of each writer a key has; they must be there in order, from the first one on, each once. */
    public static int[] counts(ArrowPartd store, String key, int writers) {
        int[] counts = new int[writers];
        int first = key.startsWith(FRESH) ? Integer.parseInt(key.substring(FRESH.length())) : 0;
        try (VectorSchemaRoot table = store.get(key)) {
            List<Integer> numbers = new IntTables(null).read(table);
            for (int number : numbers) {
                int writer = number / NUMBERS;
                if (number % NUMBERS != first + counts[writer]++) {
                    throw new AssertionError("writer " + writer + ": lost, twice or out of order in " + numbers);
                }
            }
        }
        return counts;
    }
}
