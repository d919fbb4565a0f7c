package io.partd.duckdb;

import io.partd.text.Text;
import java.util.List;

/**
 * What a statement reads: an entry for each time that a table is read. Its text is a line for each.
 *
 * @param scans in the order in which the statement names the tables; files that DuckDB reads itself are not among them
 */
public record Explanation(List<Scan> scans) {
    /**
     * One reading of a table.
     *
     * @param table its name
     * @param keys how many of the keys are read; 1 of 1 for a table that has none
     * @param allKeys how many keys the store has
     * @param columns the columns that are read
     * @param allColumns how many columns the table has
     * @param bytes how many bytes these columns take under these keys, as they are stored
     */
    public record Scan(String table, int keys, int allKeys, List<String> columns, int allColumns, long bytes) {
        /** Copies the list. */
        public Scan {
            columns = List.copyOf(columns);
        }

        @Override
        public String toString() {
            return table + ": " + Text.count(keys) + " of " + Text.count(allKeys, "key") + ", " + columns.size()
                    + " of " + Text.count(allColumns, "column") + " (" + String.join(", ", columns) + "), "
                    + Text.bytes(bytes);
        }
    }

    /** Copies the list. */
    public Explanation {
        scans = List.copyOf(scans);
    }

    @Override
    public String toString() {
        return String.join("\n", scans.stream().map(Scan::toString).toList());
    }
}
