package io.partd.notebook;

import io.partd.Bytes;
import io.partd.Layer;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What lies under the keys of a store, in bytes as they are stored; nothing is decoded. */
final class KeySizes {
    private static final int AT_ONCE = 1_000;
    /** Where the stores of partd-bytes stand that are no layers. */
    private static final Set<String> PACKAGES = Set.of("io.partd", "io.partd.memory");

    private KeySizes() {}

    /** The store of bytes at the bottom, or null where that is somebody else's store, of nobody knows what. */
    @SuppressWarnings("unchecked") // those of the library that are no layers hold bytes
    static Partd<Bytes> bytes(Partd<?> store) {
        Partd<?> below = store;
        while (below instanceof Layer layer) below = layer.store();
        return PACKAGES.contains(below.getClass().getPackageName()) ? (Partd<Bytes>) below : null;
    }

    static Map<String, Long> of(Partd<Bytes> store) {
        List<String> keys = new ArrayList<>(store.keys());
        Map<String, Long> sizes = new TreeMap<>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            List<Bytes> values = store.get(some);
            for (int i = 0; i < some.size(); i++)
                sizes.put(some.get(i), values.get(i).size());
        }
        return sizes;
    }
}
