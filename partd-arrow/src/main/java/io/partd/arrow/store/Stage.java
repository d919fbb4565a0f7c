package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.column.Batch;
import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.ipc.PieceWriter;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.partition.PartAssignment;
import io.partd.base.LockChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Tables that were appended and wait in memory, up to a number of bytes. They are written together, all keys in one
 * append where that is possible. A key that cannot be written keeps its rows here, and no other key from being written.
 * Safe for several threads.
 *
 * <p>Locks are taken in this order: the store's lock, then {@code local}. Nobody waits for the store's lock, or appends
 * to the store, while he has {@code local} alone: the holder of the store's lock may come here, too. What is to be
 * written is prepared under {@code local} alone, and then written by whoever first has both locks.
 */
public final class Stage {
    /** What is thrown where tables of keys could not be written. */
    public interface Failure {
        /**
         * Makes the exception.
         *
         * @param failures by key: why it could not be written
         * @param what what becomes of the tables
         */
        RuntimeException of(Map<String, Throwable> failures, String what);
    }

    private final long limit;
    private final Failure failure;
    private final StreamStore streams;
    private final Partd<Bytes> store;
    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final BufferCodec codec;
    private final ReentrantLock local = new ReentrantLock();
    private final StageContent content;
    private long removals;

    /** How many times something was discarded that waited; written with both locks. */
    private volatile long discards;

    private boolean closed;

    public Stage(
            long limit,
            Failure failure,
            StreamStore streams,
            BufferAllocator allocator,
            ScratchPool scratch,
            BufferCodec codec) {
        this.limit = limit;
        this.failure = failure;
        this.streams = streams;
        this.store = streams.store;
        this.allocator = allocator;
        this.scratch = scratch;
        this.codec = codec;
        this.content = new StageContent(streams, allocator, scratch, codec);
        this.removals = store.removals();
    }

    /**
     * The lock of the store, which also keeps other threads from adding. Nothing is staged while it is held: there is
     * nothing that readers would have to wait for, but keys that cannot be written.
     */
    public Lock lock() {
        return new LockChain(content::write, store.lock(), local);
    }

    /** Rows to add: a table, and the key of each of its rows. */
    public record Rows(TableSchema table, Batch batch, PartAssignment parts) {}

    /**
     * Adds rows to the keys of their parts, all or none.
     *
     * @param by what the parts were made by, or null
     * @throws IllegalArgumentException if a key holds another schema, or the store is partitioned by something else
     */
    public void add(List<Rows> added, String by) {
        long now = store.removals();
        try (StageAppend append = new StageAppend(added, by, allocator)) {
            if (!addKnown(append, now)) withStore(() -> addNew(append));
        }
    }

    /** Adds what needs no look at the store, if it fits; else prepares what has to be written first. */
    private boolean addKnown(StageAppend append, long now) {
        local.lock();
        try {
            requireOpen();
            boolean forgets = now != removals || content.isFullOfKeys();
            if (forgets || isLocked() || !isKnown(append.by) || content.wouldMix(append)) return false;
            append.copy(content.keys());
            if (!append.isAccepted() || content.hasFailed(append::has)) return false;
            if (content.bytesWith(append) > limit) {
                content.prepare();
                return false;
            }
            content.take(append);
            return true;
        } finally {
            local.unlock();
        }
    }

    /** Whether this thread holds {@link #lock}, or takes it now. */
    private boolean isLocked() {
        return local.getHoldCount() > 1;
    }

    private boolean isKnown(String by) {
        return by == null || by.equals(content.partitioner());
    }

    private void addNew(StageAppend append) {
        requireOpen();
        forgetIfRemoved();
        if (content.wouldMix(append) || content.isPartitionedOtherwise(append.by)) content.write();
        if (content.isPartitionedOtherwise(append.by)) requireWritten(key -> true);
        append.copy(content.keys());
        List<Integer> learned = append.requireAccepted(streams, content.partitioner());
        try {
            // rows of these keys that could not be written come before those that are appended now
            if (isLocked() || content.hasFailed(append::has) || content.bytesWith(append) > limit) content.write();
            requireWritten(append::has);
            boolean stays = !isLocked() && !content.wouldMix(append) && content.bytesWith(append) <= limit;
            if (stays) content.take(append);
            else appendAtOnce(append);
            if (append.by != null) content.partitionedBy(append.by);
        } catch (RuntimeException | Error e) {
            learned.forEach(key -> content.keys().setTable(key, null));
            throw e;
        }
    }

