package io.partd.cli.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares exported flights with what DuckDB itself makes of the file they came from. */
public final class Flights {
    private static final String COLUMNS = "date, delay, distance, origin, destination";

    private Flights() {}

    /** Checks that the files of a directory, one for each origin, hold its rows in the order of the source. */
    public static void assertGrouped(Path source, Path directory) throws SQLException {
        String expected = "SELECT origin || '.parquet' AS file,"
                + " row_number() OVER (PARTITION BY origin ORDER BY file_row_number) - 1 AS row, " + COLUMNS
                + " FROM read_parquet('" + source + "', file_row_number = true)";
        String actual = "SELECT parse_filename(filename) AS file, file_row_number AS row, " + COLUMNS
                + " FROM read_parquet('" + directory + "/*.parquet', file_row_number = true, filename = true)";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE expected AS " + expected);
            statement.execute("CREATE TABLE actual AS " + actual);
            assertTrue(count(statement, "expected") > 0);
            assertEquals(count(statement, "expected"), count(statement, "actual"));
            assertEquals(0, count(statement, "(FROM expected EXCEPT ALL FROM actual)"));
            assertEquals(0, count(statement, "(FROM actual EXCEPT ALL FROM expected)"));
        }
    }

    /** Checks that two queries give the same rows in the same order. */
    public static void assertSameRows(String expected, String actual) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement one = connection.createStatement();
                Statement two = connection.createStatement();
                ResultSet mine = one.executeQuery(expected);
                ResultSet theirs = two.executeQuery(actual)) {
            int columns = mine.getMetaData().getColumnCount();
            assertEquals(columns, theirs.getMetaData().getColumnCount());
            int row = 0;
            for (; mine.next(); row++) {
                assertTrue(theirs.next(), "there are only " + row + " rows");
                for (int i = 1; i <= columns; i++) assertEquals(mine.getString(i), theirs.getString(i), "row " + row);
            }
            assertTrue(!theirs.next() && row > 0, row + " rows expected");
        }
    }

    private static long count(Statement statement, String table) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }
}
