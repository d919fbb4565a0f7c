package io.partd.tablesaw.testing;

import io.partd.tablesaw.ArrowTables;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Comparison of tables, which Tablesaw has none for, and their way to Arrow and back. */
public final class Tables {
    private Tables() {}

    /** Requires equal names, types, order and values, and that what is missing is missing in both. */
    public static void assertSame(Table expected, Table actual, String what) {
        assertEquals(expected.name(), actual.name(), what + ": name");
        assertEquals(expected.columnNames(), actual.columnNames(), what + ": columns");
        assertEquals(types(expected), types(actual), what + ": types");
        assertEquals(expected.rowCount(), actual.rowCount(), what + ": rows");
        for (int i = 0; i < expected.columnCount(); i++) assertSame(expected.column(i), actual.column(i), what);
    }

    public static void assertSame(Column<?> expected, Column<?> actual, String what) {
        String name = what + ": column " + expected.name();
        assertEquals(expected.size(), actual.size(), name);
        assertEquals(expected.countMissing(), actual.countMissing(), name + ": missing");
        for (int row = 0; row < expected.size(); row++) {
            assertEquals(expected.isMissing(row), actual.isMissing(row), name + " row " + row + ": missing");
            assertEquals(expected.get(row), actual.get(row), name + " row " + row);
        }
        assertEquals(expected.countUnique(), actual.countUnique(), name + ": different values");
    }

    private static List<String> types(Table table) {
        return table.columns().stream().map(column -> column.type().name()).toList();
    }

    /** What becomes of a table that goes to Arrow and back. */
    public static Table there(Table table) {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = ArrowTables.toArrow(table, allocator)) {
            return ArrowTables.toTable(root);
        }
    }
}
