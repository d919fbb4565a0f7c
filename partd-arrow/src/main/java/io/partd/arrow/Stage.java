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
    private final Lock lock;
    private final List<Staged> tables = new ArrayList<>();
    private StageKeys keys = new StageKeys();
    private long removals;
    private long bytes;
    private String partitioner;

    Stage(long limit, StreamStore streams, BufferAllocator allocator, ScratchPool scratch, BufferCodec codec) {
        this.limit = limit;
        this.streams = streams;
        this.allocator = allocator;
        this.scratch = scratch;
        this.codec = codec;
        this.lock = new BothLocks(local, streams.store.lock());
        this.removals = streams.store.removals();
    }

    /** The lock of the store, which also keeps other threads from adding. */
    Lock lock() {
        return lock;
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
        try {
            forgetIfRemoved();
            if (partitioner != null && by != null && !by.equals(partitioner)) write();
            for (Rows rows : added) {
                if (mixes(rows.table)) write();
            }
            List<Staged> copies = new ArrayList<>();
            try {
                for (Rows rows : added) copies.add(copy(rows, by));
            } catch (RuntimeException | Error e) {
                copies.forEach(Staged::close);
                throw e;
            }
            take(copies);
            if (by != null) partitioner = by;
            if (bytes > limit) write();
        } finally {
            local.unlock();
        }
    }

    private Staged copy(Rows rows, String by) {
        int[] numbers = keys.number(rows.parts, by);
        requireAccepted(rows.table, numbers, by);
        return Staged.sorted(rows.table, rows.batch, numbers, keys.count(), allocator);
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

    /** Checks the schemas of keys that are new to this stage, and those of the others against what is known. */
    private void requireAccepted(TableSchema table, int[] numbers, String by) {
        Map<String, TableSchema> given = new HashMap<>();
        Map<String, Integer> unknown = new HashMap<>();
        for (int number : numbers) {
            TableSchema known = keys.table(number);
            if (known == table) continue;
            given.put(keys.key(number), table);
            if (known == null) unknown.put(keys.key(number), number);
            else streams.requireSame(keys.key(number), known, table);
        }
        if (unknown.isEmpty()) return;
        Map<String, TableSchema> begins = streams.require(given, by);
        unknown.forEach((key, number) -> keys.setTable(number, begins.get(key)));
    }

    /** Writes what was added; what cannot be written stays. */
    void write() {
        local.lock();
        try {
            if (tables.isEmpty()) return;
            merge();
            try (PieceWriter writer = new PieceWriter(scratch, codec)) {
                Map<String, Piece> pieces = new LinkedHashMap<>(keys.count() * 2);
                for (Staged each : tables) addPieces(each, pieces, writer);
                streams.append(pieces, Map.of(), partitioner);
            }
            clear();
        } finally {
            local.unlock();
        }
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

    /** Lets go of what was added. */
    void clear() {
        local.lock();
        try {
            tables.forEach(Staged::close);
            tables.clear();
            bytes = 0;
        } finally {
            local.unlock();
        }
    }
}
