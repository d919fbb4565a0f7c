package io.partd.testing;

import io.partd.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What was done to a store, and what of it may or must be there after the power was lost. For one thread. */
public final class CrashRun {
    /** One append or delete; {@code safe} when the store said that it is on the medium. */
    private static final class Operation {
        final int number;
        final boolean delete;
        final Map<String, Bytes> values = new TreeMap<>();
        boolean safe;

        Operation(int number, boolean delete) {
            this.number = number;
            this.delete = delete;
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private int next;

    /** A chunk that says which operation wrote it, and how long it is. */
    static Bytes chunk(int operation, String key, int length, boolean zeros) {
        String head = "[" + operation + ":" + length + (zeros ? "z]" : "r]");
        byte[] bytes = new byte[head.length() + length];
        if (!zeros) new Random(operation * 31L + key.hashCode()).nextBytes(bytes);
        System.arraycopy(Bytes.utf8(head).toArray(), 0, bytes, 0, head.length());
        return Bytes.of(bytes);
    }

    /** Notes an append that is about to be made, and gives its values. */
    public Map<String, Bytes> append(Set<String> keys, int[] lengths, boolean zeros) {
        Operation operation = new Operation(next++, false);
        int i = 0;
        for (String key : keys) operation.values.put(key, chunk(operation.number, key, lengths[i++], zeros));
        operations.add(operation);
        return operation.values;
    }

    /** Notes a delete of these keys. */
    public void delete(Set<String> keys) {
        Operation operation = new Operation(next++, true);
        for (String key : keys) operation.values.put(key, Bytes.EMPTY);
        operations.add(operation);
    }

    /** Everything so far is on the medium. */
    public void flushed() {
        for (Operation operation : operations) operation.safe = true;
    }

    /** Everything so far is gone. */
    public void dropped() {
        operations.clear();
    }

    /**
     * Checks what was found, and takes it for what there is from now on.
     *
     * @throws AssertionError if something safe is missing, something deleted is back, or a part of an append is there
     */
    public void check(SortedMap<String, Bytes> found) {
        Map<String, List<Integer>> chunks = new HashMap<>();
        found.forEach((key, value) -> chunks.put(key, parse(key, value.toArray())));
        for (int i = 0; i < operations.size(); i++) {
            if (!operations.get(i).delete) checkAppend(i, chunks);
        }
        adopt(chunks);
    }

    private void checkAppend(int at, Map<String, List<Integer>> chunks) {
        Operation append = operations.get(at);
        Set<String> there = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (String key : append.values.keySet()) {
            boolean present = chunks.getOrDefault(key, List.of()).contains(append.number);
            Operation delete = lastDelete(key, at);
            if (delete == null) (present ? there : missing).add(key);
            else assertTrue(!present || !delete.safe, () -> append.number + " of " + key + " was deleted and is back");
        }
        String what = "append " + append.number + " safe " + append.safe + ": has " + there + ", lacks " + missing;
        assertTrue(missing.isEmpty() || there.isEmpty(), "half of " + what);
        assertTrue(missing.isEmpty() || !append.safe, "lost " + what);
    }

    private Operation lastDelete(String key, int after) {
        Operation last = null;
        for (Operation operation : operations.subList(after, operations.size())) {
            if (operation.delete && operation.values.containsKey(key) && (last == null || !last.safe)) last = operation;
        }
        return last;
    }

    private List<Integer> parse(String key, byte[] value) {
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at < value.length; ) {
            int close = at;
            while (value[close] != ']') close++;
            String[] head =
                    new String(value, at + 1, close - at - 1, java.nio.charset.StandardCharsets.US_ASCII).split(":");
            boolean zeros = head[1].endsWith("z");
            int number = Integer.parseInt(head[0]);
            int length = Integer.parseInt(head[1].substring(0, head[1].length() - 1));
            Bytes expected = chunk(number, key, length, zeros);
            assertEquals(expected, Bytes.of(value).slice(at, at + expected.size()), key + ", append " + number);
            assertTrue(
                    numbers.isEmpty() || numbers.get(numbers.size() - 1) < number, "order of " + key + ": " + numbers);
            numbers.add(number);
            at += (int) expected.size();
        }
        return numbers;
    }

    private void adopt(Map<String, List<Integer>> chunks) {
        Map<Integer, Operation> left = new LinkedHashMap<>();
        for (Operation operation : operations) {
            if (operation.delete) continue;
            operation
                    .values
                    .keySet()
                    .removeIf(key -> !chunks.getOrDefault(key, List.of()).contains(operation.number));
            operation.safe = true;
            if (!operation.values.isEmpty()) left.put(operation.number, operation);
        }
        chunks.forEach((key, numbers) -> assertTrue(left.keySet().containsAll(numbers), "unknown in " + key + numbers));
        operations.clear();
        operations.addAll(left.values());
    }

    /** What a store without a crash holds now. */
    public SortedMap<String, Bytes> expected() {
        SortedMap<String, Bytes> content = new TreeMap<>();
        for (Operation operation : operations) {
            for (var entry : operation.values.entrySet()) {
                if (operation.delete) content.remove(entry.getKey());
                else content.merge(entry.getKey(), entry.getValue(), CrashRun::concat);
            }
        }
        return content;
    }

    private static Bytes concat(Bytes before, Bytes after) {
        byte[] both = java.util.Arrays.copyOf(before.toArray(), (int) (before.size() + after.size()));
        System.arraycopy(after.toArray(), 0, both, (int) before.size(), (int) after.size());
        return Bytes.of(both);
    }
}
