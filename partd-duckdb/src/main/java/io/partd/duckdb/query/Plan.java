package io.partd.duckdb.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A statement in which each scan has a name of its own, and what the scans read.
 *
 * @param asked the statement as it was asked
 */
public record Plan(String asked, String sql, List<PlannedScan> scans, List<ResultColumn> columns) {
    /** A column of what the statement gives, and DuckDB's name of its type. */
    public record ResultColumn(String name, String type) {}

    /**
     * A scan of a table.
     *
     * @param name what the statement calls it
     * @param table what it was registered as
     * @param columns which the statement uses, at least one
     * @param types DuckDB's names of the types of all columns, in the order of the source's schema
     * @param chosen the only keys that can have rows that count, where that is known
     * @param repeated whether it may be read more than once
     */
    public record PlannedScan(
            String name,
            String table,
            Source source,
            List<String> columns,
            List<String> types,
            Optional<Set<String>> chosen,
            boolean repeated) {
        /** The keys that are read, of those that there are now. */
        public List<String> keys() {
            List<String> all = source.keys();
            return chosen.map(some -> all.stream().filter(some::contains).toList())
                    .orElse(all);
        }
    }
}
