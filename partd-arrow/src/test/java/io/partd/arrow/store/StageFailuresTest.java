package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.UnwrittenKeysException;
import io.partd.arrow.testing.RefusingPartd;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.SmallTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Of forty keys that are staged some cannot be written: the others are, and errors name those that are not. */
class StageFailuresTest {
    private static final int KEYS = 40;

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    private Partd<Bytes> bytes() {
        return Partds.file(directory);
    }

    private ArrowPartd staged(Partd<Bytes> below) {
        return ArrowPartd.over(below, allocator, ArrowOptions.defaults().withStageBytes(1 << 20));
    }

    private ArrowPartd plain() {
        return ArrowPartd.over(bytes(), allocator);
    }

    private static String key(int i) {
        return "key " + i;
    }

    private void append(ArrowPartd store, String key, int type) {
        try (VectorSchemaRoot table = SmallTables.typed(type, 1, allocator)) {
            store.append(key, table);
        }
    }

    private void appendAll(ArrowPartd store) {
        for (int i = 0; i < KEYS; i++) append(store, key(i), 0);
    }

    private static Set<String> keysWithout(String... some) {
        Set<String> keys = new TreeSet<>();
        for (int i = 0; i < KEYS; i++) keys.add(key(i));
        keys.removeAll(List.of(some));
        return keys;
    }

    private static int rows(ArrowPartd store, String key) {
        try (VectorSchemaRoot table = store.get(key)) {
            return table.getRowCount();
        }
    }

    private static void assertUnwritten(Set<String> keys, Runnable call) {
        UnwrittenKeysException e = assertThrows(UnwrittenKeysException.class, call::run);
        assertEquals(keys, e.keys());
        for (String key : keys) assertTrue(e.getMessage().contains("\"" + key + "\""), e.getMessage());
    }

