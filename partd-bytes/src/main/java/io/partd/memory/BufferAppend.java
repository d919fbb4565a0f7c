package io.partd.memory;

import io.partd.Bytes;
import io.partd.base.LockChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * One append to a buffer's memory, in three ways: at once where there is room and no head to write; in turn, under the
 * mover's lock, with the slow store's lock shared; and with heads that slow has to decide on, with that lock alone.
 * Each way gives the keys whose heads were written, or null where the next one is to be tried.
 */
final class BufferAppend {
    private final BufferMemory memory;
    private final BufferMover mover;
    private final Map<String, ? extends Bytes> values;
    private final Map<String, ? extends Bytes> heads;
    private final AppendSizes tally;

    BufferAppend(
            BufferMemory memory,
            BufferMover mover,
            Map<String, ? extends Bytes> values,
            Map<String, ? extends Bytes> heads,
            AppendSizes tally) {
        this.memory = memory;
        this.mover = mover;
        this.values = values;
        this.heads = heads;
        this.tally = tally;
    }

    /** Without the slow store. */
    Set<String> atOnce() {
        Lock reading = memory.state.readLock();
        reading.lock();
        try {
            if (!memory.undecided(heads).isEmpty() || !memory.budget.tryTake(tally.total)) return null;
            appendTaken(values);
            return Set.of();
        } finally {
            reading.unlock();
        }
    }

    /** In turn; the slow store's lock is held, shared at least. */
    Set<String> withoutNewHeads() {
        return inTurn(() -> {
            if (!decided()) return null;
            mover.makeRoom(tally.total);
            Set<String> written = appendIfDecided();
            if (written == null) memory.budget.release(tally.total);
            return written;
        });
    }

    /** In turn, with heads that slow has to decide on; the slow store's lock is held. */
    Set<String> withNewHeads() {
        return inTurn(() -> {
            mover.makeRoom(tally.total);
            Set<String> written = appendIfDecided();
            return written != null ? written : appendWithHeads();
        });
    }

    private Set<String> inTurn(Supplier<Set<String>> step) {
        LockChain.acquire(mover.lock);
        try {
            return step.get();
        } finally {
            mover.lock.unlock();
        }
    }

    private boolean decided() {
        Lock reading = memory.state.readLock();
        reading.lock();
        try {
            return memory.undecided(heads).isEmpty();
        } finally {
            reading.unlock();
        }
    }

    /** Appends what was taken from the budget, or gives it back. */
    private void appendTaken(Map<String, ? extends Bytes> values) {
        boolean appended = false;
        try {
            KeySizes.Growth growth = memory.sizes.prepare(tally);
            memory.fast.append(values);
            growth.apply();
            appended = true;
        } finally {
            if (!appended) memory.budget.release(tally.total);
        }
    }

    /** While the mover's lock is held no key leaves memory, so a head that slow need not decide on stays so. */
    private Set<String> appendIfDecided() {
        Lock reading = memory.state.readLock();
        reading.lock();
        try {
            if (!memory.undecided(heads).isEmpty()) return null;
            appendTaken(values);
            return Set.of();
        } finally {
            reading.unlock();
        }
    }

    /** The slow store's lock is held: so writing the heads need not wait, and readers wait only for the write. */
    private Set<String> appendWithHeads() {
        boolean taken = true;
        try {
            Map<String, Bytes> loaded = loaded(values);
            memory.state.writeLock().lock();
            try {
                memory.sizes.prepare(tally);
                Set<String> written = memory.slow.putIfAbsent(memory.undecided(heads));
                taken = false;
                appendBehind(written, loaded);
                return written;
            } finally {
                memory.state.writeLock().unlock();
            }
        } finally {
            if (taken) memory.budget.release(tally.total);
        }
    }

    private void appendBehind(Set<String> written, Map<String, Bytes> loaded) {
        try {
            appendTaken(loaded);
        } catch (RuntimeException | Error e) {
            if (written.isEmpty()) throw e;
            throw new UncheckedIOException(new IOException(
                    "half done: " + written.size()
                            + " heads were written to the slow store, the values were not appended;"
                            + " delete the keys, or append again",
                    e));
        }
    }

    /** The values with all stored bytes read and checked, so that they cannot fail once the heads are written. */
    private static Map<String, Bytes> loaded(Map<String, ? extends Bytes> values) {
        Map<String, Bytes> loaded = new HashMap<>();
        values.forEach((key, value) -> loaded.put(key, Bytes.of(value.buffers().toArray(ByteBuffer[]::new))));
        return loaded;
    }
}
