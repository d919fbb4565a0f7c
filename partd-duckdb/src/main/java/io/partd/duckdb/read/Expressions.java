package io.partd.duckdb.read;

import io.partd.duckdb.engine.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Pieces of SQL that users give. Each is one expression, as DuckDB's own parser says, and cannot end the statement
 * around it.
 */
final class Expressions {
    private static final String PARTS =
            "SELECT j->>'$.error_message', json_array_length(j, '$.statements'), json_array_length(j, '$.statements[0].node.select_list'),"
                    + " j->>'$.statements[0].node.from_table.type', j->>'$.statements[0].node.select_list[0].class',"
                    + " j->>'$.statements[0].node.select_list[0].alias' FROM (SELECT json_serialize_sql(?) AS j)";

    private Expressions() {}

    /** An expression in a statement. A comment at its end does not hide what follows. */
    private static String embedded(String expression) {
        return "(" + expression + "\n)";
    }

    /**
     * The column that a text computes, named by it or by what it says with {@code AS}; empty where it names a column or
     * is no expression at all.
     */
    static Optional<String> column(Connection connection, String text) throws SQLException {
        Parsed parsed = parse(connection, text);
        if (!parsed.isOne(connection, text) || parsed.kind.equals("COLUMN_REF") || parsed.kind.equals("STAR"))
            return Optional.empty();
        return Optional.of(parsed.alias.isEmpty() ? embedded(text) + " AS " + Sql.identifier(text) : text + "\n");
    }

    /**
     * A condition as a statement has it.
     *
     * @throws IllegalArgumentException if it is no expression, saying why
     */
    static String condition(Connection connection, String text) throws SQLException {
        Parsed parsed = parse(connection, text);
        if (parsed.alias.isEmpty() && parsed.isOne(connection, text)) return embedded(text);
        throw new IllegalArgumentException(
                "'" + text + "' is no condition of SQL" + (parsed.error.isEmpty() ? "" : ": " + parsed.error));
    }

    private record Parsed(String error, int statements, int columns, String from, String kind, String alias) {
        /** Whether it is one expression: it can stand in brackets, and does not need them. */
        boolean isOne(Connection connection, String text) throws SQLException {
            return isOne()
                    && (!alias.isEmpty() || parse(connection, embedded(text)).isOne());
        }

        private boolean isOne() {
            return error.isEmpty() && statements == 1 && columns == 1 && from.equals("EMPTY");
        }
    }

    private static Parsed parse(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PARTS)) {
            statement.setString(1, "SELECT " + text);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return new Parsed(
                        text(found, 1),
                        found.getInt(2),
                        found.getInt(3),
                        text(found, 4),
                        text(found, 5),
                        text(found, 6));
            }
        }
    }

    private static String text(ResultSet found, int column) throws SQLException {
        String text = found.getString(column);
        return text == null ? "" : text;
    }
}
