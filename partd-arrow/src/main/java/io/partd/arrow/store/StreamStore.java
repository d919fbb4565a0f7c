package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.column.SchemaRules;
import io.partd.arrow.ipc.TableSchema;
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
public final class StreamStore {
    /** Of a key that is appended to: the schema it is given, and its messages, once it is known whose ids they take. */
    public record PendingAppend(TableSchema table, BiFunction<String, TableSchema, Bytes> messages) {}

    /** Says why a key whose schema is the first does not take what has the second. */
    public interface Refusal {
        String of(String key, TableSchema stored, TableSchema given);
    }

    private static final Refusal TABLES = (key, stored, given) ->
            "key \"" + key + "\" cannot take this table: " + SchemaRules.difference(stored.schema, given.schema);

    public final Partd<Bytes> store;
    private final Refusal refusal;
    private volatile KeySchemas schemas;

    public StreamStore(Partd<Bytes> store) {
        this(store, TABLES);
    }

    public StreamStore(Partd<Bytes> store, Refusal refusal) {
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
    public Set<String> append(Map<String, PendingAppend> values, Map<String, PendingAppend> heads, String partitioner) {
        KeySchemas known = current();
        if (!known.knowsAll(values) || !known.knowsPartitioner(partitioner)) {
            return appendLocked(values, heads, partitioner);
        }
        Set<String> written = write(known, values, heads, () -> {});
        String mixed = mixed(values, written, known.removals);
        if (mixed != null) {
            throw new IllegalStateException("key \"" + mixed + "\" was deleted and given another schema by somebody"
                    + " else while this append ran, and now holds batches of both: delete it, and append again");
        }
        return intersection(written, heads.keySet());
    }

    private Set<String> appendLocked(
            Map<String, PendingAppend> values, Map<String, PendingAppend> heads, String partitioner) {
        Lock lock = store.lock();
        lock.lock();
        try {
            KeySchemas now = current();
            now.learn(values.keySet());
            if (partitioner != null) now.requirePartitioner(partitioner);
            Set<String> written = write(now, values, heads, () -> {});
            if (partitioner != null && !values.isEmpty()) now.putPartitioner(partitioner);
            return intersection(written, heads.keySet());
        } finally {
            lock.unlock();
        }
    }

    private static Set<String> intersection(Set<String> some, Set<String> others) {
        if (some.isEmpty() || others.isEmpty()) return Set.of();
        Set<String> both = new HashSet<>(some);
        both.retainAll(others);
        return both;
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
                if (stored != null) requireSame(key, stored, table);
                begins.put(key, stored == null ? table : stored);
            });
            return begins;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why keys cannot be given these pieces, for those that cannot: they hold another schema, say that they were
     * partitioned by something else, or cannot be read. The store's lock is held.
     */
    Map<String, RuntimeException> refusals(Map<String, PendingAppend> values) {
        KeySchemas now = current();
        Map<String, RuntimeException> refused = now.learnEach(values.keySet());
        values.forEach((key, piece) -> {
            TableSchema stored = now.get(key);
            if (stored == null || stored == piece.table()) return;
            try {
                requireSame(key, stored, piece.table());
                requireSamePartitioner(key, stored.partitioner, piece.table().partitioner);
            } catch (IllegalArgumentException e) {
                refused.put(key, e);
            }
        });
        return refused;
    }

    private static void requireSamePartitioner(String key, String stored, String given) {
        if (stored == null || given == null || stored.equals(given)) return;
        throw new IllegalArgumentException("key \"" + key + "\" says that the store is partitioned by " + stored
                + " and is given a table partitioned by " + given + ": use one partitioner, or another store");
    }

    /**
     * Appends all pieces, or none, to keys that do not refuse them, under the store's lock, which has been held since
     * they were asked.
     *
     * @param partitioner what the pieces were partitioned by, or null
     * @param done is run as soon as they are appended
     */
    void appendUnrefused(Map<String, PendingAppend> values, String partitioner, Runnable done) {
        KeySchemas now = current();
        if (!now.knowsPartitioner(partitioner)) now.notePartitioner(partitioner);
        write(now, values, Map.of(), done);
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

    private Set<String> write(
            KeySchemas known, Map<String, PendingAppend> values, Map<String, PendingAppend> heads, Runnable done) {
        Map<String, Bytes> valueBytes = new LinkedHashMap<>(values.size() * 2);
        values.forEach((key, piece) -> {
            TableSchema begins = begins(key, known, heads, piece.table());
            requireSame(key, begins, piece.table());
            valueBytes.put(key, piece.messages().apply(key, begins));
        });
        Set<String> written = store.append(valueBytes, headBytes(values, heads));
        done.run();
        for (String key : written) {
            TableSchema table = headTable(key, values, heads);
            if (table != TableSchema.EMPTY) known.put(key, table);
        }
        return written;
    }

    /** What keys without bytes begin with: their heads, or the schemas of their values. */
    private static Map<String, Bytes> headBytes(Map<String, PendingAppend> values, Map<String, PendingAppend> heads) {
        Map<String, Bytes> schemas =
                new MappedValues<>(values, piece -> piece.table().message());
        if (heads.isEmpty()) return schemas;
        Map<String, Bytes> bytes = new HashMap<>(schemas);
        heads.forEach((key, head) -> {
            TableSchema table = head.table();
            Bytes messages = head.messages().apply(key, table);
            if (headTable(key, values, heads) == table)
                bytes.put(key, Bytes.concat(List.of(table.message(), messages)));
        });
        return bytes;
    }

    /** The schema that a key's head has: that of its value where it has no head, or one that fixes no schema. */
    private static TableSchema headTable(
            String key, Map<String, PendingAppend> values, Map<String, PendingAppend> heads) {
        PendingAppend head = heads.get(key);
        PendingAppend value = values.get(key);
        boolean fixes = head != null && (head.table() != TableSchema.EMPTY || value == null);
        return fixes ? head.table() : value.table();
    }

    /** The schema that the key begins with, or will: what is stored, else its head's, else its value's. */
    private static TableSchema begins(
            String key, KeySchemas known, Map<String, PendingAppend> heads, TableSchema value) {
        TableSchema stored = known.get(key);
        if (stored != null) return stored;
        PendingAppend head = heads.get(key);
        return head == null || head.table() == TableSchema.EMPTY ? value : head.table();
    }

    /** Requires that a key that begins with the first schema takes the second. */
    void requireSame(String key, TableSchema begins, TableSchema given) {
        if (given == TableSchema.EMPTY || begins.accepts(given)) return;
        throw new IllegalArgumentException(refusal.of(key, begins, given));
    }

    /**
     * Of keys that were just appended to, one that was taken away meanwhile, and had come back with another schema
     * before the append; or null.
     */
    private String mixed(Map<String, PendingAppend> values, Set<String> written, long removals) {
        try {
            return store.removals() == removals ? null : mixed(values, written);
        } catch (IllegalStateException e) {
            return null; // Closed just now: the append was made all the same, and must not be reported as refused.
        }
    }

    private String mixed(Map<String, PendingAppend> values, Set<String> written) {
        Lock lock = store.lock();
        lock.lock();
        try {
            KeySchemas now = current();
            now.learn(values.keySet());
            for (Map.Entry<String, PendingAppend> each : values.entrySet()) {
                String key = each.getKey();
                PendingAppend piece = each.getValue();
                TableSchema stored = now.get(key);
                if (written.contains(key) || stored == null || piece.table() == TableSchema.EMPTY) continue;
                if (!stored.accepts(piece.table())) return key;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
