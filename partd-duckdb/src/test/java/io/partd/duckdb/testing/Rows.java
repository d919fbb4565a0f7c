package io.partd.duckdb.testing;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** Rows as text, and what DuckDB alone gives. */
public final class Rows {
    private static final int BATCH_ROWS = 2048;

    private Rows() {}

    /** All rows, each as the texts of its values; the reader is closed. */
    public static List<String> of(ArrowReader reader) throws IOException {
        List<String> rows = new ArrayList<>();
        try (reader) {
            while (reader.loadNextBatch()) add(reader.getVectorSchemaRoot(), rows);
        }
        return rows;
    }

    /** All rows of a table, which is left open. */
    public static List<String> of(VectorSchemaRoot root) {
        List<String> rows = new ArrayList<>();
        add(root, rows);
        return rows;
    }

    private static void add(VectorSchemaRoot root, List<String> rows) {
        for (int i = 0; i < root.getRowCount(); i++) {
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < root.getFieldVectors().size(); c++) {
                row.append(root.getVector(c).getObject(i)).append('|');
            }
            rows.add(row.toString());
        }
    }

    /** What DuckDB gives by itself; {@code before} makes its tables. */
    public static List<String> ofDuckDb(BufferAllocator allocator, String sql, String... before)
            throws SQLException, IOException {
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = connection.createStatement()) {
            for (String each : before) statement.execute(each);
            return ofDuckDb(allocator, sql, connection);
        }
    }

    /** What DuckDB gives by itself, over the tables of a connection. */
    public static List<String> ofDuckDb(BufferAllocator allocator, String sql, DuckDBConnection connection)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return of((ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS));
        }
    }
}
