package io.partd.flight.server;

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

/** A store in which every key reads as the same bytes: so what was received is checked as what is stored is. */
record OneValue(Bytes value) implements Partd<Bytes> {
    @Override
    public List<Bytes> get(Collection<String> keys) {
        return Collections.nCopies(keys.size(), value);
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        throw new UnsupportedOperationException("it is for reading");
    }

    @Override
    public void delete(Collection<String> keys) {
        throw new UnsupportedOperationException("it is for reading");
    }

    @Override
    public SortedSet<String> keys() {
        return new TreeSet<>();
    }

    @Override
    public void drop() {
        throw new UnsupportedOperationException("it is for reading");
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
