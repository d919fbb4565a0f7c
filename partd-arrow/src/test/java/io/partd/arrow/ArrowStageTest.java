package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ipc.Messages;
import io.partd.arrow.testing.SmallTables;
import io.partd.testing.ForwardingPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is staged when something goes wrong: the contract has the rest. */
class ArrowStageTest {
    private final BufferAllocator allocator = new RootAllocator();
    private final Partd<Bytes> bytes = Partds.dict();
    private boolean broken;
    private ArrowPartd store;

    @BeforeEach
    void open() {
        Partd<Bytes> below = new ForwardingPartd<>(bytes) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                if (broken) throw new UncheckedIOException(new IOException("no space left"));
                return super.append(values, heads);
            }
        };
        store = ArrowPartd.over(below, allocator, ArrowOptions.defaults().withStageBytes(5_000));
    }

    @AfterEach
    void close() {
        broken = false;
        store.close();
        allocator.close();
    }

    private void append(String key, int type) {
        try (VectorSchemaRoot table = SmallTables.typed(type, 1, allocator)) {
            store.append(key, table);
        }
    }

    private void appendMuch(String key) {
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 1_000, allocator)) {
            store.append(key, table);
        }
    }

    private int rows(String key) {
        try (VectorSchemaRoot table = store.get(key)) {
            return table.getRowCount();
        }
    }

    @Test
    void itWaitsUntilItIsAskedFor() {
        append("a", 0);
        append("a", 0);
        assertEquals(Set.of(), bytes.keys());
        assertEquals(2, rows("a"));
        assertEquals(2, Messages.types(bytes.get("a")).size(), "a schema and one batch");
        append("b", 1);
        store.flush();
        assertEquals(Set.of("a", "b"), bytes.keys());
    }

    @Test
    void anAppendThatIsRefusedForOneKeyFixesNoSchemaOfTheOthers() {
        append("old", 0);
        store.flush();
        try (VectorSchemaRoot texts = SmallTables.typed(1, 1, allocator)) {
            Map<String, VectorSchemaRoot> values = new LinkedHashMap<>();
            values.put("new", texts);
            values.put("old", texts);
            assertThrows(IllegalArgumentException.class, () -> store.append(values));
        }
        append("new", 0);
        assertEquals(1, rows("new"));
        assertEquals(1, rows("old"));
    }

    @Test
    void aTooLargeAppendThatFailsLeavesNothing() {
        broken = true;
        assertThrows(UncheckedIOException.class, () -> appendMuch("a"));
        broken = false;
        store.flush();
        assertEquals(Set.of(), bytes.keys());
        append("a", 0);
        assertEquals(1, rows("a"), "nor has it fixed a schema");
    }

    @Test
    void whatWasAcceptedBeforeAFailureStays() {
        append("a", 0);
        broken = true;
        assertThrows(UncheckedIOException.class, () -> appendMuch("b"));
        assertThrows(UncheckedIOException.class, () -> store.flush());
        assertThrows(UncheckedIOException.class, () -> store.get("a"));
        assertEquals(Set.of("a"), store.keys());
        store.lock().lock();
        store.lock().unlock();
        broken = false;
        assertEquals(1, rows("a"));
        assertEquals(Set.of("a"), store.keys());
    }

    @Test
    void aCloseThatFailsReleasesTheMemory() {
        append("a", 0);
        broken = true;
        assertThrows(UncheckedIOException.class, () -> store.close());
        assertEquals(0, allocator.getAllocatedMemory());
        assertThrows(IllegalStateException.class, () -> append("a", 0));
    }

    @Test
    void aKeyThatAnotherHandleGaveAnotherSchemaIsRefusedBeforeItIsStaged() {
        try (ArrowPartd other = ArrowPartd.over(bytes, allocator)) {
            append("k", 0);
            store.flush();
            append("other", 0);
            other.delete("k");
            try (VectorSchemaRoot texts = SmallTables.typed(1, 1, allocator)) {
                other.append("k", texts);
            }
            Bytes before = bytes.get("k");
            assertThrows(IllegalArgumentException.class, () -> append("k", 0));
            store.flush();
            assertEquals(before, bytes.get("k"));
            append("k", 1);
            assertEquals(2, rows("k"));
            assertEquals(1, rows("other"));
        }
    }

    @Test
    void underTheLockNothingWaits() {
        append("a", 0);
        store.lock().lock();
        try {
            assertEquals(Set.of("a"), bytes.keys());
            append("a", 0);
            assertEquals(List.of(3), List.of(Messages.types(bytes.get("a")).size()));
        } finally {
            store.lock().unlock();
        }
        append("b", 0);
        assertEquals(Set.of("a"), bytes.keys());
    }
}
