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
 * A fast store before a slow one. Locks are taken in this order: the slow store's lock; {@code gate}, which changes
 * share and which {@link #lock} and {@link #close} have alone; the mover's lock; the memory's state. Nobody waits for
 * the slow store while he has another one: the holder of its lock may come through here, too. What needs memory only
 * leaves out the slow store's, and readers take only the last.
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
        requireOpen();
        if (memory.budget.limit > 0 && tally.total <= memory.budget.limit) {
            BufferAppend append = new BufferAppend(memory, mover, values, heads, tally);
            Set<String> written = append(marks, heads.keySet(), append::atOnce);
            if (written == null)
                written = slowMarks.sharing(() -> append(marks, heads.keySet(), append::withoutNewHeads));
            return written != null ? written : alone(() -> append(marks, heads.keySet(), append::withNewHeads));
        }
        Supplier<Set<String>> step = () -> appendToSlow(values, heads, marks);
        return heads.isEmpty() ? slowMarks.sharing(step) : alone(step);
    }

    /** Appends to memory with marks; null where it has to be tried in another way. */
    private Set<String> append(List<Mark> marks, Set<String> heads, Supplier<Set<String>> way) {
        return within(gate.readLock(), () -> newMarks.remember(marks, heads, way));
    }

    /** Does work with the slow store's lock. */
    private <T> T alone(Supplier<T> work) {
        Lock lock = slowMarks.lock();
        LockChain.acquire(lock);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private Set<String> appendToSlow(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        if (memory.budget.limit == 0) {
            Set<String> written =
                    within(gate.readLock(), () -> memory.isEmpty() ? slowMarks.append(values, heads, marks) : null);
            if (written != null) return written;
        }
        return within(gate.writeLock(), () -> appendBehind(values, heads, marks));
    }

    /** Appends behind what memory held of the keys; nobody else may append meanwhile, or bytes could come between. */
    private Set<String> appendBehind(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        Set<String> keys = new HashSet<>(values.keySet());
        keys.addAll(heads.keySet());
        mover.moveAll(KeyCheck.copy(keys));
        memory.awaitReaders();
        return slowMarks.append(values, heads, marks);
    }

    @Override
    public <T> T sharing(Supplier<T> work) {
        return slowMarks.sharing(work);
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
        requireOpen();
        alone(() -> within(gate.readLock(), () -> {
            LockChain.acquire(mover.lock);
            try {
                step.run();
            } finally {
                mover.lock.unlock();
            }
            return null;
        }));
    }

    @Override
    public void flush() {
        requireOpen();
        slowMarks.sharing(() -> within(gate.readLock(), this::moveAll));
        memory.slow.flush();
    }

    /** Marks follow when all bytes of their appends are there: they never speak of what may be lost yet. */
    private Void moveAll() {
        List<Mark> made = newMarks.folded();
        mover.moveAll(memory.sizes.keys());
        if (!made.isEmpty()) {
            slowMarks.append(Map.of(), Map.of(), made);
            newMarks.remove(made);
        }
        return null;
    }

    @Override
    public Lock lock() {
        requireOpen();
        return new LockChain(slowMarks.lock(), gate.writeLock());
    }

    /** An interrupt that came before is put off: it must not cost what is still in memory. */
    @Override
    public void close() {
        if (closed) return;
        boolean interrupted = Thread.interrupted();
        try {
            closeSharing();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void closeSharing() {
        boolean[] begun = {false};
        try {
            slowMarks.sharing(() -> {
                begun[0] = true;
                closeOnce();
                return null;
            });
        } catch (RuntimeException | Error e) {
            if (begun[0]) throw e;
            closeOnce(); // another thread was faster, or slow cannot be locked, and then what is moved fails as well
        }
    }

    private void closeOnce() {
        gate.writeLock().lock();
        try {
            if (!closed)
                Closing.each(
                        List.<Runnable>of(
                                this::moveAll,
                                memory.slow::flush,
                                () -> closed = true,
                                memory.fast::close,
                                memory.slow::close),
                        Runnable::run);
        } finally {
            gate.writeLock().unlock();
        }
    }

    private <T> T within(Lock side, Supplier<T> work) {
        LockChain.acquire(side);
        try {
            requireOpen();
            return work.get();
        } finally {
            side.unlock();
        }
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: open another");
    }

    /** The bytes of values in memory now, those being moved included. */
    long memoryBytes() {
        return memory.budget.used();
    }
}
