package io.partd.duckdb.engine;

import io.partd.arrow.ArrowPartd;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.duckdb.DuckOptions;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/**
 * A database of DuckDB in the memory of this process, which all connections share: its tables, its limit of memory and
 * its threads. Safe for several threads; a connection is one's.
 */
public final class Database implements AutoCloseable {
    private final DuckOptions options;
    private final MemoryPlan memory;
    private final TemporaryFiles temporary;
    private final DuckDBConnection first;
    private final BufferAllocator allocator;
    private final BufferAllocator scans;
    private final Watch watch;
    /** How much work there is whose statements run in the threads that wait for them; guarded by this. */
    private int several;

    /**
     * Begins one.
     *
     * @throws IllegalStateException if this JVM does not let Arrow allocate memory, or hand tables to DuckDB, saying
     *     what to add
     */
    public Database(DuckOptions options) throws SQLException {
        NioAccess.open();
        this.options = options;
        this.memory = MemoryPlan.of(options);
        this.temporary = new TemporaryFiles(options.temporary());
        this.first = connect(memory, temporary);
        this.allocator = ArrowPartd.sharedAllocator().newChildAllocator("duckdb", 0, memory.forArrow());
        this.scans = ArrowPartd.sharedAllocator().newChildAllocator("duckdb scans", 0, Long.MAX_VALUE);
        this.watch = new Watch(options.timeout());
    }

    private static DuckDBConnection connect(MemoryPlan memory, TemporaryFiles temporary) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memory.forDuckDb() + "B");
        settings.setProperty("threads", String.valueOf(memory.threads()));
        settings.setProperty("temp_directory", temporary.path().toString());
        // What is needed is built in: nothing is fetched from the network.
        settings.setProperty("autoinstall_known_extensions", "false");
        try {
            return DriverManager.getConnection("jdbc:duckdb:", settings).unwrap(DuckDBConnection.class);
        } catch (SQLException | RuntimeException | Error e) {
            temporary.close();
            throw e;
        }
    }

    /** Where temporary directories are made. */
    public Path temporaryParent() {
        return temporary.parent();
    }

    /**
     * Temporary files go beside a store from now on, where that can be: if the options name no directory, nothing was
     * written to another one yet, and one can be made there.
     */
    public void temporaryBeside(Path store) {
        Path parent = store.toAbsolutePath().getParent();
        if (parent == null) return;
        try (DuckDBConnection connection = connect()) {
            temporary.moveTo(parent, connection);
        } catch (SQLException e) {
            throw new DuckException(Reason.FAILED, "DuckDB's temporary files stay: " + e.getMessage(), e);
        }
    }

    public DuckOptions options() {
        return options;
    }

    public MemoryPlan memory() {
        return memory;
    }

    /** Results come from here, and what else this library allocates. */
    public BufferAllocator allocator() {
        return allocator;
    }

    /**
     * What is read for DuckDB comes from here. It has no limit: large batches lie in place in mapped files, and take no
     * memory.
     */
    public BufferAllocator scans() {
        return scans;
    }

    /** What ends statements whose threads are interrupted. */
    public Watch watch() {
        return watch;
    }

    /** A connection whose results are there as a whole when a statement returns; the caller closes it. */
    public DuckDBConnection connect() throws SQLException {
        return first.duplicate();
    }

    /**
     * A connection whose results come piece by piece, while the statement runs; the caller closes it. Such a result
     * does not say why its first piece failed.
     */
    public DuckDBConnection connectForPieces() throws SQLException {
        DuckDBConnection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET jdbc_stream_results = true");
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Does work of which as many statements run at once as there are threads. Each runs in the thread that waits for it
     * alone: DuckDB's own threads would only take the processors from those.
     */
    public void runSeveral(Runnable work) {
        beginSeveral(1);
        try {
            work.run();
        } finally {
            beginSeveral(-1);
        }
    }

    private synchronized void beginSeveral(int more) {
        several += more;
        try (DuckDBConnection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + (several > 0 ? 1 : memory.threads()));
        } catch (SQLException e) {
            throw new DuckException(Reason.FAILED, "DuckDB's threads cannot be set: " + e.getMessage(), e);
        }
    }

    /** Ends the database; fails if a table of the allocator is still open. */
    @Override
    public void close() throws SQLException {
        try (allocator;
                scans;
                temporary;
                first) {
            watch.close();
        }
    }
}
