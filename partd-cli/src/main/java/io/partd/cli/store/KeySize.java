package io.partd.cli.store;

import io.partd.Bytes;
import io.partd.FilePartd;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What lies under a key.
 *
 * @param rows {@link IpcRows#NONE} if it is no Arrow IPC stream
 * @param chunks {@link #UNKNOWN} of a store at a server
 */
public record KeySize(String key, long rows, long bytes, int chunks) {
    static final int UNKNOWN = -1;

    private static final int AT_ONCE = 1_000;

    /** Those of all keys, in their order. */
    static List<KeySize> all(FilePartd store) {
        SortedMap<String, Integer> chunks = store.stats().chunksPerKey();
        List<String> keys = new ArrayList<>(chunks.keySet());
        List<KeySize> sizes = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            List<Bytes> values = store.get(some);
            for (int i = 0; i < some.size(); i++) {
                Bytes value = values.get(i);
                sizes.add(new KeySize(some.get(i), IpcRows.count(value), value.size(), chunks.get(some.get(i))));
            }
        }
        return sizes;
    }
}
