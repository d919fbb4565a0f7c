package io.partd.tablesaw;

import io.partd.tablesaw.testing.ArrowValue;
import io.partd.tablesaw.testing.EveryType;
import io.partd.tablesaw.testing.Tables;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables of every type go to Arrow and back; what cannot is refused. */
class TypesTest {
    @ParameterizedTest
    @EnumSource
    void valuesAtTheEdgesStayWhatTheyAre(EveryType type) {
        Table table = Table.create("edges", type.edgeColumn("c"));
        Tables.assertSame(table, Tables.there(table), type.name());
    }

    @ParameterizedTest
    @EnumSource
    void arrowSeesTheSameValuesAndNulls(EveryType type) {
        Column<?> column = type.edgeColumn("c");
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = ArrowTables.toArrow(Table.create(column), allocator)) {
            FieldVector vector = root.getVector(0);
            assertEquals(type.edges().size(), vector.getNullCount());
            for (int i = 0; i < column.size(); i++) assertEquals(i % 2 == 1, vector.isNull(i));
            for (int i = 0; i < column.size(); i += 2) {
                assertEquals(ArrowValue.of(column.get(i)), ArrowValue.text(vector, i), "row " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesWithoutRowsKeepTheirColumns(EveryType type) {
        Table table = Table.create("none", type.empty("c"), type.empty("d"));
        Table back = Tables.there(table);
        Tables.assertSame(table, back, type.name());
        back.column(0).appendMissing();
        assertEquals(1, back.column(0).size(), "the column can grow");
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatAreMissingAllTheWayStayMissing(EveryType type) {
        for (int rows : new int[] {1, 63, 64, 65, 1_000}) {
            Column<?> column = type.empty("c");
            for (int i = 0; i < rows; i++) column.appendMissing();
            Tables.assertSame(Table.create(column), Tables.there(Table.create(column)), type + " " + rows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatWereReadCanBeChanged(EveryType type) {
        Table table = Table.create(type.edgeColumn("c"));
        Table back = Tables.there(table);
        back.append(table);
        table.append(table.copy());
        Tables.assertSame(table, back, type.name());
        back.column(0).setMissing(0);
        assertTrue(back.column(0).isMissing(0));
    }

    @Test
    void tablesWithoutColumnsAndOddNamesStay() {
        Tables.assertSame(Table.create(), Tables.there(Table.create()), "nothing");
        Table table =
                Table.create("", IntColumn.create(""), IntColumn.create("a b"), IntColumn.create("\ud83d\ude00\n\""));
        Tables.assertSame(table, Tables.there(table), "names");
        assertNull(Tables.there(Table.create(IntColumn.create("a"))).name());
    }

    /** What Tablesaw itself cannot tell apart comes back as missing. */
    @Test
    void emptyStringsAndNanAreMissing() {
        StringColumn texts = StringColumn.create("t", "", "a", null);
        DoubleColumn doubles = DoubleColumn.create("d", Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L), 1);
        FloatColumn floats = FloatColumn.create("f", Float.NaN, 2, Float.intBitsToFloat(0xffc00001));
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = ArrowTables.toArrow(Table.create(texts, doubles, floats), allocator)) {
            assertEquals(
                    List.of(2, 2, 2),
                    root.getFieldVectors().stream()
                            .map(FieldVector::getNullCount)
                            .toList());
            Table back = ArrowTables.toTable(root);
            assertEquals(List.of("", "a", ""), back.stringColumn("t").asList());
            assertTrue(back.column("t").isMissing(0) && back.column("t").isMissing(2));
            assertTrue(back.column("d").isMissing(0) && back.column("d").isMissing(1));
            assertTrue(back.column("f").isMissing(0) && back.column("f").isMissing(2));
        }
    }

    private static void refused(String message, Column<?>... columns) {
        Table table = Table.create("t");
        for (Column<?> column : columns) table.internalAddWithoutValidation(column);
        try (BufferAllocator allocator = new RootAllocator()) {
            var refused = assertThrows(IllegalArgumentException.class, () -> ArrowTables.toArrow(table, allocator));
            assertEquals(message, refused.getMessage());
            assertEquals(0, allocator.getAllocatedMemory());
        }
    }

    @Test
    void whatIsNoTextDateOrTimeIsRefused() {
        String surrogate = "column \"c\", row 2: its text has a lone surrogate, which UTF-8 has no bytes for";
        IntColumn before = IntColumn.create("before", 3);
        refused(surrogate, before, StringColumn.create("c", "a", "b", "x\ud83d"));
        refused(surrogate, before, StringColumn.create("c", "a", "b", "\ude00x"));
        refused(
                "column \"c\", row 1: 0x7e40d01 is not a packed date of Tablesaw",
                DateColumn.createInternal("c", new int[] {2020 << 16 | 2 << 8 | 29, 2020 << 16 | 13 << 8 | 1}));
        refused(
                "column \"c\", row 0: 0x7e5021d is not a packed date of Tablesaw",
                DateColumn.createInternal("c", new int[] {2021 << 16 | 2 << 8 | 29}));
        refused(
                "column \"c\", row 0: 0x18000000 is not a packed time of Tablesaw",
                TimeColumn.createInternal("c", new int[] {24 << 24}));
        refused(
                "column \"c\", row 0: 0x7e50101173c0000 is not a packed date-time of Tablesaw",
                DateTimeColumn.createInternal(
                        "c", new long[] {(2021L << 16 | 1 << 8 | 1) << 32 | 23 << 24 | 60 << 16}));
    }

    @Test
    void namesThatTablesawComparesEqualAreRefused() {
        refused(
                "columns \"Ab\" and \"aB\" differ only in case, which a Tablesaw table cannot hold: rename one, or leave"
                        + " it out",
                IntColumn.create("Ab"),
                IntColumn.create("aB"));
        refused(
                "columns \"a\" and \"a\" have one name, which a Tablesaw table cannot hold: rename one, or leave it out",
                IntColumn.create("a"),
                IntColumn.create("a"));
        refused(
                "column \"\ud83d\" has a lone surrogate in its name: rename it",
                IntColumn.create("b"),
                IntColumn.create("\ud83d"));
    }

    @Test
    void columnsOfOtherLengthsAreRefused() {
        refused(
                "column \"b\" has 1 values, and the table 2 rows",
                IntColumn.create("a", 1, 2),
                BooleanColumn.create("b", true));
    }

    @Test
    void theColumnThatWasReadSharesNothing() {
        IntColumn column = IntColumn.create("a", 1, 2, 3);
        Table back = Tables.there(Table.create(column));
        column.set(0, 9);
        assertEquals(1, back.intColumn("a").get(0));
        assertFalse(back.column("a").isMissing(1));
    }
}
