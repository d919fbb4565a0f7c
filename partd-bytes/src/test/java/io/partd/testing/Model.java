package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a store should hold: a map of arrays. */
final class Model {
    private final Map<String, byte[]> values = new TreeMap<>();

    Set<String> append(Map<String, byte[]> appended, Map<String, byte[]> heads) {
        Set<String> written = new TreeSet<>();
        heads.forEach((key, head) -> {
            if (get(key).length > 0) return;
            written.add(key);
            add(key, head);
        });
        appended.forEach(this::add);
        return written;
    }

    private void add(String key, byte[] bytes) {
        values.merge(key, bytes, (before, more) -> {
            byte[] both = Arrays.copyOf(before, before.length + more.length);
            System.arraycopy(more, 0, both, before.length, more.length);
            return both;
        });
    }

    byte[] get(String key) {
        return values.getOrDefault(key, new byte[0]);
    }

    void delete(Collection<String> keys) {
        values.keySet().removeAll(keys);
    }

    void drop() {
        values.clear();
    }

    long size() {
        return values.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** Checks some keys, as one read. */
    void check(Partd<Bytes> store, List<String> keys) {
        List<Bytes> found = store.get(keys);
        assertEquals(keys.size(), found.size(), "one value for each key");
        for (int i = 0; i < keys.size(); i++) check(keys.get(i), found.get(i));
    }

    void check(String key, Bytes found) {
        byte[] expected = get(key);
        assertEquals(expected.length, found.size(), () -> "size of " + key);
        assertArrayEquals(expected, found.toArray(), () -> "value of " + key);
    }

    /** Checks everything. */
    void check(Partd<Bytes> store) {
        assertEquals(values.keySet(), store.keys());
        check(store, new ArrayList<>(values.keySet()));
    }
}
