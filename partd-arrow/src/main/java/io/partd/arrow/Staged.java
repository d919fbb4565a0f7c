package io.partd.arrow;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A table that waits in memory to be written: a copy of its rows, and the number of each row's key. */
final class Staged implements AutoCloseable {
    /** What is counted beside the buffers. */
    private static final long BYTES_PER_ROW = 4;

    private static final long BYTES_PER_TABLE = 1024;

    final TableSchema table;
    final Batch batch;
    final int[] keys;
    final long bytes;
    private final ArrowBuf memory;

    private Staged(TableSchema table, Batch batch, int[] keys, ArrowBuf memory, long bytes) {
        this.table = table;
        this.batch = batch;
        this.keys = keys;
        this.memory = memory;
        this.bytes = bytes;
    }

    /**
     * A copy of a table in the order of its keys, so that rows of one key lie together, and those of all keys are read
     * from front to back when they are written.
     *
     * @param keys the number of each row's key
     * @param count how many keys there are
     */
    static Staged sorted(TableSchema table, Batch batch, int[] keys, int count, BufferAllocator allocator) {
        int[] order = new PartRows(keys, count).order();
        int[] sorted = new int[order.length];
        for (int i = 0; i < sorted.length; i++) sorted[i] = keys[order[i]];
        Selection rows = Selection.rows(order, 0, order.length);
        return copy(table, List.of(batch), List.of(rows), sorted, allocator);
    }

    /** All tables of one schema as one. */
    static Staged merged(List<Staged> parts, BufferAllocator allocator) {
        List<Batch> batches = parts.stream().map(part -> part.batch).toList();
        List<Selection> rows =
                batches.stream().map(batch -> Selection.range(0, batch.rows)).toList();
        int[] keys =
                new int[Math.toIntExact(rows.stream().mapToLong(all -> all.rows).sum())];
        int at = 0;
        for (Staged part : parts) {
            System.arraycopy(part.keys, 0, keys, at, part.keys.length);
            at += part.keys.length;
        }
        return copy(parts.get(0).table, batches, rows, keys, allocator);
    }

    private static Staged copy(
            TableSchema table, List<Batch> batches, List<Selection> rows, int[] keys, BufferAllocator allocator) {
        Target target = new Target(table.nodes, "the staged table");
        for (int i = 0; i < batches.size(); i++) {
            for (Column column : table.columns) column.measure(batches.get(i), rows.get(i), target);
        }
        target.layOut(table.columns);
        ArrowBuf memory = allocator.buffer(target.size());
        target.place(memory.memoryAddress());
        for (Column column : table.columns) {
            column.begin(target);
            for (int i = 0; i < batches.size(); i++) column.copy(batches.get(i), rows.get(i), target);
        }
        Batch copy = new Batch(keys.length, table.nodes, "the staged table", 0);
        for (Column column : table.columns) column.addTo(copy, target);
        return new Staged(table, copy, keys, memory, target.size() + BYTES_PER_ROW * keys.length + BYTES_PER_TABLE);
    }

    @Override
    public void close() {
        memory.close();
    }
}
