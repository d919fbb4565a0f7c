package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store that gives cheap handles on values, so that a layer above can take them under its lock and read them outside
 * it.
 */
public interface Snapshots {

    /**
     * Handles on the keys' values as they are now, all as of one moment, in the order asked for; each value is read
     * when asked.
     */
    List<Supplier<Bytes>> snapshots(Collection<String> keys);

    /**
     * The store's own handles where it has them; else its values, whose bytes may still be read when they are touched.
     */
    static List<Supplier<Bytes>> of(Partd<Bytes> store, Collection<String> keys) {
        if (store instanceof Snapshots own) return own.snapshots(keys);
        List<Supplier<Bytes>> handles = new ArrayList<>(keys.size());
        for (Bytes value : store.get(keys)) handles.add(() -> value);
        return handles;
    }
}
