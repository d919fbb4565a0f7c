package io.partd.arrow;

import io.partd.arrow.StreamStore.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Tables that were appended and wait in memory, up to a number of bytes. They are written together: all rows of a key
 * as one batch, all keys in one atomic append. Safe for several threads: one at a time adds or writes.
 */
final class Stage {
    private static final int MAX_KEYS = 1_000_000;

    private final long limit;
    private final StreamStore streams;
    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final BufferCodec codec;
    private final ReentrantLock local = new ReentrantLock();
    private final List<Staged> tables = new ArrayList<>();
    private StageKeys keys = new StageKeys();
    private long removals;
    private long bytes;
    private String partitioner;
    /** Whether anything waits; read without the lock, so that readers need not wait for whoever holds it. */
    private volatile boolean filled;

    private boolean closed;

    Stage(long limit, StreamStore streams, BufferAllocator allocator, ScratchPool scratch, BufferCodec codec) {
        this.limit = limit;
        this.streams = streams;
        this.allocator = allocator;
        this.scratch = scratch;
        this.codec = codec;
        this.removals = streams.store.removals();
    }

    /**
     * The lock of the store, which also keeps other threads from adding. Nothing is staged while it is held: there is
     * nothing that readers would have to wait for.
     */
    Lock lock() {
        return new BothLocks(local, streams.store.lock(), this::write);
    }

    /** Rows to add: a table, and the key of each of its rows. */
    record Rows(TableSchema table, Batch batch, Parts parts) {}

    /**
     * Adds rows to the keys of their parts, all or none.
     *
     * @param by what the parts were made by, or null
     * @throws IllegalArgumentException if a key holds another schema, or the store is partitioned by something else
     */
    void add(List<Rows> added, String by) {
        local.lock();
        List<Integer> learned = new ArrayList<>();
        String before = partitioner;
        try {
            if (closed) throw new IllegalStateException("the store is closed: open another");
            forgetIfRemoved();
            if (partitioner != null && by != null && !by.equals(partitioner)) write();
            for (Rows rows : added) {
                if (mixes(rows.table)) write();
            }
            take(copy(added, by, learned));
            if (by != null) partitioner = by;
            filled = bytes <= limit && local.getHoldCount() == 1;
            if (!filled) writeAtOnce();
        } catch (RuntimeException | Error e) {
            learned.forEach(key -> keys.setTable(key, null));
            partitioner = before;
            throw e;
        } finally {
            local.unlock();
        }
    }

    private List<Staged> copy(List<Rows> added, String by, List<Integer> learned) {
        List<Staged> copies = new ArrayList<>();
        try {
            for (Rows rows : added) {
                int[] numbers = keys.number(rows.parts, by);
                requireAccepted(rows.table, numbers, by, learned);
                copies.add(Staged.sorted(rows.table, rows.batch, numbers, keys.count(), allocator));
            }
            return copies;
        } catch (RuntimeException | Error e) {
            copies.forEach(Staged::close);
            throw e;
        }
    }

    /** Takes over the copies, once what was there is written if they do not fit beside it. */
    private void take(List<Staged> copies) {
        long more = copies.stream().mapToLong(copy -> copy.bytes).sum();
        try {
            if (bytes + more > limit) write();
        } catch (RuntimeException | Error e) {
            copies.forEach(Staged::close);
            throw e;
        }
        tables.addAll(copies);
        bytes += more;
    }

    /** Whether rows of a key could come to lie in tables of two schemas, which differ in metadata or the like. */
    private boolean mixes(TableSchema table) {
        for (Staged each : tables) {
            if (each.table != table && (each.table.accepts(table) || table.accepts(each.table))) return true;
        }
        return false;
    }

    /** What is known of keys holds until keys are taken away. */
    private void forgetIfRemoved() {
        long now = streams.store.removals();
        if (now == removals && keys.count() < MAX_KEYS) return;
        write();
        keys = new StageKeys();
        partitioner = null;
        removals = now;
    }

    /**
     * Checks the partitioner and the schemas of keys where they are new to this stage, and the schemas of the other
     * keys against what is known.
     */
    private void requireAccepted(TableSchema table, int[] numbers, String by, List<Integer> learned) {
        Map<String, TableSchema> given = new HashMap<>();
        Map<String, Integer> unknown = new HashMap<>();
        for (int number : numbers) {
            TableSchema known = keys.table(number);
            if (known == table) continue;
            given.put(keys.key(number), table);
            if (known == null) unknown.put(keys.key(number), number);
            else streams.requireSame(keys.key(number), known, table);
        }
        if (unknown.isEmpty() && (by == null || by.equals(partitioner))) return;
        Map<String, TableSchema> begins = streams.require(given, by);
        unknown.forEach((key, number) -> keys.setTable(number, begins.get(key)));
        learned.addAll(unknown.values());
    }

    /** Writes what was added; what cannot be written stays. */
    void write() {
        if (!filled) return;
        local.lock();
        try {
            if (!tables.isEmpty()) writeTables();
        } finally {
            local.unlock();
        }
    }

    /**
     * Writes what is not to be staged, when it is all that there is: if it cannot be written, nothing is left of it.
     */
    private void writeAtOnce() {
        try {
            writeTables();
        } catch (RuntimeException | Error e) {
            clear();
            throw e;
        }
    }

    private void writeTables() {
        merge();
        try (PieceWriter writer = new PieceWriter(scratch, codec)) {
            Map<String, Piece> pieces = new LinkedHashMap<>(keys.count() * 2);
            for (Staged each : tables) addPieces(each, pieces, writer);
            streams.append(pieces, Map.of(), partitioner);
        }
        clear();
    }

    private void addPieces(Staged staged, Map<String, Piece> pieces, PieceWriter writer) {
        TableSchema table = staged.table;
        new PartRows(staged.keys, keys.count())
                .forEach((number, rows) -> pieces.put(
                        keys.key(number),
                        new Piece(table, (key, ids) -> writer.write(table, ids, staged.batch, rows, key))));
    }

    /** Makes one table of those of each schema. A key has one schema, so the order of its rows stays. */
    private void merge() {
        Map<TableSchema, List<Staged>> bySchema = new LinkedHashMap<>();
        for (Staged each : tables) {
            bySchema.computeIfAbsent(each.table, table -> new ArrayList<>()).add(each);
        }
        bySchema.values().removeIf(parts -> parts.size() == 1);
        for (List<Staged> parts : bySchema.values()) {
            tables.add(Staged.merged(parts, allocator));
            tables.removeAll(parts);
            parts.forEach(Staged::close);
        }
    }

    /** Writes what was added, whatever interrupt came before, and takes nothing more. */
    void close() {
        boolean interrupted = Thread.interrupted();
        local.lock();
        try {
            write();
        } finally {
            closed = true;
            clear();
            local.unlock();
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** Lets go of what was added. */
    private void clear() {
        tables.forEach(Staged::close);
        tables.clear();
        bytes = 0;
        filled = false;
    }
}
