package io.partd.duckdb.query;

import io.partd.base.Closing;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.engine.ForwardingReader;
import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.engine.Watch;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.Source.Part;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** A statement that runs, with a connection and scans of its own. For one thread. */
public final class Running implements AutoCloseable {
    private final Database database;
    private final Plan plan;
    private final Function<PlannedScan, List<String>> keys;
    private final DuckDBConnection connection;
    private final List<Scan> scans = new ArrayList<>();
    private Statement statement;
    private Watch.Guard guard;
    private boolean closed;

    private Running(Database database, Plan plan, Function<PlannedScan, List<String>> keys) throws SQLException {
        this.database = database;
        this.plan = plan;
        this.keys = keys;
        this.connection = database.connectForPieces();
    }

    /** Begins: what a statement reads is handed over, and nothing is read yet. */
    public static Running begin(Database database, Plan plan, Function<PlannedScan, List<String>> keys)
            throws SQLException {
        Running running = new Running(database, plan, keys);
        try {
            for (PlannedScan scan : plan.scans()) running.register(scan);
            running.statement = running.connection.createStatement();
            running.guard = database.watch().begin(running.statement);
            return running;
        } catch (SQLException | RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    private void register(PlannedScan scan) throws SQLException {
        String stream = scan.name() + "_stream";
        Scan opened = new Scan(stream, scan.source(), new Part(keys.apply(scan), scan.columns()));
        scans.add(opened);
        opened.register(connection);
        String kind = scan.repeated() ? "TABLE" : "VIEW";
        try (Statement made = connection.createStatement()) {
            made.execute("CREATE TEMP " + kind + " " + scan.name() + " AS SELECT " + columns(scan) + " FROM " + stream);
        }
    }

    /** All columns of the table, so that the statement can name them; those that it does not need are null. */
    private static String columns(PlannedScan scan) {
        List<String> columns = new ArrayList<>();
        List<Field> fields = scan.source().schema().getFields();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).getName();
            String value = scan.columns().contains(name)
                    ? Sql.identifier(name)
                    : "CAST(NULL AS " + scan.types().get(i) + ")";
            columns.add(value + " AS " + Sql.identifier(name));
        }
        return String.join(", ", columns);
    }

    /**
     * Runs the statement; its result comes piece by piece. The reader closes this.
     *
     * @throws DuckException if the statement fails
     */
    public ArrowReader reader() {
        try {
            ResultSet result = guard.wait(() -> statement.executeQuery(plan.sql()));
            ArrowReader reader = (ArrowReader) result.unwrap(DuckDBResultSet.class)
                    .arrowExportStream(database.allocator(), database.memory().batchRows());
            return new ResultReader(reader);
        } catch (SQLException | RuntimeException e) {
            throw closing(failed(e));
        }
    }

    /**
     * Runs a command whose query is the statement, such as {@code COPY (...) TO}.
     *
     * @param before what stands before the statement
     * @param behind what stands behind it
     * @throws DuckException if it fails
     */
    public void execute(String before, String behind) {
        try {
            guard.wait(() -> statement.execute(before + plan.sql() + behind));
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    private DuckException closing(DuckException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private DuckException failed(Exception failure) {
        if (!guard.isLate() && !guard.isInterrupted()) {
            for (int i = 0; i < scans.size(); i++) {
                Throwable cause = scans.get(i).failure().orElse(null);
                if (cause == null) continue;
                String table = plan.scans().get(i).table();
                return new DuckException(
                        Reason.INPUT, "reading table \"" + table + "\" failed: " + cause.getMessage(), cause);
            }
            if (Failures.saysNothing(failure)) return reason(failure);
        }
        return Failures.running(failure, guard, database);
    }

    /** Runs the statement again, as a whole, for DuckDB to say what it does not say of results in pieces. */
    private DuckException reason(Exception failure) {
        try (Running again = begin(database, plan, keys);
                Statement whole = again.connection.createStatement()) {
            whole.execute("SET jdbc_stream_results = false");
            again.execute("EXPLAIN ANALYZE ", "");
        } catch (DuckException e) {
            e.addSuppressed(failure);
            return e;
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return Failures.running(failure, guard, database);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        List<AutoCloseable> all = new ArrayList<>();
        if (statement != null) all.add(statement);
        all.add(connection);
        all.addAll(scans);
        try {
            Closing.each(all, AutoCloseable::close);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("DuckDB does not end a statement: " + e.getMessage(), e);
        }
    }

    /** The result, whose failures are in this library's words. */
    private final class ResultReader extends ForwardingReader {
        ResultReader(ArrowReader reader) {
            super(reader, database.allocator());
        }

        @Override
        public boolean loadNextBatch() {
            try {
                return guard.<Boolean, IOException>wait(reader::loadNextBatch);
            } catch (SQLException | IOException | RuntimeException e) {
                throw failed(e);
            }
        }

        @Override
        protected void closeReadSource() throws IOException {
            try {
                super.closeReadSource();
            } finally {
                Running.this.close();
            }
        }
    }
}
