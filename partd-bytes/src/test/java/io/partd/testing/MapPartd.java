package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The simplest store of bytes, for tests of what is put on top of one: a map, which tests may look into and damage. */
public final class MapPartd implements Partd<Bytes> {
    public final Map<String, Bytes> map = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    public int flushes;

    @Override
    public synchronized Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        requireOpen();
        Set<String> written = new HashSet<>();
        heads.forEach((key, head) -> {
            if (map.getOrDefault(key, Bytes.EMPTY).size() == 0) {
                put(key, head);
                written.add(key);
            }
        });
        values.forEach(this::put);
        return written;
    }

    private void put(String key, Bytes value) {
        Bytes copy = Bytes.of(value.toArray());
        map.merge(Objects.requireNonNull(key), copy, (old, more) -> Bytes.concat(List.of(old, more)));
    }

    @Override
    public synchronized List<Bytes> get(Collection<String> keys) {
        requireOpen();
        List<Bytes> values = new ArrayList<>();
        for (String key : keys) values.add(map.getOrDefault(key, Bytes.EMPTY));
        return values;
    }

    @Override
    public synchronized void delete(Collection<String> keys) {
        requireOpen();
        map.keySet().removeAll(List.copyOf(keys));
    }

    @Override
    public synchronized SortedSet<String> keys() {
        requireOpen();
        return new TreeSet<>(map.keySet());
    }

    @Override
    public synchronized void drop() {
        requireOpen();
        map.clear();
    }

    @Override
    public synchronized void flush() {
        requireOpen();
        flushes++;
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed");
    }
}