    @Test
    void aKeyThatAnotherHandleGaveAnotherSchema() {
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            append(other, key(7), 1);
            assertUnwritten(Set.of(key(7)), store::flush);
            for (String key : keysWithout(key(7))) assertEquals(1, rows(other, key), key);
            for (String key : keysWithout(key(7))) assertEquals(1, rows(store, key), key);
            assertUnwritten(Set.of(key(7)), () -> rows(store, key(7)));
            assertUnwritten(Set.of(key(7)), () -> store.rows(key(7)));
            assertEquals(keysWithout(), store.keys());
            append(store, key(8), 0);
            assertUnwritten(Set.of(key(7)), store::flush);
            assertEquals(2, rows(other, key(8)));
            store.delete(key(7));
            store.flush();
            assertEquals(keysWithout(key(7)), other.keys());
            append(store, key(7), 1);
            assertEquals(1, rows(store, key(7)));
        }
    }

    @Test
    void whenTheOtherSchemaIsGoneTheRowsAreWritten() {
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            append(other, key(7), 1);
            assertUnwritten(Set.of(key(7)), store::flush);
            other.delete(key(7));
            store.flush();
            assertEquals(1, rows(other, key(7)));
            append(store, key(7), 0);
            assertEquals(2, rows(store, key(7)));
        }
    }

    @Test
    void aKeyThatAnotherHandleGaveAnotherPartitioner() {
        Partitioner by = Partitioner.hash(KEYS, "number");
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes());
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 1_000, allocator)) {
            store.append(table, by);
            other.append(table, Partitioner.range("number", 10_000));
            Set<String> parts = by.split(table).entrySet().stream()
                    .peek(part -> part.getValue().close())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(parts.contains("0") && parts.size() == KEYS, parts::toString);
            assertUnwritten(Set.of("0"), store::flush);
            assertEquals(parts, other.keys());
            assertEquals(1_000, rows(other, "0"), "what the other wrote, alone");
            store.delete("0");
            store.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keysThatTheStoreBelowRefuses(boolean world) {
        Function<String, RuntimeException> failure =
                world ? message -> new UncheckedIOException(new IOException(message)) : IllegalArgumentException::new;
        try (RefusingPartd refusing = new RefusingPartd(bytes());
                ArrowPartd store = staged(refusing)) {
            refusing.failure = failure;
            refusing.refused.addAll(List.of(key(0), key(20), key(39)));
            appendAll(store);
            assertUnwritten(Set.copyOf(refusing.refused), store::flush);
            assertEquals(keysWithout(key(0), key(20), key(39)), refusing.keys());
            refusing.refused.remove(key(20));
            assertEquals(1, rows(store, key(20)));
            assertUnwritten(Set.copyOf(refusing.refused), store::flush);
            refusing.refused.clear();
            store.flush();
            for (String key : keysWithout()) assertEquals(1, rows(store, key), key);
        }
    }

    @Test
    void aKeyWhoseBytesAreBroken() {
        try (Partd<Bytes> below = bytes();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            below.append(key(3), Bytes.utf8("no Arrow stream at all"));
            assertUnwritten(Set.of(key(3)), store::flush);
            assertEquals(keysWithout(), below.keys());
            store.delete(key(3));
            store.flush();
        }
    }

    @Test
    void runEndsOf16BitsCannotCountTheRowsOfAllKeys() throws IOException {
        try (ArrowPartd store = staged(bytes());
                VectorSchemaRoot table = SmallTables.run(5, 10_000, allocator)) {
            for (int i = 0; i < KEYS; i++) store.append(key(i % 8), table);
            store.flush();
            for (int i = 0; i < 8; i++) {
                assertEquals(50_000, store.rows(key(i)));
                assertEquals(50_000, readRows(store, key(i)));
            }
        }
    }

    private static long readRows(ArrowPartd store, String key) throws IOException {
        long rows = 0;
        try (ArrowReader reader = store.reader(key)) {
            while (reader.loadNextBatch()) {
                List<List<Object>> batch = Rows.of(reader.getVectorSchemaRoot());
                assertTrue(batch.stream().allMatch(row -> row.equals(List.of(5L))));
                rows += batch.size();
            }
        }
        return rows;
    }

    @Test
    void dropDiscardsWhatIsStaged() {
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            append(other, key(7), 1);
            store.drop();
            assertEquals(Set.of(), store.keys());
            store.flush();
            assertEquals(Set.of(), other.keys());
            assertEquals(0, allocator.getAllocatedMemory());
            append(store, key(7), 1);
            assertEquals(1, rows(store, key(7)));
        }
    }

    @Test
    void deleteDiscardsWhatIsStagedOfItsKeys() {
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            store.delete(List.of(key(1), key(2), "never there"));
            append(store, key(1), 1);
            store.flush();
            assertEquals(keysWithout(key(2)), other.keys());
            assertEquals(1, rows(other, key(1)));
        }
    }

    @Test
    void closeLosesWhatItNames() {
        try (ArrowPartd other = plain()) {
            ArrowPartd store = staged(bytes());
            appendAll(store);
            append(other, key(7), 1);
            append(other, key(8), 1);
            assertUnwritten(Set.of(key(7), key(8)), store::close);
            assertEquals(0, allocator.getAllocatedMemory());
            assertEquals(keysWithout(), other.keys());
            for (String key : keysWithout()) assertEquals(1, rows(other, key), key);
            store.close();
            assertThrows(IllegalStateException.class, () -> append(store, key(1), 0));
        }
    }

    @Test
    void closeNamesEverythingWhenTheStoreBelowIsClosedAlready() {
        Partd<Bytes> below = bytes();
        ArrowPartd store = staged(below);
        appendAll(store);
        below.close();
        assertUnwritten(keysWithout(), store::close);
        assertEquals(0, allocator.getAllocatedMemory());
    }

    @Test
    void theLockIsToBeHadAndOtherKeysAreAppendedTo() {
        try (ArrowPartd other = plain();
                ArrowPartd store = staged(bytes())) {
            appendAll(store);
            append(other, key(7), 1);
            store.lock().lock();
            try {
                assertEquals(keysWithout(), other.keys());
                append(store, key(8), 0);
                assertEquals(2, rows(other, key(8)), "written at once");
                append(store, "new", 0);
                assertEquals(1, rows(other, "new"), "written at once");
                assertUnwritten(Set.of(key(7)), () -> append(store, key(7), 0));
            } finally {
                store.lock().unlock();
            }
            assertUnwritten(Set.of(key(7)), store::flush);
            store.delete(key(7));
        }
    }

    @Test
    void aStageThatIsFullOfWhatCannotBeWrittenTakesOtherKeys() {
        RefusingPartd refusing = new RefusingPartd(bytes());
        try (ArrowPartd store = ArrowPartd.over(
                        refusing, allocator, ArrowOptions.defaults().withStageBytes(20_000));
                VectorSchemaRoot much = SmallTables.numbersAndTexts(0, 500, allocator)) {
            refusing.refused.add("bad");
            store.append("bad", much);
            for (int i = 0; i < 10; i++) store.append("good", much);
            assertEquals(5_000, rows(store, "good"));
            assertThrows(UnwrittenKeysException.class, () -> store.append("bad", much), "there is no room for it");
            assertUnwritten(Set.of("bad"), store::flush);
            refusing.refused.clear();
            store.append("bad", much);
            assertEquals(1_000, rows(store, "bad"));
        }
    }

    /** An append that has to write what is staged of other keys reports its own rows alone. */
    @Test
    void anAppendIsNotRefusedForOtherKeys() {
        RefusingPartd refusing = new RefusingPartd(bytes());
        try (ArrowPartd store =
                ArrowPartd.over(refusing, allocator, ArrowOptions.defaults().withStageBytes(20_000))) {
            refusing.refused.add("bad");
            append(store, "bad", 0);
            IntStream.range(0, 100).forEach(i -> append(store, "good", 0));
            assertEquals(100, rows(store, "good"));
            assertUnwritten(Set.of("bad"), store::flush);
            store.delete("bad");
        }
    }

    @Test
    void moreThanAGibibyteIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ArrowOptions.defaults().withStageBytes(3L << 30));
        assertEquals("stageBytes is 3221225472: use 0 to 1073741824 (1 GiB)", e.getMessage());
        assertEquals(1 << 30, ArrowOptions.defaults().withStageBytes(1 << 30).stageBytes());
    }
}
