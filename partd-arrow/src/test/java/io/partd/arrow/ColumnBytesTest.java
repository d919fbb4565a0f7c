package io.partd.arrow;

import io.partd.Partds;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ColumnBytesTest {
    private static final int ROWS = 1000;

    @Test
    void countsTheColumnsAskedForAndReadsFromAnotherAllocator() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                BufferAllocator other = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator)) {
            for (int i = 0; i < 2; i++) append(store, allocator);
            long numbers = store.bytes("k", "number");
            long texts = store.bytes("k", "text");
            assertEquals(2 * ROWS * Long.BYTES, numbers);
            // Offsets and 3 bytes a text, each buffer filled up to 8 bytes.
            assertTrue(texts >= 2 * (ROWS * 7 + 4) && texts < 2 * (ROWS * 7 + 4 + 16), String.valueOf(texts));
            assertEquals(numbers + texts, store.bytes("k"), 32);
            assertEquals(0, store.bytes("absent"));
            assertThrows(IllegalArgumentException.class, () -> store.bytes("k", "none"));
            assertEquals(numbers, new ArrowStream(store.store().get("k"), "k").bytes("number"));
            try (ArrowReader reader = store.reader(other, "k", "number")) {
                reader.loadNextBatch();
                assertSame(other, reader.getVectorSchemaRoot().getVector(0).getAllocator());
            }
        }
    }

    private static void append(ArrowPartd store, BufferAllocator allocator) {
        BigIntVector number = new BigIntVector("number", allocator);
        VarCharVector text = new VarCharVector("text", allocator);
        for (int i = 0; i < ROWS; i++) {
            number.setSafe(i, i);
            text.setSafe(i, new byte[] {'a', 'b', 'c'});
        }
        try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(number, text))) {
            root.setRowCount(ROWS);
            store.append("k", root);
        }
    }
}
