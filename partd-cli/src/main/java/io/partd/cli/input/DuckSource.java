package io.partd.cli.input;

import io.partd.cli.common.DuckDb;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Names;
import io.partd.cli.common.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** Files of one kind, read by DuckDB in the order given. */
final class DuckSource implements Source {
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet result;
    private final ArrowReader reader;

    private DuckSource(Connection connection, PreparedStatement statement, ResultSet result, ArrowReader reader) {
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        this.reader = reader;
    }

    /** @param columns which to read, or none for all */
    static DuckSource open(
            InputFormat kind, List<Path> files, List<String> columns, BufferAllocator allocator, Memory memory)
            throws SQLException {
        Connection connection = DuckDb.connect(memory);
        try {
            if (Terminal.isError()) DuckDb.countProgress(connection);
            String options = kind == InputFormat.CSV ? ", buffer_size = " + memory.csvBuffer() : "";
            String table = DuckDb.read(kind.function, files, options);
            // DuckDB would take a column's name in any case.
            if (!columns.isEmpty()) requireColumns(connection, table, columns);
            if (kind == InputFormat.JSON) table = withIntegers(connection, table);
            String query = "SELECT " + DuckDb.columns(columns) + " FROM " + table;
            PreparedStatement statement = connection.prepareStatement(query);
            ResultSet result = execute(statement, query, memory);
            ArrowReader reader =
                    (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, memory.batchRows());
            return new DuckSource(connection, statement, result, reader);
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    private static ResultSet execute(PreparedStatement statement, String query, Memory memory) throws SQLException {
        try {
            return statement.executeQuery();
        } catch (SQLException e) {
            // A result that is handed over piece by piece does not say why its first piece failed; a whole one does.
            if (e.getMessage().contains("Invalid result set")) DuckDb.run(query, memory);
            throw e;
        }
    }

    private static void requireColumns(Connection connection, String table, List<String> columns) throws SQLException {
        List<Field> fields = types(connection, table).keySet().stream()
                .map(name -> Field.nullable(name, ArrowType.Null.INSTANCE))
                .toList();
        Schema schema = new Schema(fields);
        columns.forEach(name -> Names.column(schema, name));
    }

    /** DuckDB finds 128 bits where JSON has integers of both signs; they are read as 64, or refused. */
    private static String withIntegers(Connection connection, String table) throws SQLException {
        List<String> wide = types(connection, table).entrySet().stream()
                .filter(column -> column.getValue().equals("HUGEINT"))
                .map(Map.Entry::getKey)
                .toList();
        return wide.isEmpty() ? table : "(SELECT " + DuckDb.asBigint(wide) + " FROM " + table + ")";
    }

    /** The columns and DuckDB's names of their types. */
    private static Map<String, String> types(Connection connection, String table) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (PreparedStatement all = connection.prepareStatement("SELECT * FROM " + table)) {
            ResultSetMetaData found = all.getMetaData();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                types.put(found.getColumnName(i), found.getColumnTypeName(i));
            }
        }
        return types;
    }

    @Override
    public ArrowReader reader() {
        return reader;
    }

    @Override
    public double done() {
        try {
            return statement
                            .unwrap(DuckDBPreparedStatement.class)
                            .getQueryProgress()
                            .getPercentage()
                    / 100;
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        try (connection;
                statement;
                result) {
            reader.close();
        }
    }
}
