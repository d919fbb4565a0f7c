package io.partd.arrow;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A table that waits in memory to be written: a copy of its rows, and the number of each row's key. */
final class Staged implements AutoCloseable {
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

    /** The bytes that a copy of the batch takes, with what is counted for each row and each table. */
    static Target measure(TableSchema table, List<Batch> batches, String what) {
        Target target = new Target(table.nodes, what);
        for (Batch batch : batches) {
            for (Column column : table.columns) column.measure(batch, Selection.range(0, batch.rows), target);
        }
        target.layOut(table.columns);
        return target;
    }

    /** A copy of the batches as one. */
    static Staged copy(TableSchema table, List<Batch> batches, int[] keys, Target measured, BufferAllocator allocator) {
        ArrowBuf memory = allocator.buffer(measured.size());
        measured.place(memory.memoryAddress());
        long rows = 0;
        for (Column column : table.columns) column.begin(measured);
        for (Batch batch : batches) {
            rows += batch.rows;
            for (Column column : table.columns) column.copy(batch, Selection.range(0, batch.rows), measured);
        }
        Batch copy = new Batch(Math.toIntExact(rows), table.nodes, "the staged table", 0);
        for (Column column : table.columns) column.addTo(copy, measured);
        return new Staged(table, copy, keys, memory, bytes(measured, keys));
    }

    static long bytes(Target measured, int[] keys) {
        return measured.size() + 4L * keys.length + 1024;
    }

    @Override
    public void close() {
        memory.close();
    }
}
