package io.partd.arrow.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A store that gives the same bytes for every key, in the memory that they lie in, and forgets what it is given. */
record OneKeyPartd(Bytes bytes) implements Partd<Bytes> {
    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return Set.of();
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        return Collections.nCopies(keys.size(), bytes);
    }

    @Override
    public void delete(Collection<String> keys) {
        throw new UnsupportedOperationException("the store takes nothing");
    }

    @Override
    public SortedSet<String> keys() {
        return new TreeSet<>(Set.of("key"));
    }

    @Override
    public void drop() {
        throw new UnsupportedOperationException("the store takes nothing");
    }

    @Override
    public void flush() {}

    @Override
    public Lock lock() {
        return new ReentrantLock();
    }

    @Override
    public void close() {}
}
