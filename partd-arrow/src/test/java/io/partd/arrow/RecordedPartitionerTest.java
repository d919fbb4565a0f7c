package io.partd.arrow;

import io.partd.Partds;
import io.partd.arrow.testing.SmallTables;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a store was partitioned by is part of it, and another partitioner is refused. */
class RecordedPartitionerTest {
    private static final Partitioner HASH = Partitioner.hash(4, "number");

    private final BufferAllocator allocator = new RootAllocator();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        allocator.close();
    }

    private ArrowPartd open(long stage) {
        return ArrowPartd.over(
                Partds.file(directory), allocator, ArrowOptions.defaults().withStageBytes(stage));
    }

    private void append(ArrowPartd store, Partitioner partitioner, int from, int to) {
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(from, to, allocator)) {
            store.append(table, partitioner);
        }
    }

    private static int rows(ArrowPartd store) {
        int rows = 0;
        for (String key : store.keys()) {
            try (VectorSchemaRoot table = store.get(key)) {
                rows += table.getRowCount();
            }
        }
        return rows;
    }

    private void assertRefused(ArrowPartd store, Partitioner other, int from, int to) {
        SortedSet<String> keys = store.keys();
        int rows = rows(store);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> append(store, other, from, to));
        assertEquals(
                "the store is partitioned by " + HASH + " (key \"" + keys.first() + "\" says so) and is given tables"
                        + " partitioned by " + other + ": use one partitioner, or another store",
                e.getMessage());
        assertEquals(keys, store.keys());
        assertEquals(rows, rows(store));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 1 << 20})
    void anotherIsRefusedByEachHandle(long stage) {
        try (ArrowPartd store = open(stage)) {
            append(store, HASH, 0, 100);
            for (String key : store.keys()) {
                assertEquals(
                        Map.of("partd.partitioner", HASH.toString()),
                        store.schema(key).getCustomMetadata());
            }
            assertRefused(store, Partitioner.hash(8, "number"), 0, 10);
            assertRefused(store, Partitioner.hash(4, "text"), 0, 10);
            try (ArrowPartd another = open(stage)) {
                assertRefused(another, Partitioner.values("number"), 500, 510);
                append(another, Partitioner.hash(4, "number"), 100, 200);
            }
            append(store, HASH, 200, 300);
            assertEquals(300, rows(store));
        }
        try (ArrowPartd reopened = open(stage)) {
            assertRefused(reopened, Partitioner.values("number"), 500, 510);
            append(reopened, HASH, 300, 400);
            assertEquals(400, rows(reopened));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 1 << 20})
    void afterADropAnyIsFirst(long stage) {
        try (ArrowPartd store = open(stage);
                ArrowPartd other = open(stage)) {
            append(store, Partitioner.values("number"), 0, 10);
            assertEquals(10, store.keys().size());
            other.drop();
            append(store, HASH, 0, 10);
            assertRefused(store, Partitioner.values("number"), 0, 10);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 1 << 20})
    void plainAppendsAndPartitionedOnesMayMeet(long stage) {
        try (ArrowPartd store = open(stage);
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 10, allocator)) {
            store.append("0", table);
            append(store, HASH, 0, 100);
            store.append("1", table);
            store.append("plain", table);
            assertEquals(130, rows(store));
            assertEquals(Map.of(), store.schema("0").getCustomMetadata(), "it was there before");
            assertEquals(Map.of(), store.schema("plain").getCustomMetadata());
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> append(store, Partitioner.values("number"), 0, 3));
            assertEquals(
                    "the store is partitioned by " + HASH + " (key \"1\" says so) and is given tables partitioned by "
                            + Partitioner.values("number") + ": use one partitioner, or another store",
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20})
    void noRowsRecordNothing(long stage) {
        try (ArrowPartd store = open(stage)) {
            append(store, Partitioner.values("number"), 0, 0);
            append(store, HASH, 0, 10);
            assertEquals(10, rows(store));
        }
    }

    /** What a table that was read says of its store is not what another store is partitioned by. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20})
    void aTableThatWasReadDoesNotCarryItAlong(long stage) {
        try (ArrowPartd store = open(stage)) {
            append(store, HASH, 0, 10);
            String key = store.keys().first();
            try (VectorSchemaRoot part = store.get(key)) {
                store.append("copy", part);
            }
            assertEquals(Map.of(), store.schema("copy").getCustomMetadata());
        }
    }
}
