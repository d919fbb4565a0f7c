package io.partd.benchmarks;

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
 * batch adds the rows of the part. There are no checksums, and nothing is atomic.
 */
final class PeerFiles implements AutoCloseable {
    private final BufferAllocator allocator;
    private final List<VectorSchemaRoot> roots = new ArrayList<>();
    private final List<ArrowStreamWriter> writers = new ArrayList<>();

    PeerFiles(Path directory, BufferAllocator allocator) throws IOException {
        this.allocator = allocator;
        for (int part = 0; part < TableSizes.PARTS; part++) {
            VectorSchemaRoot root = VectorSchemaRoot.create(Tables.SCHEMA, allocator);
            roots.add(root);
            FileChannel channel =
                    FileChannel.open(file(directory, part), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            writers.add(new ArrowStreamWriter(root, null, channel));
        }
    }

    private static Path file(Path directory, int part) {
        return directory.resolve("part-" + part);
    }

    long append(VectorSchemaRoot batch) throws IOException {
        int[] parts = parts(batch.getVector("symbol"), batch.getRowCount());
        int[] counts = null;
        for (int column = 0; column < batch.getFieldVectors().size(); column++) counts = copy(batch, column, parts);
        for (int part = 0; part < TableSizes.PARTS; part++) {
            if (counts[part] == 0) continue;
            roots.get(part).setRowCount(counts[part]);
            writers.get(part).writeBatch();
        }
        return batch.getRowCount();
    }

    private static int[] parts(FieldVector column, int rows) {
        int[] parts = new int[rows];
        for (int row = 0; row < rows; row++) parts[row] = Math.floorMod(column.hashCode(row), TableSizes.PARTS);
        return parts;
    }

    /** Copies a column to the parts; gives how many rows each got. */
    private int[] copy(VectorSchemaRoot batch, int column, int[] parts) {
        FieldVector from = batch.getVector(column);
        FieldVector[] to = new FieldVector[TableSizes.PARTS];
        for (int part = 0; part < to.length; part++) {
            to[part] = roots.get(part).getVector(column);
            to[part].reset();
        }
        int[] counts = new int[TableSizes.PARTS];
        for (int row = 0; row < parts.length; row++) {
            int part = parts[row];
            to[part].copyFromSafe(row, counts[part]++, from);
        }
        return counts;
    }

    /** Reads every part batch by batch, and sums a column. */
    static long read(Path directory, BufferAllocator allocator) throws IOException {
        long rows = 0;
        for (int part = 0; part < TableSizes.PARTS; part++) {
            try (FileChannel channel = FileChannel.open(file(directory, part));
                    ArrowStreamReader reader = new ArrowStreamReader(channel, allocator)) {
                rows += TableForm.sum(reader);
            }
        }
        return rows;
    }

    @Override
    public void close() {
        writers.forEach(ArrowStreamWriter::close);
        roots.forEach(VectorSchemaRoot::close);
    }
}
