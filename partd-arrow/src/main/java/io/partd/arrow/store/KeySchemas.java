package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.arrow.ipc.SchemaMessages;
import io.partd.arrow.ipc.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the keys of a store: the schema that each key's bytes begin with. It holds until keys are taken
 * away, by whichever process, which the store's {@link Partd#removals} tells. Safe for several threads.
 */
public final class KeySchemas {
    final long removals;
    private final Partd<Bytes> store;
    private final Map<String, TableSchema> known = new ConcurrentHashMap<>();
    private volatile String partitioner;

    KeySchemas(Partd<Bytes> store, long removals) {
        this.store = store;
        this.removals = removals;
    }

    /** Whether the schema of every key is known that is given one. */
    boolean knowsAll(Map<String, StreamStore.PendingAppend> values) {
        for (Map.Entry<String, StreamStore.PendingAppend> each : values.entrySet()) {
            if (each.getValue().table() != TableSchema.EMPTY && !known.containsKey(each.getKey())) return false;
        }
        return true;
    }

    /** Whether this is what the store is known to be partitioned by. */
    boolean knowsPartitioner(String by) {
        return by == null || by.equals(partitioner);
    }

    /** The key's schema, or null where it is not known: under the store's lock, where the key has no bytes. */
    TableSchema get(String key) {
        return known.get(key);
    }

    /** Notes what was written; under the store's lock, or where the store said that it wrote it. */
    void put(String key, TableSchema table) {
        known.put(key, table);
    }

    void putPartitioner(String by) {
        partitioner = by;
    }

    /** Reads the schemas of those keys that are not known yet. The store's lock is held. */
    void learn(Collection<String> keys) {
        List<String> unknown = unknown(keys);
        List<Bytes> stored = store.get(unknown);
        for (int i = 0; i < unknown.size(); i++) learn(unknown.get(i), stored.get(i));
    }

    /** The same, but returns why keys cannot be read, for those that cannot: the others are learned all the same. */
    Map<String, RuntimeException> learnEach(Collection<String> keys) {
        Map<String, RuntimeException> unreadable = new HashMap<>();
        List<String> unknown = unknown(keys);
        List<Bytes> stored = stored(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            String key = unknown.get(i);
            try {
                learn(key, stored == null ? store.get(key) : stored.get(i));
            } catch (CorruptPartdException | IllegalArgumentException e) {
                unreadable.put(key, e);
            }
        }
        return unreadable;
    }

    /** The bytes of all of these keys, or null where those of one are broken. */
    private List<Bytes> stored(List<String> keys) {
        try {
            return store.get(keys);
        } catch (CorruptPartdException e) {
            return null; // It does not say which key: they are read one by one.
        }
    }

    private void learn(String key, Bytes stored) {
        if (stored.size() > 0) known.put(key, read(key, stored));
    }

    private List<String> unknown(Collection<String> keys) {
        List<String> unknown = new ArrayList<>();
        for (String key : keys) {
            if (!known.containsKey(key)) unknown.add(key);
        }
        return unknown;
    }

    public static TableSchema read(String key, Bytes stored) {
        return SchemaMessages.read(stored, name(key));
    }

    /**
     * Requires that the store is partitioned by this, or not at all. The store's lock is held.
     *
     * @throws IllegalArgumentException if a key says otherwise
     */
    void requirePartitioner(String by) {
        if (knowsPartitioner(by)) return;
        for (String key : store.keys()) {
            TableSchema table = known.get(key);
            String recorded = (table == null ? read(key, store.get(key)) : table).partitioner;
            if (recorded == null) continue;
            if (recorded.equals(by)) return;
            throw new IllegalArgumentException("the store is partitioned by " + recorded + " (key \"" + key
                    + "\" says so) and is given tables partitioned by " + by
                    + ": use one partitioner, or another store");
        }
    }

    /**
     * Notes that the store is partitioned by this, if no key says otherwise. The store's lock is held, and the keys
     * that are appended to were looked at one by one: another that says otherwise, or that is broken, is for who asks.
     */
    void notePartitioner(String by) {
        try {
            requirePartitioner(by);
            putPartitioner(by);
        } catch (CorruptPartdException | IllegalArgumentException e) {
            partitioner = null;
        }
    }

    /** The key in an error. */
    public static String name(String key) {
        return "key \"" + key + "\"";
    }
}
