package io.partd.duckdb.read;

import io.partd.duckdb.CsvOptions;
import io.partd.duckdb.engine.MemoryPlan;
import io.partd.duckdb.engine.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBConnection;

/** Inputs that are read together, as a table of SQL on one connection. */
final class InputTable implements AutoCloseable {
    private final DuckDBConnection connection;
    private final String from;
    private final List<Column> columns;
    /** What an Arrow input needs to stay open, or null. */
    private final Source arrow;

    private final ArrowArrayStream stream;

    private record Column(String name, String type) {}

    private InputTable(
            DuckDBConnection connection, String from, List<Column> columns, Source arrow, ArrowArrayStream stream) {
        this.connection = connection;
        this.columns = columns;
        this.from = withIntegers(from);
        this.arrow = arrow;
        this.stream = stream;
    }

    /** Files of one kind, or a query. */
    static InputTable of(List<Input> group, CsvOptions csv, MemoryPlan memory, DuckDBConnection connection)
            throws SQLException {
        if (group.get(0) instanceof Input.OfQuery query) {
            return of("(" + query.sql() + "\n)", connection);
        }
        List<Path> files = files(group);
        FileKind kind = ((Input.OfFile) group.get(0)).kind();
        return of(FileSql.table(kind, files, csv, memory), connection);
    }

    private static InputTable of(String from, DuckDBConnection connection) throws SQLException {
        return new InputTable(connection, from, columns(connection, from), null, null);
    }

    static List<Path> files(List<Input> group) {
        return group.stream().map(input -> ((Input.OfFile) input).path()).toList();
    }

    /** Batches of Arrow, which are read once. They are closed with this. */
    static InputTable of(Source arrow, String view, BufferAllocator other, DuckDBConnection connection)
            throws IOException {
        BufferAllocator allocator = allocator(arrow.reader().getVectorSchemaRoot(), other);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        try {
            Data.exportArrayStream(allocator, arrow.reader(), stream);
            connection.registerArrowStream(view, stream);
            // A statement over the stream would be the one that reads it.
            List<Column> columns = Columns.names(
                            arrow.reader().getVectorSchemaRoot().getSchema())
                    .stream()
                    .map(name -> new Column(name, ""))
                    .toList();
            return new InputTable(connection, Sql.identifier(view), columns, arrow, stream);
        } catch (IOException | RuntimeException | Error e) {
            stream.close();
            throw e;
        }
    }

    /** That of the batches, which cannot be handed over by one of another root. */
    private static BufferAllocator allocator(VectorSchemaRoot root, BufferAllocator other) {
        return root.getFieldVectors().isEmpty() ? other : root.getVector(0).getAllocator();
    }

    String from() {
        return from;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** The columns and DuckDB's names of their types. */
    private static List<Column> columns(DuckDBConnection connection, String from) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement all = connection.prepareStatement("SELECT * FROM " + from)) {
            ResultSetMetaData found = all.getMetaData();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                columns.add(new Column(found.getColumnName(i), found.getColumnTypeName(i)));
            }
        }
        return columns;
    }

    /**
     * DuckDB finds 128 bits where JSON has integers of both signs, and where it adds up integers; they are read as 64,
     * or refused.
     */
    private String withIntegers(String table) {
        Map<String, String> casts = columns.stream()
                .filter(column -> column.type.equals("HUGEINT"))
                .map(column -> Sql.identifier(column.name))
                .collect(Collectors.toMap(name -> name, name -> "CAST(" + name + " AS BIGINT) AS " + name));
        return casts.isEmpty()
                ? table
                : "(SELECT * REPLACE (" + String.join(", ", casts.values()) + ") FROM " + table + ")";
    }

    @Override
    public void close() throws IOException, SQLException {
        if (stream == null) return;
        try (stream) {
            arrow.close();
        }
    }
}
