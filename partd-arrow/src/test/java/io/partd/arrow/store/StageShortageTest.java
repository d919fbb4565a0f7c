package io.partd.arrow.store;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.UnwrittenKeysException;
import io.partd.arrow.testing.RefusingPartd;
import io.partd.arrow.testing.SmallTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A stage whose allocator is out of memory at one place: it throws the JDK's error, as a real one does. */
class StageShortageTest {
    @TempDir
    Path directory;

    /** The class and method in which the next allocation fails, or null. */
    private String where;

    private final BufferAllocator allocator = new RootAllocator(
            new AllocationListener() {
                @Override
                public void onPreAllocation(long size) {
                    if (where == null || !isIn(where)) return;
                    where = null;
                    throw new OutOfMemoryError("no memory");
                }
            },
            Long.MAX_VALUE);

    private static boolean isIn(String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .anyMatch(name -> name.endsWith(method)));
    }

    @AfterEach
    void closeAllocator() {
        allocator.close();
    }

    private static ArrowOptions staged() {
        return ArrowOptions.defaults().withStageBytes(1 << 20);
    }

    /** What cannot be merged is written as it came. */
    @Test
    void whileItMerges() {
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory), allocator, staged())) {
            for (int i = 0; i < 3; i++) {
                for (String key : List.of("a", "b")) append(store, key, i);
            }
            append(store, "c", 5);
            where = "StagedMessages.merge";
        }
        assertNull(where);
        try (ArrowPartd store = ArrowPartd.over(Partds.file(directory), allocator)) {
            assertEquals(
                    Map.of("a", 3L, "b", 3L, "c", 1L),
                    Map.of("a", store.rows("a"), "b", store.rows("b"), "c", store.rows("c")));
        }
    }

    /** What was written is not written again when the rest cannot be copied. */
    @Test
    void whileItLetsGo() {
        RefusingPartd refusing = new RefusingPartd(Partds.file(directory));
        refusing.refused.add("0");
        try (ArrowPartd store = ArrowPartd.over(refusing, allocator, staged());
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 100, allocator)) {
            Partitioner by = Partitioner.range("number", 10);
            store.append(table, by);
            store.append(table, by);
            where = "StagedTable.compacted";
            assertThrows(UnwrittenKeysException.class, store::flush);
            assertNull(where);
            refusing.refused.clear();
            store.flush();
            assertEquals(180, store.rows("1"));
            assertEquals(20, store.rows("0"));
        }
    }

    private void append(ArrowPartd store, String key, int row) {
        try (VectorSchemaRoot table = SmallTables.typed(0, row, allocator)) {
            table.setRowCount(1);
            store.append(key, table);
        }
    }
}
