package io.partd;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/** Forwards to another store, with something to do before and after each append, and before a close. */
final class HookedPartd implements Partd<Bytes> {
    private final Partd<Bytes> inner;
    final AtomicLong appends = new AtomicLong();
    volatile Runnable before = () -> {};
    volatile Runnable after = () -> {};
    volatile Runnable beforeGet = () -> {};
    volatile Runnable onClose = () -> {};
    volatile Runnable onFlush = () -> {};
    volatile boolean closed;

    HookedPartd(Partd<Bytes> inner) {
        this.inner = inner;
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        before.run();
        Set<String> written = inner.append(values, heads);
        appends.incrementAndGet();
        after.run();
        return written;
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        beforeGet.run();
        return inner.get(keys);
    }

    @Override
    public void delete(Collection<String> keys) {
        inner.delete(keys);
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
        onFlush.run();
        inner.flush();
    }

    @Override
    public Lock lock() {
        return inner.lock();
    }

    @Override
    public void close() {
        closed = true;
        onClose.run();
        inner.close();
    }
}
