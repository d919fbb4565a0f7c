package io.partd.benchmarks.peers;

import io.partd.benchmarks.data.PriceSum;
import io.partd.benchmarks.data.TableSums;
import io.partd.benchmarks.data.Tables;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/**
 * What one writes by hand with Arrow's own tools: a stream in a file of its own for each part, held open, to which each
 * batch adds the rows of the part; it is read batch by batch. There are no checksums, and nothing is atomic.
 */
final class ArrowFiles implements TablePeer {
    private final List<VectorSchemaRoot> roots = new ArrayList<>();
    private final List<ArrowStreamWriter> writers = new ArrayList<>();
    private Tables tables;
    private Path directory;
    private int parts;

    @Override
    public void open(Path newDirectory, Tables newTables, int newParts) throws IOException {
        directory = newDirectory;
        tables = newTables;
        parts = newParts;
        for (int part = 0; part < parts; part++) {
            VectorSchemaRoot root = VectorSchemaRoot.create(Tables.SCHEMA, tables.allocator());
            roots.add(root);
            FileChannel channel = FileChannel.open(file(part), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writers.add(new ArrowStreamWriter(root, null, channel));
        }
    }

    private Path file(int part) {
        return directory.resolve("part-" + part);
    }

    @Override
    public long write() throws IOException {
        List<VectorSchemaRoot> batches = tables.batches();
        long rows = 0;
        for (int i = 0; i < tables.sizes().batches(); i++) rows += append(batches.get(i % batches.size()));
        release();
        return rows;
    }

    private long append(VectorSchemaRoot batch) throws IOException {
        int[] partOf = partOf(batch.getVector("symbol"), batch.getRowCount());
        int[] counts = null;
        for (int column = 0; column < batch.getFieldVectors().size(); column++) counts = copy(batch, column, partOf);
        for (int part = 0; part < parts; part++) {
            if (counts[part] == 0) continue;
            roots.get(part).setRowCount(counts[part]);
            writers.get(part).writeBatch();
        }
        return batch.getRowCount();
    }

    private int[] partOf(FieldVector column, int rows) {
        int[] partOf = new int[rows];
        for (int row = 0; row < rows; row++) partOf[row] = Math.floorMod(column.hashCode(row), parts);
        return partOf;
    }

    /** Copies a column to the parts; gives how many rows each got. */
    private int[] copy(VectorSchemaRoot batch, int column, int[] partOf) {
        FieldVector from = batch.getVector(column);
        FieldVector[] to = new FieldVector[parts];
        for (int part = 0; part < to.length; part++) {
            to[part] = roots.get(part).getVector(column);
            to[part].reset();
        }
        int[] counts = new int[parts];
        for (int row = 0; row < partOf.length; row++) {
            int part = partOf[row];
            to[part].copyFromSafe(row, counts[part]++, from);
        }
        return counts;
    }

    /** A stream has to be read to its end, whatever is wanted of it. */
    @Override
    public boolean readsColumns() {
        return false;
    }

    @Override
    public void read(PriceSum sum, boolean priceAlone) throws IOException {
        for (int part = 0; part < parts; part++) {
            try (ArrowStreamReader reader = reader(part)) {
                sum.add(reader);
            }
        }
    }

    private ArrowStreamReader reader(int part) throws IOException {
        BufferAllocator allocator = tables.allocator();
        return new ArrowStreamReader(FileChannel.open(file(part)), allocator);
    }

    @Override
    public TableSums sums() throws IOException {
        TableSums sums = TableSums.NONE;
        for (int part = 0; part < parts; part++) {
            try (ArrowStreamReader reader = reader(part)) {
                while (reader.loadNextBatch()) sums = sums.plus(TableSums.of(reader.getVectorSchemaRoot()));
            }
        }
        return sums;
    }

    private void release() {
        writers.forEach(ArrowStreamWriter::close);
        roots.forEach(VectorSchemaRoot::close);
        writers.clear();
        roots.clear();
    }

    @Override
    public void close() {
        release();
    }
}
