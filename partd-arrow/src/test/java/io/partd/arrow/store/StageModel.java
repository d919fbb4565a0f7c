package io.partd.arrow.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a store with a stage has to hold: by key what is written, and the appends that wait, in order. */
final class StageModel {
    /** What one append gave to a key; of the run-end encoded type, a number stands for as many rows as are appended. */
    record Part(int type, String partitioner, List<Long> rows) {}

    /** What lies under a key below the stage. */
    record Written(int type, String partitioner, List<Long> rows) {
        static final Written NOTHING = new Written(-1, null, List.of());
    }

    private final Map<String, Written> written = new HashMap<>();
    private final Map<String, List<Part>> waiting = new HashMap<>();

    Written written(String key) {
        return written.getOrDefault(key, Written.NOTHING);
    }

    List<Part> waiting(String key) {
        return waiting.getOrDefault(key, List.of());
    }

    TreeSet<String> waiting() {
        return new TreeSet<>(waiting.keySet());
    }

    TreeSet<String> keys() {
        TreeSet<String> keys = waiting();
        keys.addAll(written.keySet());
        return keys;
    }

    void accept(String key, Part part) {
        waiting.computeIfAbsent(key, each -> new ArrayList<>()).add(part);
    }

    /** What somebody else wrote below the stage. */
    void replace(String key, Written now) {
        if (now.rows.isEmpty()) written.remove(key);
        else written.put(key, now);
    }

    void delete(String key) {
        written.remove(key);
        waiting.remove(key);
    }

    void loseWaiting() {
        waiting.clear();
    }

    /** Takes in what lies below now: what did before, and of what waits some appends from the first on, whole. */
    void observe(String key, Written now) {
        List<Long> rows = new ArrayList<>(written(key).rows);
        List<Part> parts = new ArrayList<>(waiting(key));
        while (rows.size() < now.rows.size() && !parts.isEmpty()) {
            rows.addAll(parts.remove(0).rows);
        }
        assertEquals(now.rows, rows, "key " + key);
        if (parts.isEmpty()) waiting.remove(key);
        else waiting.put(key, parts);
        assertTrue(written(key).rows.isEmpty() || written(key).type == now.type, key);
        replace(key, now);
    }

    /** Whether what waits of a key does not go with what is written of it. */
    boolean clashes(String key) {
        Written before = written(key);
        if (before.rows.isEmpty()) return false;
        return waiting(key).stream()
                .anyMatch(part -> part.type != before.type || differ(part.partitioner, before.partitioner));
    }

    /** Whether some key says, or would say once it is written, that the store is partitioned by something else. */
    boolean isPartitionedOtherwise(String by) {
        return by != null
                && (written.values().stream().anyMatch(each -> differ(by, each.partitioner))
                        || waiting.values().stream()
                                .flatMap(List::stream)
                                .anyMatch(part -> differ(by, part.partitioner)));
    }

    /** Whether a key holds, or waits to hold, another type. */
    boolean hasOtherType(String key, int type) {
        Written before = written(key);
        return !before.rows.isEmpty() && before.type != type
                || waiting(key).stream().anyMatch(part -> part.type != type);
    }

    private static boolean differ(String one, String other) {
        return one != null && other != null && !one.equals(other);
    }
}
