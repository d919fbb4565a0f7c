package io.partd.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** A database of DuckDB in this process, with as many threads as there are cores. */
public final class Duck {
    /** What a vector of results may hold. */
    private static final long BATCH_ROWS = 1 << 16;

    private final Connection connection;

    /** Opens a database in a file of a directory, or with none, one in memory. */
    public Duck(Path directory, Task task) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("jdbc_stream_results", "true");
        settings.setProperty(
                "temp_directory",
                Path.of(System.getProperty("java.io.tmpdir"), "partd-duckdb").toString());
        int limit = task.number("duckMiB", 0);
        if (limit > 0) settings.setProperty("memory_limit", limit + "MiB");
        String file = directory == null ? "" : directory.resolve("parts.duckdb").toString();
        connection = DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    }

    public void run(String statement) throws SQLException {
        try (Statement all = connection.createStatement()) {
            all.execute(statement);
        }
    }

    /** Runs a statement that reads a table under the name {@code source}. */
    public void run(String statement, ArrowReader source, BufferAllocator allocator) throws SQLException {
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, source, stream);
            connection.unwrap(DuckDBConnection.class).registerArrowStream("source", stream);
            run(statement);
        }
    }

    /** What is done with the rows of a query. */
    public interface Rows {
        void read(ArrowReader rows) throws IOException;
    }

    /** Has the rows of a query read as Arrow batches. */
    public void query(String query, BufferAllocator allocator, Rows rows) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery();
                ArrowReader reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS)) {
            rows.read(reader);
        }
    }

    /** The first column of a query. */
    public List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) texts.add(result.getString(1));
        }
        return texts;
    }

    /** The one row of a query that gives numbers. */
    public long[] numbers(String query, int columns) throws SQLException {
        long[] numbers = new long[columns];
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            for (int i = 0; i < columns; i++) numbers[i] = result.getLong(i + 1);
        }
        return numbers;
    }

    public void close() throws SQLException {
        connection.close();
    }
}
