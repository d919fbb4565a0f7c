package io.partd.arrow;

import io.partd.Broken;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.SmallTables;
import io.partd.testing.ForwardingPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Stores that fail in the middle of a call, and calls after close: nothing leaks, and nothing is half done. */
class BrokenReadsTest {
    private final BufferAllocator allocator = new RootAllocator();
    private final Partd<Bytes> bytes = Partds.dict();
    private Partd<Bytes> below;
    private Bytes tail = Bytes.EMPTY;
    private boolean appendsFail;
    private ArrowPartd store;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        below = new ForwardingPartd<>(bytes) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                List<Bytes> values = new ArrayList<>(super.get(keys));
                if (tail.size() > 0)
                    values.set(values.size() - 1, Bytes.concat(List.of(values.get(values.size() - 1), tail)));
                return values;
            }

            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                if (appendsFail) throw new UncheckedIOException(new IOException("no space left"));
                return super.append(values, heads);
            }
        };
        store = ArrowPartd.over(below, allocator);
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 1_000, allocator)) {
            for (String key : List.of("a", "b")) {
                store.append(key, table);
                store.append(key, table);
            }
        }
    }

    @AfterEach
    void close() {
        store.close();
        allocator.close();
    }

    private void read(Class<? extends Throwable> expected) {
        assertThrows(expected, () -> store.get("a"));
        assertThrows(expected, () -> store.get(List.of("b", "a")));
        assertThrows(expected, () -> store.get("a", "text"));
        assertThrows(expected, () -> {
            try (ArrowReader reader = store.reader("a")) {
                while (reader.loadNextBatch())
                    assertEquals(1_000, reader.getVectorSchemaRoot().getRowCount());
            }
        });
        assertEquals(0, allocator.getAllocatedMemory());
    }

    @Test
    void bytesThatAreCorruptAfterGoodBatches() {
        tail = Broken.bytes();
        read(CorruptPartdException.class);
    }

    @Test
    void bytesThatThereIsNoMemoryFor() {
        tail = Broken.outOfMemory();
        read(OutOfMemoryError.class);
    }

    @Test
    void bytesThatAreNoMessage() {
        tail = Bytes.utf8("garbage, more than eight bytes of it");
        read(CorruptPartdException.class);
        tail = Bytes.utf8("cut");
        read(CorruptPartdException.class);
    }

    @Test
    void anotherSchemaAmongTheBatches() {
        try (VectorSchemaRoot other = SmallTables.typed(1, 1, allocator)) {
            store.append("other", other);
        }
        tail = bytes.get("other");
        read(CorruptPartdException.class);
    }

    @Test
    void appendsThatFailLeaveNothing() {
        appendsFail = true;
        try (VectorSchemaRoot table = SmallTables.typed(0, 1, allocator);
                VectorSchemaRoot rows = SmallTables.numbersAndTexts(0, 10, allocator)) {
            for (Executable append : appends(store, table, rows)) assertThrows(UncheckedIOException.class, append);
        }
        appendsFail = false;
        assertEquals(Set.of("a", "b"), store.keys());
        try (VectorSchemaRoot texts = SmallTables.typed(1, 1, allocator)) {
            store.append("new", texts);
            store.append(texts, Partitioner.values("x"));
        }
        assertEquals(Set.of("a", "b", "new", "1"), store.keys(), "neither schema nor partitioner were remembered");
    }

    private static List<Executable> appends(ArrowPartd store, VectorSchemaRoot table, VectorSchemaRoot rows) {
        Partitioner hash = Partitioner.hash(4, "number");
        return List.of(
                () -> store.append("new", table),
                () -> store.append(Map.of("a", rows, "new", table)),
                () -> store.append(Map.of("new", table), Map.of("new", table)),
                () -> store.putIfAbsent("new", table),
                () -> store.append("new", table, new MapDictionaryProvider()),
                () -> store.append(rows, hash),
                () -> store.append(rows, hash, new MapDictionaryProvider()));
    }

    @Test
    void everythingAfterCloseIsRefused() {
        try (VectorSchemaRoot table = SmallTables.typed(0, 1, allocator);
                VectorSchemaRoot rows = SmallTables.numbersAndTexts(0, 10, allocator)) {
            for (long stage : new long[] {0, 10_000}) {
                ArrowPartd closed = ArrowPartd.over(
                        Partds.file(directory),
                        allocator,
                        ArrowOptions.defaults().withStageBytes(stage));
                closed.append("k", rows);
                closed.close();
                Map<String, Executable> calls = new LinkedHashMap<>();
                for (Executable append : appends(closed, table, rows)) calls.put("append " + calls.size(), append);
                calls.put("append reader", () -> withReader(reader -> closed.append("new", reader)));
                calls.put(
                        "append partitioned reader",
                        () -> withReader(reader -> closed.append(reader, Partitioner.hash(4, "number"))));
                calls.put("get", () -> closed.get("k"));
                calls.put("get columns", () -> closed.get("k", "text"));
                calls.put("reader", () -> closed.reader("k"));
                calls.put("schema", () -> closed.schema("k"));
                calls.forEach((name, call) -> {
                    String message = assertThrows(IllegalStateException.class, call, name)
                            .getMessage();
                    assertTrue(message.contains("closed"), () -> name + ": " + message);
                });
            }
        }
    }

    private void withReader(Consumer<ArrowReader> use) throws IOException {
        try (ArrowReader reader = store.reader("a")) {
            use.accept(reader);
        }
    }

    /** Interrupts are about waiting and channels, and reads of mapped files do neither. */
    @Test
    void anInterruptedThreadReadsAndAppends() throws IOException {
        try (ArrowPartd file = ArrowPartd.over(Partds.file(directory), allocator);
                VectorSchemaRoot rows = SmallTables.numbersAndTexts(0, 10, allocator)) {
            Thread.currentThread().interrupt();
            file.append("k", rows);
            file.append(rows, Partitioner.hash(4, "number"));
            file.get("k").close();
            try (ArrowReader reader = file.reader("k")) {
                assertTrue(reader.loadNextBatch());
            }
            assertTrue(Thread.interrupted(), "the flag stays set");
            assertFalse(file.keys().isEmpty());
        }
    }
}
