package io.partd.duckdb.read;

import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.engine.ForwardingReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** What a statement over one table gives, piece by piece, in the order of the table. */
final class DuckSource implements Source {
    private final InputTable table;
    private final DuckDBPreparedStatement statement;
    private final ResultSet result;
    private final ArrowReader reader;
    /** Whether lines that cannot be read are left out. */
    private final boolean rejects;

    private boolean closed;

    private DuckSource(
            InputTable table,
            DuckDBPreparedStatement statement,
            ResultSet result,
            ArrowReader reader,
            boolean rejects) {
        this.rejects = rejects;
        this.table = table;
        this.statement = statement;
        this.result = result;
        this.reader = reader;
    }

    /** Begins. The table and its connection are closed with this, or here where it fails. */
    static DuckSource open(InputTable table, Reads reads, boolean again, boolean rejects)
            throws SQLException, IOException {
        Database database = reads.database();
        try {
            String sql = reads.selection().sql(table.connection(), table.from(), table.names());
            inPieces(table.connection());
            DuckDBPreparedStatement statement = table.connection().prepare(sql);
            ResultSet result = execute(statement, again ? sql : "", reads);
            ArrowReader reader = (ArrowReader) result.unwrap(DuckDBResultSet.class)
                    .arrowExportStream(database.allocator(), database.memory().readRows());
            return new DuckSource(table, statement, result, watched(reader, statement, reads), rejects);
        } catch (SQLException | RuntimeException | Error e) {
            close(table);
            throw e;
        }
    }

    /** Results come piece by piece from now on, and how far a statement is is counted. */
    private static void inPieces(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET jdbc_stream_results = true");
            statement.execute("SET enable_progress_bar = true");
            statement.execute("SET enable_progress_bar_print = false");
        }
    }

    private static ResultSet execute(PreparedStatement statement, String again, Reads reads) throws SQLException {
        try {
            return reads.run(statement, statement::executeQuery);
        } catch (SQLException e) {
            // A result that is handed over piece by piece does not say why its first piece failed; a whole one does.
            if (Failures.saysNothing(e) && !again.isEmpty() && !reads.guard().isOver()) run(again, reads);
            throw e;
        }
    }

    private static void run(String sql, Reads reads) throws SQLException {
        try (DuckDBConnection connection = reads.database().connect();
                Statement statement = connection.createStatement()) {
            reads.run(statement, () -> statement.execute(sql));
        }
    }

    /** A dictionary may change from batch to batch: then none is read while one before is looked at. */
    private static ArrowReader watched(ArrowReader reader, DuckDBPreparedStatement statement, Reads reads)
            throws IOException {
        boolean fixed = reader.getVectorSchemaRoot().getSchema().getFields().stream()
                .allMatch(field -> field.getDictionary() == null);
        if (fixed) return new AheadReader(reader, statement, reads.guard(), reads.database());
        return new ForwardingReader(reader, reads.database().allocator()) {
            @Override
            public boolean loadNextBatch() throws IOException {
                try {
                    return reads.<Boolean, IOException>run(statement, reader::loadNextBatch);
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    @Override
    public ArrowReader reader() {
        return reader;
    }

    @Override
    public double done() {
        return reader instanceof AheadReader ahead ? ahead.done() : progress(statement);
    }

    /** How much of all it reads a statement has read; less than 0 where that is not known. */
    static double progress(DuckDBPreparedStatement statement) {
        try {
            return statement.getQueryProgress().getPercentage() / 100;
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public void cancel() throws SQLException {
        statement.cancel();
    }

    @Override
    public long leftOut() throws IOException, SQLException {
        if (!rejects) return 0;
        // Its result has to be closed before its connection does something else.
        closeResult();
        try (Statement counts = table.connection().createStatement();
                ResultSet count =
                        counts.executeQuery("SELECT count(DISTINCT (scan_id, file_id, line)) FROM reject_errors")) {
            return count.next() ? count.getLong(1) : 0;
        }
    }

    private static void close(InputTable table) throws IOException, SQLException {
        Connection connection = table.connection();
        try (connection) {
            table.close();
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        Connection connection = table.connection();
        try (connection;
                table;
                statement) {
            closeResult();
        }
    }

    private void closeResult() throws IOException, SQLException {
        if (closed) return;
        closed = true;
        try (result) {
            reader.close();
        }
    }
}
