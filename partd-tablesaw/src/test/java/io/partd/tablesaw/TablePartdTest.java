package io.partd.tablesaw;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.tablesaw.testing.Tables;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a store of tables promises beyond the contract: names, differences, other writers, streams. */
class TablePartdTest {
    private final Partd<Bytes> below = dict();
    private final TablePartd store = TablePartd.over(below);

    @AfterEach
    void nothingLeaks() {
        store.close();
        assertEquals(0, ArrowPartd.sharedAllocator().getAllocatedMemory());
    }

    private static Table ab(String name, int a, String b) {
        return Table.create(name, IntColumn.create("a", new int[] {a}), StringColumn.create("b", b));
    }

    @Test
    void aKeyHasTheNameOfItsFirstTable() {
        store.append("k", ab("first", 1, "x"));
        store.append("k", ab("second", 2, "y"));
        store.append("unnamed", ab(null, 1, "x"));
        store.append("unnamed", ab("late", 1, "x"));
        assertEquals("first", store.get("k").name());
        assertEquals("unnamed", store.get("unnamed").name());
        assertEquals("absent", store.get("absent").name());
        assertEquals(0, store.get("absent").columnCount());
        assertEquals(
                List.of("first", "first"), store.stream("k").map(Table::name).toList());
        assertEquals("first", store.get("k", "b").name());
    }

    private void refused(String message, Table table) {
        var refused = assertThrows(IllegalArgumentException.class, () -> store.append("k", table));
        assertEquals(message, refused.getMessage());
        var parted = assertThrows(IllegalArgumentException.class, () -> store.append(table, Partitioner.values("key")));
        assertTrue(parted.getMessage().startsWith(message), parted.getMessage());
    }

    @Test
    void otherColumnsAreRefusedAndSaidHow() {
        StringColumn key = StringColumn.create("key", "k");
        Table table = Table.create(IntColumn.create("a", 1), key);
        store.append(table, Partitioner.values("key"));
        DoubleColumn doubles = DoubleColumn.create("a", 1.0);
        refused(
                "key \"k\" holds the columns [a, key] and is given them in another order, [key, a]: put them in order"
                        + " with reorderColumns",
                table.reorderColumns("key", "a"));
        refused(
                "key \"k\" holds the columns [a, key] and is given others: [a] missing, [A] more",
                Table.create(IntColumn.create("A", 1), key));
        refused("key \"k\" holds the columns [a, key] and is given others: [a] missing", Table.create(key));
        refused(
                "key \"k\" holds the columns [a, key] and is given others: [c] more",
                Table.create(IntColumn.create("a", 1), key, IntColumn.create("c", 1)));
        refused(
                "key \"k\" holds column \"a\" as INTEGER (Arrow's Int(32, true)) and is given DOUBLE (Arrow's"
                        + " FloatingPoint(DOUBLE))",
                Table.create(doubles, key));
        assertEquals(1, store.get("k").rowCount(), "nothing was written");
    }

    @Test
    void errorsThatAreNotOfColumnsStayWhatTheyAre() {
        store.append("k", ab(null, 1, "x"));
        var column = assertThrows(
                IllegalArgumentException.class, () -> store.append(ab(null, 1, "x"), Partitioner.values("z")));
        assertTrue(column.getMessage().contains("\"z\""), column.getMessage());
        assertThrows(IllegalArgumentException.class, () -> store.get("k", "z"));
        assertThrows(IllegalArgumentException.class, () -> store.stream("k", "z"));
        assertThrows(NullPointerException.class, () -> store.append((Table) null, Partitioner.values("a")));
        Table broken = ab(null, 1, "\ud800");
        var text = assertThrows(IllegalArgumentException.class, () -> store.append("k", broken));
        assertEquals(
                "the table of key \"k\": column \"b\", row 0: its text has a lone surrogate, which UTF-8 has no bytes"
                        + " for",
                text.getMessage());
        assertEquals(1, store.get("k").rowCount());
    }

