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
import java.util.BitSet;
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
    private static final int MAX_KEYS = 1_000_000;

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
    private final StagedTables tables;
    private StageKeys keys = new StageKeys();
    private long removals;
    private String partitioner;
    /** The messages of what was added first, or null. */
    private StagedMessages prepared;
    /** By the number of the key: why it could not be written when that was last tried. */
    private Map<Integer, Throwable> failures = Map.of();
    /** Whether anything waits; read without the lock, so that readers need not wait for whoever holds it. */
    private volatile boolean filled;
    /** Whether anything waits that was not tried to be written. */
    private boolean fresh;

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
        this.tables = new StagedTables(allocator);
        this.removals = store.removals();
    }

    /**
     * The lock of the store, which also keeps other threads from adding. Nothing is staged while it is held: there is
     * nothing that readers would have to wait for, but keys that cannot be written.
     */
    public Lock lock() {
        return new LockChain(this::writeLocked, store.lock(), local);
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
            boolean forgets = now != removals || keys.count() >= MAX_KEYS;
            if (forgets || isLocked() || !isKnown(append.by) || append.mixes(tables)) return false;
            append.copy(keys);
            if (!append.isAccepted() || waits(append)) return false;
            if (tables.bytes() + append.bytes() > limit) {
                prepare();
                return false;
            }
            take(append);
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
        return by == null || by.equals(partitioner);
    }

    private void take(StageAppend append) {
        append.take().forEach(tables::add);
        filled = true;
        fresh = true;
    }

    private void addNew(StageAppend append) {
        requireOpen();
        forgetIfRemoved();
        if (append.mixes(tables) || tables.isPartitionedOtherwise(append.by)) writeLocked();
        if (tables.isPartitionedOtherwise(append.by)) requireWritten(key -> true);
        append.copy(keys);
        List<Integer> learned = append.requireAccepted(streams, partitioner);
        try {
            if (isLocked() || waits(append) || tables.bytes() + append.bytes() > limit) writeLocked();
            requireWritten(append::has);
            boolean stays = !isLocked() && !append.mixes(tables) && tables.bytes() + append.bytes() <= limit;
            if (stays) take(append);
            else appendAtOnce(append);
            if (append.by != null) partitioner = append.by;
        } catch (RuntimeException | Error e) {
            learned.forEach(key -> keys.setTable(key, null));
            throw e;
        }
    }

    /** Whether rows of these keys could not be written, which come before those that are appended now. */
    private boolean waits(StageAppend append) {
        return failures.keySet().stream().anyMatch(append::has);
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
        if (now == removals && keys.count() < MAX_KEYS) return;
        writeLocked();
        keys.forgetTables();
        if (tables.isEmpty()) {
            keys = new StageKeys();
            partitioner = null;
        }
        removals = now;
    }

    /**
     * Writes what was added, of all keys that can be written.
     *
     * @throws RuntimeException what {@link Failure} makes, if one of these keys could not be written
     */
    public void write(Collection<String> asked) {
        if (!filled) return;
        Set<String> names = new HashSet<>(asked);
        Predicate<Integer> isAsked = key -> names.contains(keys.key(key));
        if (isSettled(isAsked)) return;
        writeAll();
        requireWrittenNow(isAsked);
    }

    /** Writes what was added, of all keys that can be written, and returns the others. */
    public Set<String> write() {
        if (!filled) return Set.of();
        writeAll();
        local.lock();
        try {
            return Set.copyOf(failures(key -> true).keySet());
        } finally {
            local.unlock();
        }
    }

    /** Requires that the last {@link #write} wrote everything. */
    public void requireWritten() {
        if (filled) requireWrittenNow(key -> true);
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
        if (failures.keySet().stream().noneMatch(asked)) return;
        throw failure.of(failures(asked), "wait until they can be, or their keys are deleted");
    }

    private Map<String, Throwable> failures(Predicate<Integer> asked) {
        Map<String, Throwable> named = new HashMap<>();
        failures.forEach((key, reason) -> {
            if (asked.test(key)) named.put(keys.key(key), reason);
        });
        return named;
    }

    /** Whether there is nothing to write but what could not be, and nobody asks for that. */
    private boolean isSettled(Predicate<Integer> asked) {
        local.lock();
        try {
            return !fresh && failures.keySet().stream().noneMatch(asked);
        } finally {
            local.unlock();
        }
    }

    private void writeAll() {
        local.lock();
        try {
            prepare();
        } finally {
            local.unlock();
        }
        withStore(this::writeLocked);
    }

    /** Makes messages of what is there, while others may use the store. */
    private void prepare() {
        if (prepared == null && !tables.isEmpty()) prepared = messages(Set.of());
    }

    private StagedMessages messages(Set<Integer> without) {
        return StagedMessages.of(tables, keys, without, scratch, codec, allocator);
    }

    private void discardPrepared() {
        if (prepared != null) prepared.close();
        prepared = null;
    }

    /** Writes what can be written; both locks are held. */
    private void writeLocked() {
        if (tables.isEmpty()) return;
        StageWriter writer = new StageWriter(streams, keys, partitioner);
        try {
            while (hasMore(writer)) {
                if (prepared == null) prepared = messages(writer.failures().keySet());
                writer.write(prepared, tables);
                discardPrepared();
            }
            fresh = false;
        } finally {
            discardPrepared();
            failures = writer.failures();
            filled = !tables.isEmpty();
        }
    }

    private boolean hasMore(StageWriter writer) {
        if (writer.failures().isEmpty()) return !tables.isEmpty();
        boolean[] more = {false};
        tables.forEachKey(key -> more[0] |= !writer.failures().containsKey(key));
        return more[0];
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
        if (!filled) {
            store.delete(doomed);
            return;
        }
        List<String> names = new ArrayList<>(doomed);
        withStore(() -> deleteLocked(names));
    }

    private void deleteLocked(List<String> names) {
        BitSet numbers = new BitSet(keys.count());
        for (String name : names) {
            int number = keys.number(name);
            if (number != StageKeys.UNKNOWN) numbers.set(number);
        }
        boolean[] any = {false};
        tables.forEachKey(key -> any[0] |= numbers.get(key));
        discardPrepared();
        tables.willRemove(numbers, tables.counts());
        boolean deleted = false;
        try {
            store.delete(names);
            deleted = true;
        } finally {
            if (!deleted) tables.keepAll();
        }
        if (any[0]) discards++;
        tables.settle();
        numbers.stream().forEach(number -> keys.setTable(number, null));
        failures = new HashMap<>(failures);
        failures.keySet().removeIf(numbers::get);
        filled = !tables.isEmpty();
    }

    /** Removes everything, with all that waits. */
    public void drop() {
        if (!filled) {
            store.drop();
            return;
        }
        withStore(() -> {
            store.drop();
            discards++;
            clear();
            keys = new StageKeys();
            partitioner = null;
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
            if (filled) writeLast();
        } finally {
            local.lock();
            clear();
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
                writeLocked();
                lost.putAll(failures(key -> true));
            });
        } catch (RuntimeException | Error e) {
            // The store could not even be locked, or memory is out, and nobody adds or writes any more.
            tables.forEachKey(key -> lost.put(keys.key(key), e));
        }
        if (!lost.isEmpty()) throw failure.of(lost, "are lost");
    }

    private void clear() {
        discardPrepared();
        tables.clear();
        failures = Map.of();
        filled = false;
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed: open another");
    }
}
