package io.partd.testing;

import io.partd.Partd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/** A store that is another one: tests override what they want to see or to break. */
public class ForwardingPartd<V> implements Partd<V> {
    /** The other store. */
    public final Partd<V> inner;

    /** Forwards everything. */
    public ForwardingPartd(Partd<V> inner) {
        this.inner = inner;
    }

    @Override
    public Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads) {
        return inner.append(values, heads);
    }

    @Override
    public List<V> get(Collection<String> keys) {
        return inner.get(keys);
    }

    @Override
    public void delete(Collection<String> keys) {
        inner.delete(keys);
    }

    @Override
    public long removals() {
        return inner.removals();
    }

    @Override
    public SortedSet<String> keys() {
        return inner.keys();
    }

    @Override
    public void drop() {
        inner.drop();
    }

    @Override
    public void flush() {
        inner.flush();
    }

    @Override
    public Lock lock() {
        return inner.lock();
    }

    @Override
    public void close() {
        inner.close();
    }
}
