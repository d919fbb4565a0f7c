package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.hadoop.testing.S3;
import io.partd.tablesaw.TablePartd;
import java.net.URI;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables and arrays on S3, and how much is read of it for a part of them. */
final class TypedLayersTest {
    private static final int ROWS = 20_000;
    private static final int TASKS = 6;
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private final S3 s3 = S3.INSTANCE;
    private final Configuration conf = s3.conf();
    private final URI store = s3.fresh();
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingLeaks() {
        allocator.close();
    }

    /** A column of numbers that tell column, task and row. */
    private VectorSchemaRoot batch(int task) {
        List<FieldVector> vectors = COLUMNS.stream()
                .<FieldVector>map(name -> {
                    BigIntVector vector = new BigIntVector(name, allocator);
                    vector.allocateNew(ROWS);
                    for (int i = 0; i < ROWS; i++) vector.set(i, number(name, task, i));
                    vector.setValueCount(ROWS);
                    return vector;
                })
                .toList();
        return new VectorSchemaRoot(vectors);
    }

    private static long number(String column, int task, int row) {
        return column.charAt(0) * 1_000_000_000L + task * 1_000_000L + row;
    }

    private void write(ArrowOptions options) {
        Commit commit = Commit.to(store, conf, "write");
        for (int task = 0; task < TASKS; task++) {
            try (HadoopWriter writer = HadoopWriter.open(store, conf);
                    ArrowPartd arrow = ArrowPartd.over(writer, allocator, options);
                    VectorSchemaRoot batch = batch(task)) {
                arrow.append("k", batch);
                arrow.append("l", batch);
                arrow.flush();
                commit.add(writer.seal());
            }
        }
        commit.run();
    }

    private static void check(VectorSchemaRoot root, String column) {
        assertEquals(TASKS * ROWS, root.getRowCount());
        BigIntVector vector = (BigIntVector) root.getVector(column);
        for (int i = 0; i < TASKS * ROWS; i++) assertEquals(number(column, i / ROWS, i % ROWS), vector.get(i));
    }

    @Test
    void oneColumnOfManyReadsLittleMoreThanItsOwnBytes() throws Exception {
        write(ArrowOptions.defaults());
        try (ArrowPartd arrow = ArrowPartd.over(HadoopPartd.open(store, conf), allocator)) {
            long before = s3.bytesRead.get();
            long requestsBefore = s3.requests.get();
            try (VectorSchemaRoot root = arrow.get("k", "c")) {
                check(root, "c");
            }
            long read = s3.bytesRead.get() - before;
            long requests = s3.requests.get() - requestsBefore;
            long column = 8L * ROWS * TASKS;
            // a header's block and the blocks at the column's ends, of each batch
            assertTrue(read < column + 200_000 * TASKS, "read " + read + " bytes for " + column);
            assertTrue(requests <= 3 * TASKS, requests + " requests for " + TASKS + " batches");
            try (ArrowReader reader = arrow.reader("l", "b", "h")) {
                int task = 0;
                for (; reader.loadNextBatch(); task++) {
                    BigIntVector vector =
                            (BigIntVector) reader.getVectorSchemaRoot().getVector("h");
                    assertEquals(number("h", task, ROWS - 1), vector.get(ROWS - 1));
                }
                assertEquals(TASKS, task);
            }
            try (VectorSchemaRoot root = arrow.get("l")) {
                for (String column2 : COLUMNS) check(root, column2);
            }
        }
    }

    @Test
    void compressedColumnsAreRead() {
        write(ArrowOptions.defaults().withCompression(CodecType.LZ4_FRAME));
        try (ArrowPartd arrow = ArrowPartd.over(HadoopPartd.open(store, conf), allocator);
                VectorSchemaRoot root = arrow.get("k", "c", "a")) {
            check(root, "c");
            check(root, "a");
        }
    }

    @Test
    void rowsAreSplitAndStagedOnTheWay() {
        Commit commit = Commit.to(store, conf, "write");
        for (int task = 0; task < 2; task++) {
            try (HadoopWriter writer = HadoopWriter.open(store, conf);
                    ArrowPartd arrow = ArrowPartd.over(
                            writer, allocator, ArrowOptions.defaults().withStageBytes(1 << 20));
                    VectorSchemaRoot batch = batch(task)) {
                arrow.append(batch, Partitioner.hash(8, "a"));
                arrow.flush();
                commit.add(writer.seal());
            }
        }
        commit.run();
        try (ArrowPartd arrow = ArrowPartd.over(HadoopPartd.open(store, conf), allocator)) {
            int rows = 0;
            for (String key : arrow.keys()) {
                try (VectorSchemaRoot root = arrow.get(key, "a")) {
                    rows += root.getRowCount();
                }
            }
            assertEquals(8, arrow.keys().size());
            assertEquals(2 * ROWS, rows);
        }
    }

    @Test
    void tablesAndArraysAndCodecs() {
        Table table = Table.create("t", IntColumn.create("i", new int[] {1, 2}), StringColumn.create("s", "x", "y"));
        try (HadoopWriter writer = HadoopWriter.open(store, conf);
                Partd<Bytes> zstd = Partds.zstd(writer);
                TablePartd tables = TablePartd.over(zstd)) {
            tables.append("t", table);
            tables.flush();
            Commit.to(store, conf, "tables").add(writer.seal()).run();
        }
        try (TablePartd tables = TablePartd.over(Partds.zstd(HadoopPartd.open(store, conf)))) {
            assertEquals(table.printAll(), tables.get("t").setName("t").printAll());
        }
        URI numbers = s3.fresh();
        try (HadoopWriter writer = HadoopWriter.open(numbers, conf);
                ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, writer)) {
            arrays.append("d", new double[] {1.5, 2.5});
            Commit.to(numbers, conf, "arrays").add(writer.seal()).run();
        }
        try (ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, HadoopPartd.open(numbers, conf))) {
            assertEquals(2.5, arrays.get("d")[1]);
        }
    }
}
