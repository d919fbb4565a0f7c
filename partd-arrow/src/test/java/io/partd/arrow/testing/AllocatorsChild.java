package io.partd.arrow.testing;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Does a bit of everything, as a user would, and prints {@code done} at the end, or why Arrow has no memory. The class
 * path has no test framework.
 */
public final class AllocatorsChild {
    private static final int ROWS = 20_000;

    private AllocatorsChild() {}

    public static void main(String[] args) throws IOException {
        try (ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, Partds.dict())) {
            arrays.append("prices", new double[] {1.5, 2.5});
            arrays.append("prices", new double[] {3.5});
            require(arrays.get("prices").length == 3, "arrays");
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
            return;
        }
        try (BufferAllocator allocator = new RootAllocator()) {
            for (CodecType codec : CodecType.values()) {
                ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
                tables(Partds.dict(), options, allocator);
                tables(Partds.file(Path.of(args[0], "file-" + codec)), options, allocator);
                tables(Partds.file(Path.of(args[0], "staged-" + codec)), options.withStageBytes(100_000), allocator);
            }
        }
        System.out.println("done");
    }

    private static void tables(Partd<Bytes> below, ArrowOptions options, BufferAllocator allocator) throws IOException {
        try (ArrowPartd store = ArrowPartd.over(below, allocator, options);
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, ROWS, allocator)) {
            store.append("a", table);
            store.append(Map.of("a", table, "b", table));
            try (VectorSchemaRoot all = store.get("a");
                    VectorSchemaRoot column = store.get("b", "text")) {
                require(all.getRowCount() == 2 * ROWS, "get");
                require(column.getVector(0).getObject(7).toString().equals("text 7"), "get with columns");
            }
            require(read(store, "a") == 2 * ROWS, "reader");
            store.drop();
            Partitioner partitioner = Partitioner.hash(8, "number");
            store.append(table, partitioner);
            int rows = 0;
            for (String key : store.keys()) rows += read(store, key);
            require(rows == ROWS, "partitions");
            split(table, partitioner);
        }
    }

    private static void split(VectorSchemaRoot table, Partitioner partitioner) {
        List<VectorSchemaRoot> parts = List.copyOf(partitioner.split(table).values());
        require(parts.stream().mapToInt(VectorSchemaRoot::getRowCount).sum() == ROWS, "split");
        parts.forEach(VectorSchemaRoot::close);
    }

    private static int read(ArrowPartd store, String key) throws IOException {
        int rows = 0;
        try (ArrowReader reader = store.reader(key)) {
            while (reader.loadNextBatch()) rows += reader.getVectorSchemaRoot().getRowCount();
        }
        return rows;
    }

    private static void require(boolean ok, String what) {
        if (!ok) throw new IllegalStateException(what + ": wrong");
    }
}
