package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrayPartd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.testing.IntTables;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How many rows lie under a key, and the store below. */
class RowCountTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    private void append(ArrowPartd tables, String key, int rows) {
        try (VectorSchemaRoot table =
                new IntTables(allocator).write(IntStream.range(0, rows).boxed().toList())) {
            tables.append(key, table);
        }
    }

    @Test
    void rowsOfAllBatches() {
        for (ArrowOptions options :
                List.of(ArrowOptions.defaults(), ArrowOptions.defaults().withStageBytes(1 << 20))) {
            try (ArrowPartd tables = ArrowPartd.over(Partds.zstd(Partds.tempFile()), allocator, options)) {
                assertEquals(0, tables.rows("a"));
                append(tables, "a", 1);
                append(tables, "a", 70_000);
                append(tables, "b", 0);
                assertEquals(70_001, tables.rows("a"), options.toString());
                assertEquals(0, tables.rows("b"));
            }
        }
    }

    @Test
    void rowsOfStreamsThatWereAppendedAsBytes() {
        try (ArrowPartd tables = ArrowPartd.over(Partds.dict(), allocator)) {
            append(tables, "a", 5);
            tables.store().append("b", tables.store().get("a"));
            tables.store().append("b", tables.store().get("a"));
            assertEquals(10, tables.rows("b"));
        }
    }

    @Test
    void whatIsNoTableSaysSo() {
        try (ArrowPartd tables = ArrowPartd.over(Partds.dict(), allocator)) {
            tables.store().append("text", Bytes.utf8("some text, and no table"));
            String message = assertThrows(CorruptPartdException.class, () -> tables.rows("text"))
                    .getMessage();
            assertTrue(message.contains("\"text\""), message);
            append(tables, "cut", 100);
            long size = tables.store().get("cut").size();
            for (long end = 1; end < size; end++) {
                tables.store().delete("part");
                tables.store().append("part", tables.store().get("cut").slice(0, end));
                long rows = rowsOrNone(tables);
                assertTrue(rows == -1 || rows == 0, "of " + end + " bytes: " + rows);
            }
        }
    }

    /** A stream that ends behind its schema has no rows; any other cut is broken. */
    private static long rowsOrNone(ArrowPartd tables) {
        try {
            return tables.rows("part");
        } catch (CorruptPartdException e) {
            return -1;
        }
    }

    @Test
    void theStoreBelow() {
        Partd<Bytes> store = Partds.dict();
        try (ArrowPartd tables = ArrowPartd.over(store, allocator);
                ArrayPartd<int[]> arrays = ArrayPartd.over(int[].class, store)) {
            assertSame(store, tables.store());
            assertSame(store, arrays.store());
        }
    }
}
