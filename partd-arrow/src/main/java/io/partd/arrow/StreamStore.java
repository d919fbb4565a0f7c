package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.BiFunction;

/**
 * Appends batches to keys whose bytes are Arrow streams: a key's first append writes the schema message too, in the
 * same atomic append, and no other schema follows it. Safe for several threads and processes.
 */
final class StreamStore {
    /** Of a key that is appended to: the schema it is given, and its messages, once it is known whose ids they take. */
    record Piece(TableSchema table, BiFunction<String, TableSchema, Bytes> messages) {}

    /** Says why a key whose schema is the first does not take what has the second. */
    interface Refusal {
        String of(String key, TableSchema stored, TableSchema given);
    }

    private static final Refusal TABLES = (key, stored, given) ->
            "key \"" + key + "\" cannot take this table: " + SchemaRules.difference(stored.schema, given.schema);

    final Partd<Bytes> store;
    private final Refusal refusal;
    private volatile KeySchemas schemas;

    StreamStore(Partd<Bytes> store) {
        this(store, TABLES);
    }

    StreamStore(Partd<Bytes> store, Refusal refusal) {
        this.store = store;
        this.refusal = refusal;
        this.schemas = new KeySchemas(store, store.removals());
    }

    /**
     * Appends all pieces, or none. Heads are written where a key has no bytes.
     *
     * @param partitioner what the pieces were partitioned by, or null
     * @return the keys whose heads were written
     */
    Set<String> append(Map<String, Piece> values, Map<String, Piece> heads, String partitioner) {
        Set<String> keys = new HashSet<>();
        values.forEach((key, piece) -> {
            if (piece.table() != TableSchema.EMPTY) keys.add(key);
        });
        KeySchemas before = current();
        if (!before.knowsAll(keys) || !before.knowsPartitioner(partitioner)) {
            return appendLocked(keys, values, heads, partitioner);
        }
        Set<String> written = write(before, values, heads);
        keys.removeAll(written);
        String mixed = keys.isEmpty() ? null : mixed(keys, values, before.removals);
        if (mixed != null) {
            throw new IllegalStateException("key \"" + mixed + "\" was deleted and given another schema by somebody"
                    + " else while this append ran, and now holds batches of both: delete it, and append again");
        }
        written.retainAll(heads.keySet());
        return written;
    }

    private Set<String> appendLocked(
            Set<String> keys, Map<String, Piece> values, Map<String, Piece> heads, String partitioner) {
        Lock lock = store.lock();
        lock.lock();
        try {
            KeySchemas now = current();
            now.learn(keys);
            if (partitioner != null) now.requirePartitioner(partitioner);
            Set<String> written = write(now, values, heads);
            if (partitioner != null && !keys.isEmpty()) now.putPartitioner(partitioner);
            written.retainAll(heads.keySet());
            return written;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Requires that the keys may be given these schemas, and returns those that they begin with.
     *
     * @throws IllegalArgumentException if not
     */
    Map<String, TableSchema> require(Map<String, TableSchema> given, String partitioner) {
        Lock lock = store.lock();
        lock.lock();
        try {
            KeySchemas now = current();
            now.learn(given.keySet());
            if (partitioner != null) now.requirePartitioner(partitioner);
            Map<String, TableSchema> begins = new HashMap<>();
            given.forEach((key, table) -> {
                TableSchema stored = now.get(key);
                if (stored != null) requireSame(key, stored, table, refusal);
                begins.put(key, stored == null ? table : stored);
            });
            return begins;
        } finally {
            lock.unlock();
        }
    }

    /** What is known, as long as no key was taken away since. */
    private KeySchemas current() {
        long removals = store.removals();
        KeySchemas now = schemas;
        if (now.removals == removals) return now;
        KeySchemas fresh = new KeySchemas(store, removals);
        schemas = fresh;
        return fresh;
    }

    private Set<String> write(KeySchemas known, Map<String, Piece> values, Map<String, Piece> heads) {
        values.forEach(
                (key, piece) -> requireSame(key, begins(key, known, heads, piece.table()), piece.table(), refusal));
        Map<String, Bytes> valueBytes = new LinkedHashMap<>();
        Map<String, Bytes> headBytes = new LinkedHashMap<>();
        Map<String, TableSchema> tables = new HashMap<>();
        values.forEach((key, piece) -> {
            TableSchema table = begins(key, known, heads, piece.table());
            valueBytes.put(key, piece.messages().apply(key, table));
            if (table != TableSchema.EMPTY) headBytes.put(key, piece.table().message());
            tables.put(key, piece.table());
        });
        heads.forEach((key, head) -> {
            TableSchema table = head.table();
            if (table == TableSchema.EMPTY && headBytes.containsKey(key)) return;
            headBytes.put(
                    key, Bytes.concat(List.of(table.message(), head.messages().apply(key, table))));
            tables.put(key, table);
        });
        Set<String> written = new HashSet<>(store.append(valueBytes, headBytes));
        for (String key : written) {
            if (tables.get(key) != TableSchema.EMPTY) known.put(key, tables.get(key));
        }
        return written;
    }

    /** The schema that the key begins with, or will: what is stored, else its head's, else its value's. */
    private static TableSchema begins(String key, KeySchemas known, Map<String, Piece> heads, TableSchema value) {
        TableSchema stored = known.get(key);
        if (stored != null) return stored;
        Piece head = heads.get(key);
        return head == null || head.table() == TableSchema.EMPTY ? value : head.table();
    }

    /** Requires that a key with the first schema takes the second, in the words for tables. */
    static void requireSame(String key, TableSchema begins, TableSchema given) {
        requireSame(key, begins, given, TABLES);
    }

    private static void requireSame(String key, TableSchema begins, TableSchema given, Refusal refusal) {
        if (given == TableSchema.EMPTY || begins.accepts(given)) return;
        throw new IllegalArgumentException(refusal.of(key, begins, given));
    }

    /**
     * Of keys that were just appended to, one that was taken away meanwhile, and had come back with another schema
     * before the append; or null.
     */
    private String mixed(Collection<String> keys, Map<String, Piece> values, long removals) {
        try {
            return store.removals() == removals ? null : mixed(keys, values);
        } catch (IllegalStateException e) {
            return null; // Closed just now: the append was made all the same, and must not be reported as refused.
        }
    }

    private String mixed(Collection<String> keys, Map<String, Piece> values) {
        Lock lock = store.lock();
        lock.lock();
        try {
            KeySchemas now = current();
            now.learn(keys);
            for (String key : keys) {
                TableSchema stored = now.get(key);
                if (stored != null && !stored.accepts(values.get(key).table())) return key;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
