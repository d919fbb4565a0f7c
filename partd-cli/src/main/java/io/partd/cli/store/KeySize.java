package io.partd.cli.store;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FilePartd;
import io.partd.arrow.ArrowStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What lies under a key.
 *
 * @param rows {@link #NO_TABLE} if it is no Arrow IPC stream
 * @param chunks {@link #UNKNOWN} of a store at a server
 */
public record KeySize(String key, long rows, long bytes, int chunks) {
    static final int UNKNOWN = -1;
    static final long NO_TABLE = -1;

    private static final String VALUE = "the value";

    private static final int AT_ONCE = 1_000;

    /** One of which the rows alone are known. */
    public static KeySize ofRows(String key, long rows) {
        return new KeySize(key, rows, 0, UNKNOWN);
    }

    /** Those of all keys, in their order. */
    static List<KeySize> all(FilePartd store) {
        SortedMap<String, Integer> chunks = store.stats().chunksPerKey();
        return of(store, chunks, new ArrayList<>(chunks.keySet()));
    }

    /** Those of these keys, in their order; a key that is not there has none. */
    static List<KeySize> of(FilePartd store, Set<String> wanted) {
        Map<String, Integer> chunks = store.stats().chunksPerKey();
        return of(
                store,
                chunks,
                wanted.stream().filter(chunks::containsKey).sorted().toList());
    }

    private static List<KeySize> of(FilePartd store, Map<String, Integer> chunks, List<String> keys) {
        List<KeySize> sizes = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            List<Bytes> values = store.get(some);
            for (int i = 0; i < some.size(); i++) {
                Bytes value = values.get(i);
                sizes.add(new KeySize(some.get(i), rows(value), value.size(), chunks.get(some.get(i))));
            }
        }
        return sizes;
    }

    /** The rows of a value, or {@link #NO_TABLE}. */
    static long rows(Bytes value) {
        try {
            return new ArrowStream(value, VALUE).rows();
        } catch (CorruptPartdException e) {
            if (!e.file().startsWith(VALUE)) throw e; // the store's files are broken
            return NO_TABLE;
        }
    }
}
