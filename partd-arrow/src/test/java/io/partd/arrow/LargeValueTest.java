package io.partd.arrow;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.FencedMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Values much larger than the memory that reading them takes. */
class LargeValueTest {
    private static final int ROWS = 100_000;
    private static final int BATCHES = 40;
    private static final long BATCH = 8L * ROWS;

    @TempDir
    Path directory;

    /** Numbers that go on from batch to batch. */
    private static void append(ArrowPartd store, int batches) {
        Schema schema = new Schema(List.of(EveryType.leaf("n", new ArrowType.Int(64, true))));
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            BigIntVector numbers = (BigIntVector) root.getVector(0);
            numbers.allocateNew(ROWS);
            for (int batch = 0; batch < batches; batch++) {
                for (int row = 0; row < ROWS; row++) numbers.set(row, (long) batch * ROWS + row);
                root.setRowCount(ROWS);
                store.append("key", root);
            }
        }
    }

    /** Checks the numbers of the batch that was loaded. */
    private static void check(ArrowReader reader, int batch) throws IOException {
        BigIntVector numbers = (BigIntVector) reader.getVectorSchemaRoot().getVector(0);
        assertEquals(ROWS, numbers.getValueCount());
        for (int row = 0; row < ROWS; row++) {
            if (numbers.get(row) != (long) batch * ROWS + row)
                assertEquals((long) batch * ROWS + row, numbers.get(row));
        }
    }

    private static void readAll(Partd<Bytes> bytes, CodecType codec) throws IOException {
        ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
        try (BufferAllocator allocator = new RootAllocator(3 * BATCH);
                ArrowPartd store = ArrowPartd.over(bytes, allocator, options)) {
            append(store, BATCHES);
            try (ArrowReader reader = store.reader("key")) {
                for (int batch = 0; batch < BATCHES; batch++) {
                    assertTrue(reader.loadNextBatch());
                    check(reader, batch);
                }
            }
            long peak = allocator.getPeakMemoryAllocation();
            assertTrue(peak < 2 * BATCH, () -> "the peak is " + peak + " bytes for batches of " + BATCH);
        }
    }

    @ParameterizedTest
    @EnumSource(CodecType.class)
    void aReaderHoldsOneBatchOfAFile(CodecType codec) throws IOException {
        readAll(Partds.file(directory), codec);
    }

    @ParameterizedTest
    @EnumSource(CodecType.class)
    void aReaderHoldsOneBatchOfMemory(CodecType codec) throws IOException {
        readAll(Partds.dict(), codec);
    }

    /**
     * An allocator with memory of its own counts what it hands out of that; what it only wraps, it does not have. So a
     * batch that takes less than it is large lies in the mapped file.
     */
    @Test
    void batchesOfAMappedFileAreReadInPlaceAndStayValid() throws IOException {
        try (FilePartd file = Partds.file(directory)) {
            try (ArrowPartd writer = ArrowPartd.over(Partds.file(directory), new RootAllocator())) {
                append(writer, BATCHES);
            }
            try (BufferAllocator allocator = FencedMemory.allocator(1 << 30);
                    ArrowPartd store = ArrowPartd.over(file, allocator);
                    ArrowReader reader = store.reader("key")) {
                long before = FencedMemory.allocated();
                for (int batch = 0; batch < BATCHES; batch++) {
                    if (batch == BATCHES / 3) file.compact();
                    if (batch == BATCHES / 2) store.drop();
                    if (batch == BATCHES / 2 + 1) file.compact();
                    assertTrue(reader.loadNextBatch());
                    check(reader, batch);
                }
                long allocated = FencedMemory.allocated() - before;
                assertTrue(allocated < BATCH / 2 * BATCHES, () -> allocated + " bytes were copied");
                assertEquals(0, store.get("key").getRowCount());
            }
        }
    }
}
