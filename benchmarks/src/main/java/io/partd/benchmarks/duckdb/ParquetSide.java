package io.partd.benchmarks.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Plain DuckDB over the Parquet files, with the memory given and two threads. */
final class ParquetSide implements AutoCloseable {
    private final SpeedData data;
    private final Path out;
    private final Connection connection;

    /** @param out a directory for what is written, and for what does not fit into memory */
    ParquetSide(SpeedData data, Path out, long memory) throws SQLException {
        this.data = data;
        this.out = out;
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memory + "B");
        settings.setProperty("threads", "2");
        settings.setProperty("temp_directory", out.resolve("temporary").toString());
        // Which it advises itself where memory is short; stores do not keep an order across keys either.
        settings.setProperty("preserve_insertion_order", "false");
        connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /** What a statement gives, over Parquet files as its tables. */
    String row(List<String> tables, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            define(statement, tables);
            return onlyRow(statement, sql);
        }
    }

    private void define(Statement statement, List<String> tables) throws SQLException {
        for (String table : tables) {
            statement.execute("CREATE VIEW \"" + table + "\" AS FROM '" + data.parquet(table) + "'");
        }
    }

    private static String onlyRow(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) values.add(result.getString(i));
            return String.join(" ", values);
        }
    }

    /** Writes what a statement gives as Parquet, and says how many rows it was. */
    String copy(List<String> tables, String sql, String options) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            define(statement, tables);
            String copy = "COPY (" + sql + ") TO '" + out.resolve("result") + "' (FORMAT parquet" + options + ")";
            return String.valueOf(statement.executeUpdate(copy));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
