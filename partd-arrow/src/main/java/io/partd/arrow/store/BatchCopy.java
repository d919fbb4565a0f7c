package io.partd.arrow.store;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.column.Selection;
import io.partd.arrow.column.TooLargeException;
import io.partd.arrow.ipc.TableSchema;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A batch in memory of its own. */
final class BatchCopy implements AutoCloseable {
    private static final String WHAT = "the staged table";

    final TableSchema table;
    final Batch batch;
    /** What it takes of the allocator. */
    final long bytes;

    private final ArrowBuf memory;

    private BatchCopy(TableSchema table, Batch batch, ArrowBuf memory, long bytes) {
        this.table = table;
        this.batch = batch;
        this.memory = memory;
        this.bytes = bytes;
    }

    /**
     * A copy of selected rows of batches of one schema, one after the other.
     *
     * @throws TooLargeException if one batch cannot hold them
     */
    static BatchCopy of(TableSchema table, List<Batch> batches, List<Selection> rows, BufferAllocator allocator) {
        ColumnOutput target = new ColumnOutput(table.nodes, WHAT);
        for (int i = 0; i < batches.size(); i++) {
            for (Column column : table.columns) target.measure(column, batches.get(i), rows.get(i));
        }
        target.layOut(table.columns);
        ArrowBuf memory = allocator.buffer(target.size());
        target.place(memory.memoryAddress());
        for (Column column : table.columns) {
            target.begin(column);
            for (int i = 0; i < batches.size(); i++) target.copy(column, batches.get(i), rows.get(i));
        }
        long total = rows.stream().mapToLong(some -> some.rows).sum();
        Batch copy = new Batch(Math.toIntExact(total), table.nodes, WHAT, 0);
        for (Column column : table.columns) column.addTo(copy, target);
        return new BatchCopy(table, copy, memory, target.size());
    }

    @Override
    public void close() {
        memory.close();
    }
}
