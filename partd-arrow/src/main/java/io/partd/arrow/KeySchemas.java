package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What is known of the keys of a store: the schema that each key's bytes begin with. It holds until keys are taken
 * away, by whichever process, which the store's {@link Partd#removals} tells. Safe for several threads.
 */
final class KeySchemas {
    final long removals;
    private final Partd<Bytes> store;
    private final Map<String, TableSchema> known = new ConcurrentHashMap<>();
    private volatile String partitioner;

    KeySchemas(Partd<Bytes> store, long removals) {
        this.store = store;
        this.removals = removals;
    }

    /** Whether the schema of every key is known that is given one. */
    boolean knowsAll(Map<String, StreamStore.Piece> values) {
        for (Map.Entry<String, StreamStore.Piece> each : values.entrySet()) {
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
        List<String> unknown = new ArrayList<>();
        for (String key : keys) {
            if (!known.containsKey(key)) unknown.add(key);
        }
        List<Bytes> stored = store.get(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            if (stored.get(i).size() > 0) known.put(unknown.get(i), read(unknown.get(i), stored.get(i)));
        }
    }

    static TableSchema read(String key, Bytes stored) {
        MessageCursor cursor = new MessageCursor(new StoredBytes(stored), where(key));
        return cursor.next() ? SchemaMessages.read(cursor) : TableSchema.EMPTY;
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
            Schema schema = table == null ? read(key, store.get(key)).schema : table.schema;
            String recorded = schema.getCustomMetadata().get(TableSchema.PARTITIONER);
            if (recorded == null) continue;
            if (recorded.equals(by)) return;
            throw new IllegalArgumentException("the store is partitioned by " + recorded + " (key \"" + key
                    + "\" says so) and is given tables partitioned by " + by
                    + ": use one partitioner, or another store");
        }
    }

    /** The key in an error. */
    static String name(String key) {
        return "key \"" + key + "\"";
    }

    /** What is broken, in an error. */
    static String where(String key) {
        return name(key) + ", layer arrow,";
    }
}
