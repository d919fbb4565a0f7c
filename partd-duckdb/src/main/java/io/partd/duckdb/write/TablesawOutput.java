package io.partd.duckdb.write;

import io.partd.tablesaw.ArrowTables;
import io.partd.tablesaw.SubMillis;
import java.util.Locale;
import org.apache.arrow.vector.VectorSchemaRoot;
import tech.tablesaw.api.Table;

/** What statements give as Tablesaw's tables. */
public final class TablesawOutput {
    private TablesawOutput() {}

    /** The type that values of a type of DuckDB's become on their way, or an empty text where they stay as they are. */
    public static String type(String type) {
        String name = type.toUpperCase(Locale.ROOT);
        if (name.startsWith("DECIMAL")) return "DOUBLE";
        if (name.startsWith("ENUM")) return "VARCHAR";
        return switch (name) {
            case "HUGEINT", "UHUGEINT", "UBIGINT", "BIGNUM" -> "BIGINT";
            case "UUID", "BIT" -> "VARCHAR";
            case "TIMESTAMP_NS" -> "TIMESTAMP";
            default -> "";
        };
    }

    public static Table table(VectorSchemaRoot root) {
        return ArrowTables.toTable(root, null, SubMillis.TRUNCATE);
    }
}
