package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.KeyCheck;
import io.partd.base.LockChain;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import io.partd.marks.Marks;
import io.partd.marks.MemoryMarks;
import io.partd.marks.OwnerMarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A store in memory. Changes are made one at a time, under {@code change}; what they prepared becomes visible all at
 * once, under the write side of {@code state}, which nobody holds for longer than it takes to set some fields.
 */
public final class DictPartd implements Partd<Bytes>, Snapshots, Marks<Bytes> {
    private final ReentrantLock change = new ReentrantLock();
    private final ReentrantReadWriteLock state = new ReentrantReadWriteLock();
    /** Filled under {@code change} with ropes that hold nothing yet; everything else happens under {@code state}. */
    private final ConcurrentHashMap<String, DictValue> ropes = new ConcurrentHashMap<>();

    /** Added to under {@code state}; nothing that is removed takes one along. */
    private final MemoryMarks marks = new MemoryMarks();

    /** Written under {@code state}: whoever sees that something is gone sees that this has moved. */
    private volatile long removals;

    private volatile boolean closed;

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return append(values, heads, List.of());
    }

    @Override
    public Set<String> append(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> made) {
        beginChange();
        DictAppend append = new DictAppend(ropes);
        try {
            append.stage(values, heads);
            publish(append, heads, made);
            return append.headsWritten();
        } catch (Throwable e) {
            append.giveUp();
            throw e;
        } finally {
            change.unlock();
        }
    }

    private void publish(DictAppend append, Map<String, ? extends Bytes> heads, List<Mark> made) {
        state.writeLock().lock();
        try {
            if (!made.isEmpty()) marks.add(made, heads.keySet(), append.headsWritten());
            append.publish();
        } finally {
            state.writeLock().unlock();
        }
    }

    @Override
    public <T> T sharing(Supplier<T> work) {
        beginChange();
        try {
            return work.get();
        } finally {
            change.unlock();
        }
    }

    @Override
    public OwnerMarks marks(UUID owner) {
        beginRead();
        try {
            return marks.of(owner);
        } finally {
            state.readLock().unlock();
        }
    }

    @Override
    public Claim claim(String who) {
        requireOpen();
        return marks.claim(who);
    }

    @Override
    public Bytes get(String key) {
        KeyCheck.check(key);
        beginRead();
        try {
            return value(key);
        } finally {
            state.readLock().unlock();
        }
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        List<Bytes> values = new ArrayList<>(wanted.size());
        beginRead();
        try {
            for (String key : wanted) values.add(value(key));
        } finally {
            state.readLock().unlock();
        }
        return values;
    }

    private Bytes value(String key) {
        DictValue rope = ropes.get(key);
        return rope == null ? Bytes.EMPTY : rope.value();
    }

    /** A value here is already a cheap handle. */
    @Override
    public List<Supplier<Bytes>> snapshots(Collection<String> keys) {
        List<Supplier<Bytes>> handles = new ArrayList<>(keys.size());
        for (Bytes value : get(keys)) handles.add(() -> value);
        return handles;
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> doomed = KeyCheck.copy(keys);
        change(() -> doomed.forEach(ropes::remove));
    }

    @Override
    public void drop() {
        change(ropes::clear);
    }

    private void change(Runnable step) {
        beginChange();
        try {
            state.writeLock().lock();
            try {
                step.run();
                removals++; // under both locks, so that no other thread does it meanwhile
            } finally {
                state.writeLock().unlock();
            }
        } finally {
            change.unlock();
        }
    }

    @Override
    public long removals() {
        requireOpen();
        return removals;
    }

    @Override
    public SortedSet<String> keys() {
        List<String> present = new ArrayList<>();
        beginRead();
        try {
            ropes.forEach((key, rope) -> {
                if (rope.exists()) present.add(key);
            });
        } finally {
            state.readLock().unlock();
        }
        return new TreeSet<>(present);
    }

    /** There is no medium: what was appended is where it will ever be. */
    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    public Lock lock() {
        requireOpen();
        return new LockChain(change);
    }

    @Override
    public void close() {
        change.lock();
        state.writeLock().lock();
        closed = true;
        ropes.clear();
        state.writeLock().unlock();
        change.unlock();
    }

    /** The bytes of memory that values take, spare room included. */
    long capacity() {
        beginRead();
        try {
            return ropes.values().stream().mapToLong(DictValue::capacity).sum();
        } finally {
            state.readLock().unlock();
        }
    }

    private void beginChange() {
        requireOpen();
        LockChain.acquire(change);
        unlockIfClosed(change);
    }

    private void beginRead() {
        state.readLock().lock();
        unlockIfClosed(state.readLock());
    }

    private void unlockIfClosed(Lock taken) {
        if (!closed) return;
        taken.unlock();
        requireOpen();
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: open another");
    }
}
