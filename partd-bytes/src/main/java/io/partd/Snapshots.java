package io.partd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store of which cheap handles on values can be taken: the values as they are now, all as of one moment, read when
 * asked.
 */
interface Snapshots {

    /**
     * Returns one handle for each key, in order, on the value that {@code get} would return now; each may be asked by
     * any thread, more than once.
     */
    List<Supplier<Bytes>> snapshots(Collection<String> keys);

    /** Takes them from the store itself where it can give them, else reads the values at once. */
    static List<Supplier<Bytes>> of(Partd<Bytes> store, Collection<String> keys) {
        if (store instanceof Snapshots snapshots) return snapshots.snapshots(keys);
        List<Supplier<Bytes>> handles = new ArrayList<>(keys.size());
        for (Bytes value : store.get(keys)) handles.add(() -> value);
        return handles;
    }
}