    /** Appends what is not to be staged. */
    private void appendAtOnce(StageAppend append) {
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            streams.append(append.pieces(writer), Map.of(), append.by);
        }
    }

    /** What is known of keys holds until keys are taken away. */
    private void forgetIfRemoved() {
        long now = store.removals();
        if (now == removals && !content.isFullOfKeys()) return;
        content.write();
        content.forget();
        removals = now;
    }

    /**
     * Writes what was added, of all keys that can be written.
     *
     * @throws RuntimeException what {@link Failure} makes, if one of these keys could not be written
     */
    public void write(Collection<String> asked) {
        if (!content.isFilled()) return;
        Set<String> names = new HashSet<>(asked);
        Predicate<Integer> isAsked = key -> names.contains(content.keys().key(key));
        if (isSettled(isAsked)) return;
        writeAll();
        requireWrittenNow(isAsked);
    }

    /** Writes what was added, of all keys that can be written, and returns the others. */
    public Set<String> write() {
        if (!content.isFilled()) return Set.of();
        writeAll();
        local.lock();
        try {
            return Set.copyOf(content.failures(key -> true).keySet());
        } finally {
            local.unlock();
        }
    }

    /** Requires that the last {@link #write} wrote everything. */
    public void requireWritten() {
        if (content.isFilled()) requireWrittenNow(key -> true);
    }

    private void requireWrittenNow(Predicate<Integer> asked) {
        local.lock();
        try {
            requireWritten(asked);
        } finally {
            local.unlock();
        }
    }

    private void requireWritten(Predicate<Integer> asked) {
        if (!content.hasFailed(asked)) return;
        throw failure.of(content.failures(asked), "wait until they can be, or their keys are deleted");
    }

    private boolean isSettled(Predicate<Integer> asked) {
        local.lock();
        try {
            return content.isSettled(asked);
        } finally {
            local.unlock();
        }
    }

    private void writeAll() {
        local.lock();
        try {
            content.prepare();
        } finally {
            local.unlock();
        }
        withStore(content::write);
    }

    /** Does something with the store's lock and this one's own, in that order. */
    private void withStore(Runnable step) {
        Lock lock = store.lock();
        LockChain.acquire(lock);
        try {
            local.lock();
            try {
                step.run();
            } finally {
                local.unlock();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The removals of the store below, and of what waited here. */
    public long removals() {
        return store.removals() + discards;
    }

    /** Deletes keys, with what waits of them. */
    public void delete(Collection<String> doomed) {
        if (!content.isFilled()) {
            store.delete(doomed);
            return;
        }
        List<String> names = new ArrayList<>(doomed);
        withStore(() -> content.delete(names, waits -> {
            store.delete(names);
            if (waits) discards++;
        }));
    }

    /** Removes everything, with all that waits. */
    public void drop() {
        if (!content.isFilled()) {
            store.drop();
            return;
        }
        withStore(() -> {
            store.drop();
            discards++;
            content.drop();
        });
    }

    /**
     * Writes what was added, whatever interrupt came before, and takes nothing more.
     *
     * @throws RuntimeException what {@link Failure} makes, if something could not be written: it is lost
     */
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            endAdding();
            if (content.isFilled()) writeLast();
        } finally {
            local.lock();
            content.clear();
            local.unlock();
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private void endAdding() {
        local.lock();
        closed = true;
        local.unlock();
    }

    private void writeLast() {
        Map<String, Throwable> lost = new HashMap<>();
        try {
            withStore(() -> {
                content.write();
                lost.putAll(content.failures(key -> true));
            });
        } catch (RuntimeException | Error e) {
            // The store could not even be locked, or memory is out, and nobody adds or writes any more.
            lost.putAll(content.allFailed(e));
        }
        if (!lost.isEmpty()) throw failure.of(lost, "are lost");
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: open another");
    }
}
