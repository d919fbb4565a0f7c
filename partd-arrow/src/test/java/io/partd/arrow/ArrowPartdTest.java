package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ipc.Messages;
import io.partd.arrow.testing.SmallTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What ArrowPartd does with small, empty and wrong things. */
class ArrowPartdTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);
    private static final Schema NOTHING = new Schema(List.of());

    private final BufferAllocator allocator = new RootAllocator();
    private final Partd<Bytes> bytes = Partds.dict();
    private final ArrowPartd store = ArrowPartd.over(bytes, allocator);

    @AfterEach
    void close() {
        store.close();
        allocator.close();
    }

    private void append(String key, int from, int to) {
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(from, to, allocator)) {
            store.append(key, table);
        }
    }

    /** The numbers in a table of {@link SmallTables#numbersAndTexts}, which is closed. */
    private static List<Integer> numbers(VectorSchemaRoot table) {
        try (table) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < table.getRowCount(); i++) {
                numbers.add((Integer) table.getVector("number").getObject(i));
            }
            return numbers;
        }
    }

    private static void assertMessage(Class<? extends Throwable> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static void assertRefused(String message, Executable call) {
        assertMessage(IllegalArgumentException.class, message, call);
    }

    @Test
    void anAbsentKeyHasAnEmptySchemaAndNoColumns() throws IOException {
        assertEquals(NOTHING, store.schema("absent"));
        for (VectorSchemaRoot table : List.of(store.get("absent"), store.get("absent", "any", "column"))) {
            assertEquals(NOTHING, table.getSchema());
            assertEquals(0, table.getRowCount());
            table.close();
        }
        try (ArrowReader reader = store.reader("absent", "any")) {
            assertEquals(NOTHING, reader.getVectorSchemaRoot().getSchema());
            assertFalse(reader.loadNextBatch());
        }
        assertEquals(Set.of(), store.keys());
    }

    @Test
    void aTableWithoutColumnsAndRowsFixesNoSchema() {
        try (VectorSchemaRoot empty = VectorSchemaRoot.create(NOTHING, allocator)) {
            store.append("k", empty);
            assertEquals(Set.of("k"), store.keys());
            assertEquals(Bytes.EMPTY, bytes.get("k"));
            append("k", 0, 2);
            store.append("k", empty);
        }
        assertEquals(List.of(0, 1), numbers(store.get("k")));
    }

    @Test
    void aTableWithoutRowsFixesTheSchema() throws IOException {
        append("k", 0, 0);
        assertEquals(2, store.schema("k").getFields().size());
        assertEquals(1, Messages.types(bytes.get("k")).size(), "a schema and no batch");
        try (VectorSchemaRoot table = store.get("k");
                VectorSchemaRoot other = SmallTables.typed(0, 1, allocator);
                ArrowReader reader = store.reader("k")) {
            assertEquals(store.schema("k"), table.getSchema());
            assertEquals(0, table.getRowCount());
            assertFalse(reader.loadNextBatch());
            assertThrows(IllegalArgumentException.class, () -> store.append("k", other));
        }
        append("k", 0, 1);
        append("k", 0, 0);
        assertEquals(List.of(0), numbers(store.get("k")));
        assertEquals(2, Messages.types(bytes.get("k")).size(), "no batch for no rows");
    }

    @Test
    void rowsWithoutColumnsAreCounted() throws IOException {
        try (VectorSchemaRoot rows = new VectorSchemaRoot(NOTHING, List.of(), 3)) {
            store.append("k", rows);
            store.append("k", rows);
        }
        try (VectorSchemaRoot table = store.get("k");
                ArrowReader reader = store.reader("k")) {
            assertEquals(NOTHING, table.getSchema());
            assertEquals(6, table.getRowCount());
            assertTrue(reader.loadNextBatch());
            assertEquals(3, reader.getVectorSchemaRoot().getRowCount());
        }
        assertRefused(
                "key \"k\" cannot take this table: it holds 0 columns and is given 2: column \"number\" is not among"
                        + " those that it holds",
                () -> append("k", 0, 1));
    }

    @Test
    void headsAreTablesToo() {
        try (VectorSchemaRoot head = SmallTables.numbersAndTexts(0, 2, allocator);
                VectorSchemaRoot value = SmallTables.numbersAndTexts(10, 12, allocator);
                VectorSchemaRoot noRows = SmallTables.numbersAndTexts(0, 0, allocator);
                VectorSchemaRoot nothing = VectorSchemaRoot.create(NOTHING, allocator)) {
            assertEquals(Set.of("a"), store.append(Map.of("a", value), Map.of("a", head)));
            assertEquals(Set.of(), store.append(Map.of("a", value), Map.of("a", head)));
            assertEquals(List.of(0, 1, 10, 11, 10, 11), numbers(store.get("a")));
            assertTrue(store.putIfAbsent("b", noRows), "a schema alone fills a key");
            assertFalse(store.putIfAbsent("b", head));
            assertEquals(List.of(), numbers(store.get("b")));
            assertTrue(store.putIfAbsent("c", nothing));
            assertEquals(Set.of("c", "d"), store.putIfAbsent(Map.of("b", head, "c", head, "d", head)));
            assertEquals(Set.of("e"), store.append(Map.of("e", value), Map.of("e", nothing)));
            assertEquals(List.of(10, 11), numbers(store.get("e")));
            assertEquals(Set.of("f"), store.append(Map.of("f", nothing), Map.of("f", head)));
            assertEquals(List.of(0, 1), numbers(store.get("f")));
        }
        for (String key : List.of("a", "b", "c", "d", "e", "f")) Messages.requireOneSchema(bytes, key);
    }

    @Test
    void severalKeysAreReadAtOnceInTheOrderAskedFor() {
        append("a", 0, 1);
        append("b", 5, 7);
        List<VectorSchemaRoot> tables = store.get(List.of("b", "absent", "a", "b"));
        assertEquals(0, tables.get(1).getFieldVectors().size());
        tables.get(1).close();
        assertEquals(List.of(5, 6), numbers(tables.get(0)));
        assertEquals(List.of(0), numbers(tables.get(2)));
        assertEquals(List.of(5, 6), numbers(tables.get(3)));
    }

    @Test
    void columnsAreGivenInTheOrderAskedFor() {
        append("k", 0, 2);
        try (VectorSchemaRoot table = store.get("k", "text", "number")) {
            assertEquals(
                    List.of("text", "number"),
                    table.getSchema().getFields().stream().map(Field::getName).toList());
            assertEquals("text 1", table.getVector(0).getObject(1).toString());
            assertEquals(1, table.getVector(1).getObject(1));
        }
    }

    @Test
    void columnsThatAreNotThereOrNamedTwice() {
        append("k", 0, 2);
        List<Executable> missing = List.of(() -> store.get("k", "number", "nope"), () -> store.reader("k", "nope"));
        for (Executable call : missing) {
            assertRefused("key \"k\", layer arrow, has no column \"nope\": its columns are \"number\", \"text\"", call);
        }
        List<Executable> twice = List.of(() -> store.get("k", "text", "text"), () -> store.reader("k", "text", "text"));
        for (Executable call : twice) assertRefused("column \"text\" is named twice: name it once", call);
    }

    @Test
    void columnsOfOneName() {
        Schema twice = new Schema(List.of(Field.nullable("x", INT), Field.nullable("x", INT)));
        try (VectorSchemaRoot table = VectorSchemaRoot.create(twice, allocator)) {
            table.getFieldVectors().forEach(vector -> ((IntVector) vector).setSafe(0, 7));
            table.setRowCount(1);
            store.append("k", table);
        }
        try (VectorSchemaRoot table = store.get("k")) {
            assertEquals(2, table.getFieldVectors().size());
            assertEquals(7, ((IntVector) table.getFieldVectors().get(1)).get(0));
        }
        assertRefused("key \"k\", layer arrow, has two columns \"x\": read all columns", () -> store.get("k", "x"));
    }

    @Test
    void nullsAreRefusedByName() {
        assertMessage(NullPointerException.class, "the store is null", () -> ArrowPartd.over(null, allocator));
        assertMessage(NullPointerException.class, "the allocator is null", () -> ArrowPartd.over(bytes, null));
        assertThrows(NullPointerException.class, () -> ArrowPartd.over(bytes, allocator, null));
        Map<String, VectorSchemaRoot> nullTable = new HashMap<>();
        nullTable.put("the key", null);
        assertMessage(
                NullPointerException.class,
                "the table of key \"the key\" in values is null",
                () -> store.append(nullTable));
        assertMessage(
                NullPointerException.class,
                "the table of key \"the key\" in heads is null",
                () -> store.putIfAbsent(nullTable));
        assertMessage(
                NullPointerException.class,
                "the table is null",
                () -> store.append("k", (VectorSchemaRoot) null, new MapDictionaryProvider()));
        append("k", 0, 1);
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 1, allocator)) {
            List<Executable> calls = List.of(
                    () -> store.append((String) null, table),
                    () -> store.append(null, table, new MapDictionaryProvider()),
                    () -> store.append(table, (Partitioner) null),
                    () -> store.append((VectorSchemaRoot) null, Partitioner.values("number")),
                    () -> store.append("k", (ArrowReader) null),
                    () -> store.append((ArrowReader) null, Partitioner.values("number")),
                    () -> store.get("k", (String[]) null),
                    () -> store.get("k", "number", null),
                    () -> store.get(Arrays.asList("k", null)),
                    () -> store.reader(null),
                    () -> store.reader("k", (String) null),
                    () -> store.schema(null));
            for (Executable call : calls) assertThrows(NullPointerException.class, call);
        }
        assertEquals(Set.of("k"), store.keys());
        assertEquals(List.of(0), numbers(store.get("k")));
    }

    @Test
    void dictionariesThatAreNotGivenAreRefused() {
        DictionaryEncoding encoding = new DictionaryEncoding(5, false, new ArrowType.Int(32, true));
        Schema encoded = new Schema(List.of(new Field("x", new FieldType(true, INT, encoding), null)));
        try (VectorSchemaRoot entries = SmallTables.numbersAndTexts(0, 3, allocator);
                VectorSchemaRoot table = VectorSchemaRoot.create(encoded, allocator)) {
            ((IntVector) table.getVector(0)).setSafe(0, 2);
            table.setRowCount(1);
            MapDictionaryProvider provider =
                    new MapDictionaryProvider(new Dictionary(entries.getVector("text"), encoding));
            String message = "column \"x\" is encoded with dictionary 5, which is not given: pass a DictionaryProvider"
                    + " that has it, or append the ArrowReader that the table comes from";
            assertRefused(message, () -> store.append("k", table));
            assertRefused(message, () -> store.append("k", table, new MapDictionaryProvider()));
            assertRefused(message, () -> store.append(table, Partitioner.values("x")));
            assertRefused(message, () -> store.putIfAbsent("k", table));
            assertEquals(Set.of(), store.keys());
            store.append("k", table, provider);
            try (VectorSchemaRoot decoded = store.get("k")) {
                assertEquals("text 2", decoded.getVector(0).getObject(0).toString());
            }
            try (VectorSchemaRoot plain = SmallTables.typed(1, 1, allocator)) {
                assertRefused(
                        "key \"k\" cannot take this table: column \"x\" holds Utf8 encoded as Int(32, true) and is given"
                                + " Utf8",
                        () -> store.append("k", plain));
            }
        }
    }

    @Test
    void aRowCountThatDoesNotFitIsRefused() {
        try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 3, allocator)) {
            table.getVector("text").setValueCount(2);
            assertRefused(
                    "column \"text\" (Utf8) has 2 values, and the table 3 rows: set the row count",
                    () -> store.append("k", table));
        }
        assertEquals(Set.of(), store.keys());
    }

    @Test
    void metadataSurvives() {
        Field noted = new Field("x", new FieldType(true, INT, null, Map.of("unit", "m", "é", "")), List.of());
        Schema schema = new Schema(List.of(noted, Field.nullable("y", INT)), Map.of("from", "a test"));
        try (VectorSchemaRoot table = VectorSchemaRoot.create(schema, allocator)) {
            store.append("k", table);
        }
        assertEquals(schema, store.schema("k"));
        try (VectorSchemaRoot all = store.get("k");
                VectorSchemaRoot some = store.get("k", "x")) {
            assertEquals(schema, all.getSchema());
            assertEquals(new Schema(List.of(noted), schema.getCustomMetadata()), some.getSchema());
        }
    }
}
