package io.partd.cli.common;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** DuckDB in this process, which reads and writes the files that are not Arrow's. */
public final class DuckDb {
    private DuckDb() {}

    /** A connection to a database of its own, whose results come piece by piece. */
    public static Connection connect(Memory memory) throws SQLException {
        return connect(memory, true);
    }

    /** Makes DuckDB count how far a query is, and not print it. */
    public static void countProgress(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_progress_bar = true");
            statement.execute("SET enable_progress_bar_print = false");
        }
    }

    /** Runs a query to its end, and forgets what it gives. */
    public static void run(String query, Memory memory) throws SQLException {
        try (Connection connection = connect(memory, false);
                Statement statement = connection.createStatement()) {
            statement.execute(query);
        }
    }

    private static Connection connect(Memory memory, boolean inPieces) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", String.valueOf(inPieces));
        settings.setProperty("memory_limit", memory.forDuckDb() + "B");
        settings.setProperty("threads", String.valueOf(memory.threads()));
        settings.setProperty("temp_directory", System.getProperty("java.io.tmpdir") + "/partd-duckdb");
        // What a command needs is built in: nothing is fetched from the network.
        settings.setProperty("autoinstall_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /**
     * A call of a function that reads files.
     *
     * @param options more of them, each with a comma before it
     */
    public static String read(String function, List<Path> files, String options) {
        return function + "(" + list(files) + ", hive_partitioning = false" + options + ")";
    }

    private static String list(List<Path> files) {
        return files.stream().map(file -> literal(escape(file.toString()))).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A file's name such that it is no glob. */
    private static String escape(String name) {
        return name.replaceAll("[\\[*?]", "[$0]");
    }

    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    public static String columns(Collection<String> names) {
        return names.isEmpty() ? "*" : names.stream().map(DuckDb::identifier).collect(Collectors.joining(", "));
    }

    /** All columns, these cast. */
    public static String asBigint(Collection<String> names) {
        return names.stream()
                .map(DuckDb::identifier)
                .map(name -> "CAST(" + name + " AS BIGINT) AS " + name)
                .collect(Collectors.joining(", ", "* REPLACE (", ")"));
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
