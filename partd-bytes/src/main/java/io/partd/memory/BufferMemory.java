package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.KeyCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What a buffer holds, and where: a key's value is what slow has, then what is being moved, then what fast has.
 *
 * <p>The read side of {@code state} is for looking at all three at once, and for appending to fast; the write side for
 * whatever takes bytes from one to the other. Nobody holds either for as long as slow takes to write: while slow
 * appends what is moved, readers see its values as they were before, and the moved bytes behind them, however far slow
 * has come.
 */
final class BufferMemory {
    /** A key's bytes between the stores, and its value in slow before they arrive there. */
    record Moving(Supplier<Bytes> before, Supplier<Bytes> value, long bytes) {}

    final Partd<Bytes> fast;
    final Partd<Bytes> slow;
    final Budget budget;
    final KeySizes sizes = new KeySizes();
    final ReentrantReadWriteLock state = new ReentrantReadWriteLock();
    private Map<String, Moving> moving = Map.of();
    /** What was removed through the buffer; written under the write side of {@code state}. */
    private volatile long removals;

    BufferMemory(Partd<Bytes> fast, Partd<Bytes> slow, long limitBytes) {
        this.fast = fast;
        this.slow = slow;
        this.budget = new Budget(limitBytes);
        Map<String, Bytes> present = new HashMap<>();
        List<String> keys = List.copyOf(fast.keys());
        List<Bytes> values = fast.get(keys);
        for (int i = 0; i < keys.size(); i++) present.put(keys.get(i), values.get(i));
        AppendSizes tally = AppendSizes.of(present);
        sizes.prepare(tally).apply();
        budget.add(tally.total);
    }

    /**
     * The heads of keys that hold no bytes in memory: slow has to say whether they are to be written. Either side of
     * {@code state} is held.
     */
    Map<String, Bytes> undecided(Map<String, ? extends Bytes> heads) {
        Map<String, Bytes> undecided = Map.of();
        for (Map.Entry<String, ? extends Bytes> head : heads.entrySet()) {
            String key = Objects.requireNonNull(head.getKey(), "key is null");
            Bytes value = AppendSizes.value(key, head.getValue());
            if (hasBytes(key)) continue;
            KeyCheck.check(key);
            if (undecided.isEmpty()) undecided = new HashMap<>();
            undecided.put(key, value);
        }
        return undecided;
    }

    private boolean hasBytes(String key) {
        if (sizes.bytes(key) > 0) return true;
        Moving moved = moving.get(key);
        return moved != null && moved.bytes > 0;
    }

    boolean isEmpty() {
        state.readLock().lock();
        try {
            return sizes.isEmpty() && moving.isEmpty();
        } finally {
            state.readLock().unlock();
        }
    }

    /**
     * Returns when whoever was looking at the stores, or appending to fast, is done: they may have seen one store and
     * not yet the other.
     */
    void awaitReaders() {
        state.writeLock().lock();
        state.writeLock().unlock();
    }

    /** Handles on the values of the keys, all as of now. */
    List<Supplier<Bytes>> values(List<String> keys) {
        state.readLock().lock();
        try {
            // Fast first: between the two a large append may go straight to slow, and a later one to fast.
            List<Supplier<Bytes>> newer = Snapshots.of(fast, keys);
            List<Supplier<Bytes>> older = Snapshots.of(slow, keys);
            List<Supplier<Bytes>> values = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                values.add(value(older.get(i), moving.get(keys.get(i)), newer.get(i)));
            }
            return values;
        } finally {
            state.readLock().unlock();
        }
    }

    private static Supplier<Bytes> value(Supplier<Bytes> slow, Moving moved, Supplier<Bytes> fast) {
        if (moved == null || moved.bytes == 0) return () -> Bytes.concat(List.of(slow.get(), fast.get()));
        return () -> Bytes.concat(List.of(moved.before.get(), moved.value.get(), fast.get()));
    }

    SortedSet<String> keys() {
        state.readLock().lock();
        try {
            List<String> newer = sizes.keys();
            SortedSet<String> keys = slow.keys();
            keys.addAll(moving.keySet());
            keys.addAll(newer);
            return keys;
        } finally {
            state.readLock().unlock();
        }
    }

    /** Takes the values of the keys out of fast; nothing else is being moved. */
    void detach(Collection<String> keys) {
        state.writeLock().lock();
        try {
            List<String> present = keys.stream().filter(sizes::contains).toList();
            List<Supplier<Bytes>> before = Snapshots.of(slow, present);
            List<Supplier<Bytes>> values = Snapshots.of(fast, present);
            Map<String, Moving> batch = new HashMap<>();
            for (int i = 0; i < present.size(); i++) {
                String key = present.get(i);
                batch.put(key, new Moving(before.get(i), values.get(i), sizes.bytes(key)));
            }
            fast.delete(present);
            moving = batch;
            present.forEach(sizes::remove);
        } finally {
            state.writeLock().unlock();
        }
    }

    /** Looks again at what slow holds of the keys being moved, none of which has arrived there. */
    void rebase() {
        state.writeLock().lock();
        try {
            List<String> keys = List.copyOf(moving.keySet());
            List<Supplier<Bytes>> before = Snapshots.of(slow, keys);
            Map<String, Moving> rebased = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Moving old = moving.get(keys.get(i));
                rebased.put(keys.get(i), new Moving(before.get(i), old.value, old.bytes));
            }
            moving = rebased;
        } finally {
            state.writeLock().unlock();
        }
    }

    /** What is between the stores; it changes only under the mover's lock. */
    Map<String, Moving> moving() {
        return moving;
    }

    /** Slow has what was moved: from now on it is read there. */
    void arrived() {
        state.writeLock().lock();
        try {
            long bytes = 0;
            for (Moving moved : moving.values()) bytes += moved.bytes;
            moving = Map.of();
            budget.release(bytes);
        } finally {
            state.writeLock().unlock();
        }
    }

    /**
     * Removes the keys everywhere, at once for readers; the slow store's lock is held, so that this need not wait for
     * it.
     */
    void delete(List<String> keys) {
        state.writeLock().lock();
        try {
            slow.delete(keys);
            fast.delete(keys);
            for (String key : keys) forget(key);
        } finally {
            removals++; // also after a failure, which may have come halfway
            state.writeLock().unlock();
        }
    }

    private void forget(String key) {
        budget.release(Math.max(sizes.bytes(key), 0));
        sizes.remove(key);
        if (moving.containsKey(key)) budget.release(moving.remove(key).bytes);
    }

    /** As {@link #delete}, for all there is. */
    void drop() {
        state.writeLock().lock();
        try {
            slow.drop();
            fast.drop();
            sizes.clear();
            moving = Map.of();
            budget.release(budget.used());
        } finally {
            removals++;
            state.writeLock().unlock();
        }
    }

    /** What is taken out of fast to be moved is not gone, and does not count; what others take out of slow does. */
    long removals() {
        return removals + slow.removals();
    }
}
