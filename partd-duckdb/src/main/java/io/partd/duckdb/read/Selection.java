package io.partd.duckdb.read;

import io.partd.duckdb.engine.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows and columns are read.
 *
 * @param columns columns, expressions with or without {@code AS}, and {@code *}; none for all
 * @param keys the columns, or expressions, that rows are split by
 * @param where a condition of SQL
 */
public record Selection(List<String> columns, List<String> keys, Optional<String> where) {
    private static final String ALL = "*";

    /** Whether it says more than which of these columns are read. */
    boolean needsSql(Collection<String> there) {
        return where.isPresent() || items().stream().anyMatch(item -> !item.equals(ALL) && !there.contains(item));
    }

    /** The columns that it names, where they are all that it does; empty if they are all that there are. */
    List<String> names() {
        return items().contains(ALL) ? List.of() : items();
    }

    /** The columns and those of the keys, each once. */
    private List<String> items() {
        Set<String> all = new LinkedHashSet<>(columns.isEmpty() ? List.of(ALL) : columns);
        all.addAll(keys);
        return List.copyOf(all);
    }

    /**
     * The statement over a table with these columns.
     *
     * @throws IllegalArgumentException if a column is not there, or what is no column is no expression
     */
    String sql(Connection connection, String table, Collection<String> there) throws SQLException {
        return sql(connection, table, there, items());
    }

    /** The same of the keys alone. */
    String keysSql(Connection connection, String table, Collection<String> there) throws SQLException {
        return sql(connection, table, there, keys);
    }

    private String sql(Connection connection, String table, Collection<String> there, List<String> items)
            throws SQLException {
        List<String> parts = new ArrayList<>();
        boolean all = items.contains(ALL);
        for (String item : items) {
            if (item.equals(ALL)) parts.add(ALL);
            else if (!there.contains(item)) parts.add(expression(connection, item, there));
            else if (!all) parts.add(Sql.identifier(Columns.require(there, item)));
        }
        String rows = where.isEmpty() ? "" : " WHERE " + Expressions.condition(connection, where.get());
        return "SELECT " + String.join(", ", parts) + " FROM " + table + rows;
    }

    private static String expression(Connection connection, String item, Collection<String> there) throws SQLException {
        return Expressions.column(connection, item).orElseThrow(() -> Columns.missing(there, item));
    }
}
