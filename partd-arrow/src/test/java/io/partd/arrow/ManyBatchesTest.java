package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Keys of more batches than are kept in memory while a table is made of them: they are read twice. */
class ManyBatchesTest {
    private static final int APPENDS = 10_050;

    @Test
    void tablesAreWhole() {
        try (BufferAllocator allocator = new RootAllocator();
                IntVector numbers = new IntVector("n", allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(numbers));
                ArrowPartd store = ArrowPartd.over(dict(), allocator)) {
            for (int i = 0; i < APPENDS; i++) {
                numbers.setSafe(0, 2 * i);
                numbers.setSafe(1, 2 * i + 1);
                root.setRowCount(2);
                store.append("key", root);
            }
            try (VectorSchemaRoot all = store.get("key")) {
                assertEquals(2 * APPENDS, all.getRowCount());
                IntVector read = (IntVector) all.getVector("n");
                for (int i = 0; i < 2 * APPENDS; i++) assertEquals(i, read.get(i));
            }
        }
    }

    @Test
    void arraysAreWhole() {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<int[]> store = ArrayPartd.over(int[].class, bytes)) {
            for (int i = 0; i < APPENDS; i++) store.append("key", new int[] {2 * i, 2 * i + 1});
            assertArrayEquals(IntStream.range(0, 2 * APPENDS).toArray(), store.get("key"));
        }
    }
}
