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

/**
 * One append to a buffer's memory: at once where there is room and no head to write, else in turn, under the mover's
 * lock.
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

    /** Returns the keys whose heads were written. */
    Set<String> run() {
        if (appendedAtOnce()) return Set.of();
        LockChain.acquire(mover.lock);
        try {
            mover.makeRoom(tally.total);
            return appendInTurn();
        } finally {
            mover.lock.unlock();
        }
    }

    private boolean appendedAtOnce() {
        Lock reading = memory.state.readLock();
        reading.lock();
        try {
            if (!memory.undecided(heads).isEmpty() || !memory.budget.tryTake(tally.total)) return false;
            appendTaken(values);
            return true;
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
    private Set<String> appendInTurn() {
        Lock reading = memory.state.readLock();
        reading.lock();
        try {
            if (memory.undecided(heads).isEmpty()) {
                appendTaken(values);
                return Set.of();
            }
        } finally {
            reading.unlock();
        }
        return appendWithHeads();
    }

    /** The slow store's lock comes first: then writing the heads need not wait, and readers wait only for the write. */
    private Set<String> appendWithHeads() {
        boolean taken = true;
        try {
            Map<String, Bytes> loaded = loaded(values);
            Lock slowLock = memory.slow.lock();
            LockChain.acquire(slowLock);
            memory.state.writeLock().lock();
            try {
                memory.sizes.prepare(tally);
                Set<String> written = memory.slow.putIfAbsent(memory.undecided(heads));
                taken = false;
                appendBehind(written, loaded);
                return written;
            } finally {
                memory.state.writeLock().unlock();
                slowLock.unlock();
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