    @Test
    void tablesWithoutRowsFixTheColumns() {
        store.append("k", ab("t", 1, "x").emptyCopy());
        Table none = store.get("k");
        assertEquals(List.of("a", "b"), none.columnNames());
        assertEquals(0, none.rowCount());
        assertThrows(IllegalArgumentException.class, () -> store.append("k", Table.create(IntColumn.create("b"))));
        store.append("e", Table.create("forgotten"));
        assertEquals(new TreeSet<>(Set.of("e", "k")), store.keys());
        assertEquals("e", store.get("e").name());
    }

    @Test
    void headsAreTablesToo() {
        Map<String, Table> value = Map.of("k", ab(null, 2, "y"));
        assertEquals(Set.of("k"), store.append(value, Map.of("k", ab("head", 1, "x"))));
        assertEquals(Set.of(), store.append(value, Map.of("k", ab("head", 1, "x"))));
        assertEquals(List.of(1, 2, 2), List.of(store.get("k").intColumn("a").asObjectArray()));
    }

    @Test
    void itSaysWhatItIs() {
        assertEquals("table(" + below + ")", store.toString());
        long before = store.removals();
        store.append("k", ab(null, 1, "x"));
        store.delete("k");
        assertTrue(store.removals() != before);
    }

    @Test
    void stagedTablesAreSeenByReads() {
        try (TablePartd staged = TablePartd.over(dict(), ArrowOptions.defaults().withStageBytes(1 << 20))) {
            for (int i = 0; i < 10; i++) staged.append("k", ab("s", i, "x" + i));
            assertEquals(10, staged.get("k").rowCount());
            assertEquals("s", staged.get("k").name());
        }
    }

    @Test
    void otherColumnsAreRefusedAlsoWhenTheyWouldBeStaged() {
        try (TablePartd staged = TablePartd.over(dict(), ArrowOptions.defaults().withStageBytes(1 << 20))) {
            staged.append("k", ab("s", 1, "x"));
            Table other = Table.create(DoubleColumn.create("a", 1.0), StringColumn.create("b", "x"));
            var refused = assertThrows(IllegalArgumentException.class, () -> staged.append("k", other));
            assertTrue(refused.getMessage().startsWith("key \"k\" holds column \"a\" as INTEGER"), refused::getMessage);
            assertEquals(1, staged.get("k").rowCount());
        }
    }

