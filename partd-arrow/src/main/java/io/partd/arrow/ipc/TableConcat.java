package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.column.Selection;
import io.partd.arrow.memory.ScratchPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes one table of batches: every buffer is allocated once, at its size, and filled from the batches' own. */
public final class TableConcat {
    private TableConcat() {}

    /** The table that a stream holds, with the columns of these names, or all. The caller closes it. */
    public static VectorSchemaRoot read(
            Bytes bytes, String name, List<String> columns, BufferAllocator allocator, ScratchPool scratch) {
        if (bytes.size() == 0) return VectorSchemaRoot.create(new Schema(List.of()), allocator);
        try (KeyBatches batches = new KeyBatches(bytes, name, columns, allocator, scratch)) {
            Projection projection = batches.projection();
            Projection.Decoder decoder = projection.decoder();
            return table(
                    projection.decodedSchema(),
                    decoder.columns(),
                    decoder.nodes(),
                    action -> batches.forEach(batch -> action.accept(batch, Selection.range(0, batch.rows))),
                    name,
                    allocator);
        }
    }

    /** Batches and the rows to take of each, walked over twice. */
    public interface Source {
        void forEach(BiConsumer<Batch, Selection> action);
    }

    /** The table of selected rows of batches. The caller closes it. */
    public static VectorSchemaRoot table(
            Schema schema, Column[] columns, int nodes, Source source, String what, BufferAllocator allocator) {
        ColumnOutput target = new ColumnOutput(nodes, what);
        long[] total = {0};
        source.forEach((batch, rows) -> {
            total[0] += rows.rows;
            for (Column column : columns) target.measure(column, batch, rows);
        });
        if (total[0] > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    what + " has " + total[0]
                            + " rows, more than a table can hold: read it batch by batch, with reader(key), or stream(key) of tables");
        }
        target.layOut(columns);
        List<ArrowBuf> buffers = allocate(target, allocator);
        try {
            for (Column column : columns) target.begin(column);
            source.forEach((batch, rows) -> {
                for (Column column : columns) target.copy(column, batch, rows);
            });
            return load(schema, target, (int) total[0], buffers, allocator);
        } finally {
            buffers.forEach(ArrowBuf::close);
        }
    }

    /**
     * Places all buffers in one piece of memory: the C library then keeps it for the next table, where it would give
     * back, and fault in again, many smaller pieces.
     */
    private static List<ArrowBuf> allocate(ColumnOutput target, BufferAllocator allocator) {
        List<ArrowBuf> buffers = new ArrayList<>(target.buffers);
        try (ArrowBuf all = allocator.buffer(target.size())) {
            target.place(all.memoryAddress());
            for (int i = 0; i < target.buffers; i++) {
                ArrowBuf buffer = all.slice(target.addresses[i] - all.memoryAddress(), target.sizes[i]);
                buffer.getReferenceManager().retain();
                buffers.add(buffer);
            }
            return buffers;
        }
    }

    private static VectorSchemaRoot load(
            Schema schema, ColumnOutput target, int rows, List<ArrowBuf> buffers, BufferAllocator allocator) {
        VectorFiller.Source source = new VectorFiller.Source();
        for (int i = 0; i < target.rows.length; i++) {
            source.nodes.add(new ArrowFieldNode(target.rows[i], target.nulls[i]));
            int end = i + 1 < target.rows.length ? target.firstBuffer[i + 1] : target.buffers;
            source.counts.add(end - target.firstBuffer[i]);
        }
        source.buffers.addAll(buffers);
        List<FieldVector> vectors = VectorFiller.create(schema.getFields(), allocator);
        try {
            source.fill(vectors);
            return new VectorSchemaRoot(schema, vectors, rows);
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }
}
