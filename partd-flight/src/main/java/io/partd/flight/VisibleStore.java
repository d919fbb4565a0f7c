package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/** The served store without the keys that the server keeps for itself. */
final class VisibleStore implements Partd<Bytes> {
    private final Partd<Bytes> store;

    VisibleStore(Partd<Bytes> store) {
        this.store = store;
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        Reserved.refuse(values.keySet());
        Reserved.refuse(heads.keySet());
        return store.append(values, heads);
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        Reserved.refuse(keys);
        return store.get(keys);
    }

    @Override
    public void delete(Collection<String> keys) {
        Reserved.refuse(keys);
        store.delete(keys);
    }

    @Override
    public long removals() {
        return store.removals();
    }

    @Override
    public SortedSet<String> keys() {
        return Reserved.hide(store.keys());
    }

    /** Removes everything but what the server remembers, or an append from before could be made again after it. */
    @Override
    public void drop() {
        Lock lock = store.lock();
        lock.lock();
        try {
            store.delete(new ArrayList<>(keys()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public Lock lock() {
        return store.lock();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