    /** Tables can hold missing values at any time, where others may have said that there are none. */
    @Test
    void columnsThatMayHaveNoNullsAreRefused() {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(
                        new Schema(List.of(Field.notNullable("a", new ArrowType.Int(32, true)))), allocator);
                ArrowPartd arrow = ArrowPartd.over(below, allocator)) {
            root.allocateNew();
            arrow.append("k", root);
            Table table = store.get("k");
            assertEquals(0, table.rowCount());
            var refused = assertThrows(IllegalArgumentException.class, () -> store.append("k", table));
            assertEquals(
                    "key \"k\" holds column \"a\" as INTEGER (Arrow's Int(32, true)) without nulls, where a table may"
                            + " have missing values",
                    refused.getMessage());
        }
    }

    @Test
    void aStreamIsAsOfItsCallAndGivesItsMemoryBack() {
        for (int i = 0; i < 5; i++) store.append("k", ab("t", i, "x" + i));
        Stream<Table> stream = store.stream("k", "b");
        store.append("k", ab("t", 9, "late"));
        store.delete("k");
        List<String> texts = new ArrayList<>();
        Iterator<Table> tables = stream.iterator();
        while (tables.hasNext()) {
            Table table = tables.next();
            assertEquals(List.of("b"), table.columnNames());
            texts.addAll(table.stringColumn("b").asList());
        }
        assertEquals(List.of("x0", "x1", "x2", "x3", "x4"), texts);
        assertEquals(0, ArrowPartd.sharedAllocator().getAllocatedMemory(), "it ended");
        stream.close();
    }

    @Test
    void aStreamThatIsClosedEarlyEndsThere() {
        for (int i = 0; i < 5; i++) store.append("k", ab("t", i, "x" + i));
        Iterator<Table> tables;
        try (Stream<Table> stream = store.stream("k")) {
            tables = stream.iterator();
            assertEquals(1, tables.next().rowCount());
        }
        assertEquals(0, ArrowPartd.sharedAllocator().getAllocatedMemory());
        assertFalse(tables.hasNext());
        try (Stream<Table> none = store.stream("absent")) {
            assertEquals(0, none.count());
        }
    }

    /** Writes times of microseconds and dictionary-encoded texts, as other writers may. */
    private void writeAsOthers(BufferAllocator allocator) {
        FieldType encoded = new FieldType(
                true, new ArrowType.Int(8, true), new DictionaryEncoding(7, false, new ArrowType.Int(8, true)));
        try (VarCharVector entries = new VarCharVector("e", allocator);
                TimeStampMicroVector times = new TimeStampMicroVector("time", allocator);
                TinyIntVector codes = (TinyIntVector) encoded.createNewSingleVector("code", allocator, null);
                ArrowPartd arrow = ArrowPartd.over(below, allocator)) {
            entries.setSafe(0, "zero".getBytes(StandardCharsets.UTF_8));
            entries.setSafe(1, "one".getBytes(StandardCharsets.UTF_8));
            entries.setValueCount(2);
            for (int i = 0; i < 3; i++) {
                times.setSafe(i, 1_000L * i + i / 2);
                if (i != 1) codes.setSafe(i, i / 2);
            }
            times.setValueCount(3);
            codes.setValueCount(3);
            List<FieldVector> vectors = List.of(times, codes);
            DictionaryProvider.MapDictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(new Dictionary(entries, encoded.getDictionary()));
            arrow.append("k", new VectorSchemaRoot(vectors), provider);
            arrow.append("k", new VectorSchemaRoot(vectors), provider);
            checkOthers();
        }
    }

    private void checkOthers() {
        List<String> codes = List.of("zero", "", "one", "zero", "", "one");
        assertEquals(codes, store.get("k", "code").stringColumn(0).asList());
        assertEquals(
                codes,
                store.stream("k", "code")
                        .flatMap(table -> table.stringColumn(0).asList().stream())
                        .toList());
        String begin = "key \"k\", column \"time\", row 2: the time has microseconds";
        for (Runnable read : List.<Runnable>of(
                () -> store.get("k"),
                () -> store.get(List.of("k")),
                () -> store.stream("k").count())) {
            var refused = assertThrows(IllegalArgumentException.class, read::run);
            assertEquals(begin, refused.getMessage().substring(0, begin.length()));
        }
        TablePartd cutting = TablePartd.over(below, ArrowOptions.defaults(), SubMillis.TRUNCATE);
        assertEquals(
                LocalDateTime.parse("1970-01-01T00:00:00.002"),
                cutting.get("k").dateTimeColumn("time").get(5));
        Table more = cutting.get("k");
        var refused = assertThrows(IllegalArgumentException.class, () -> cutting.append("k", more));
        assertEquals(
                "key \"k\" holds column \"time\" as Arrow's Timestamp(MICROSECOND, null) and is given LOCAL_DATE_TIME"
                        + " (Arrow's Timestamp(MILLISECOND, null))",
                refused.getMessage());
    }

    @Test
    void whatOthersWroteIsReadOrRefused() {
        try (BufferAllocator allocator = new RootAllocator()) {
            writeAsOthers(allocator);
        }
    }

    @Test
    void whatItWritesOthersRead() {
        store.append("k", ab("t", 1, "x"));
        store.append("k", ab("t", 2, ""));
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = ArrowPartd.over(below, allocator).get("k")) {
            assertEquals("t", root.getSchema().getCustomMetadata().get("tablesaw.name"));
            assertEquals(2, root.getVector("a").getObject(1));
            assertTrue(root.getVector("b").isNull(1));
            Tables.assertSame(store.get("k"), ArrowTables.toTable(root), "k");
        }
    }

    @Test
    void manyKeysAreReadInTheOrderAskedFor() {
        for (int i = 0; i < 10; i++) store.append("k" + i, ab(null, i, "x"));
        List<String> keys = Arrays.asList("k7", "k0", "absent", "k7");
        assertEquals(keys, store.get(keys).stream().map(Table::name).toList());
        assertEquals(
                List.of(1, 1, 0, 1),
                store.get(keys).stream().map(Table::rowCount).toList());
    }
}
