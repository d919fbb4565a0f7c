package io.partd.duckdb.keys;

import io.partd.duckdb.engine.Sql;

/**
 * What rows are sorted by.
 *
 * @param name the column's name
 * @param descending whether the largest value comes first; nulls come last either way
 */
public record SortColumn(String name, boolean descending) {
    String sql() {
        return Sql.identifier(name) + (descending ? " DESC" : " ASC") + " NULLS LAST";
    }
}
