package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.Closing;
import io.partd.base.KeyCheck;
import io.partd.base.LockChain;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.partd.marks.MemoryMarks;
import io.partd.marks.OwnerMarks;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A fast store before a slow one. Locks are taken in this order: {@code gate}, which changes share and which
 * {@link #lock} and {@link #close} have alone; the mover's lock; the slow store's lock; the memory's state. Readers
 * take only the last.
 */
public final class BufferPartd implements Partd<Bytes>, Snapshots, Marks<Bytes> {
    private final BufferMemory memory;
    private final BufferMover mover;
    private final Marks<Bytes> slowMarks;
    /** Those of appends of which something may be in memory only. */
    private final MemoryMarks newMarks = new MemoryMarks();

    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private volatile boolean closed;

    public BufferPartd(Partd<Bytes> fast, Partd<Bytes> slow, long limitBytes) {
        Objects.requireNonNull(fast, "fast is null");
        Objects.requireNonNull(slow, "slow is null");
        if (fast == slow) throw new IllegalArgumentException("fast and slow are the same store: use two");
        if (limitBytes < 0) throw new IllegalArgumentException("limitBytes is " + limitBytes + ": use 0 or more bytes");
        this.memory = new BufferMemory(fast, slow, limitBytes);
        this.slowMarks = MarkedStores.of(slow);
        this.mover = new BufferMover(memory, slowMarks);
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return append(values, heads, List.of());
    }

    @Override
    public Set<String> append(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        AppendSizes tally = AppendSizes.of(Objects.requireNonNull(values, "values is null"));
        Objects.requireNonNull(heads, "heads is null");
        boolean straight = memory.budget.limit == 0;
        if (tally.total <= memory.budget.limit || straight) {
            enter(gate.readLock());
            try {
                BufferAppend append = new BufferAppend(memory, mover, values, heads, tally);
                if (!straight) return newMarks.remember(marks, heads.keySet(), append::run);
                if (memory.isEmpty()) return slowMarks.append(values, heads, marks);
            } finally {
                gate.readLock().unlock();
            }
        }
        return appendToSlow(values, heads, marks);
    }

    /** Appends behind what memory held of the keys; nobody else may append meanwhile, or bytes could come between. */
    private Set<String> appendToSlow(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        enter(gate.writeLock());
        try {
            Set<String> keys = new HashSet<>(values.keySet());
            keys.addAll(heads.keySet());
            mover.moveAll(KeyCheck.copy(keys));
            memory.awaitReaders();
            return slowMarks.append(values, heads, marks);
        } finally {
            gate.writeLock().unlock();
        }
    }

    @Override
    public OwnerMarks marks(UUID owner) {
        requireOpen();
        OwnerMarks newer = newMarks.of(owner); // before they go to slow
        return slowMarks.marks(owner).and(newer);
    }

    @Override
    public Claim claim(String who) {
        requireOpen();
        return slowMarks.claim(who);
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        return snapshots(keys).stream().map(Supplier::get).toList();
    }

    @Override
    public List<Supplier<Bytes>> snapshots(Collection<String> keys) {
        requireOpen();
        return memory.values(KeyCheck.copy(keys));
    }

    @Override
    public SortedSet<String> keys() {
        requireOpen();
        return memory.keys();
    }

    @Override
    public long removals() {
        requireOpen();
        return memory.removals();
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> doomed = KeyCheck.copy(keys);
        change(() -> memory.delete(doomed));
    }

    @Override
    public void drop() {
        change(memory::drop);
    }

    /** Waits for the batch that is being moved, and for other processes, before it makes readers wait. */
    private void change(Runnable step) {
        enter(gate.readLock());
        try {
            LockChain both = new LockChain(mover.lock, memory.slow.lock());
            LockChain.acquire(both);
            try {
                step.run();
            } finally {
                both.unlock();
            }
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public void flush() {
        enter(gate.readLock());
        try {
            moveToMedium();
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Marks follow when all bytes of their appends are there: they never speak of what may be lost yet. */
    private void moveToMedium() {
        List<Mark> made = newMarks.folded();
        mover.moveAll(memory.sizes.keys());
        if (!made.isEmpty()) {
            slowMarks.append(Map.of(), Map.of(), made);
            newMarks.remove(made);
        }
        memory.slow.flush();
    }

    @Override
    public Lock lock() {
        requireOpen();
        return new LockChain(gate.writeLock(), memory.slow.lock());
    }

    /** An interrupt that came before is put off: it must not cost what is still in memory. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        gate.writeLock().lock();
        try {
            if (!closed)
                Closing.each(
                        List.<Runnable>of(
                                this::moveToMedium, () -> closed = true, memory.fast::close, memory.slow::close),
                        Runnable::run);
        } finally {
            gate.writeLock().unlock();
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void enter(Lock side) {
        requireOpen();
        LockChain.acquire(side);
        if (!closed) return;
        side.unlock();
        requireOpen();
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: open another");
    }

    /** The bytes of values in memory now, those being moved included. */
    long memoryBytes() {
        return memory.budget.used();
    }
}
