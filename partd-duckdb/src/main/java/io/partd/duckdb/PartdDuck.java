package io.partd.duckdb;

import io.partd.duckdb.engine.Database;
import java.sql.SQLException;

/**
 * DuckDB beside stores: reads files into them, and asks them questions in SQL. One has a database of its own in the
 * memory of this process; what it was given stays the caller's.
 */
public final class PartdDuck implements AutoCloseable {
    private final Database database;

    private PartdDuck(Database database) {
        this.database = database;
    }

    /**
     * Begins with an empty database.
     *
     * @throws IllegalStateException if DuckDB cannot be had, or if this JVM does not let Arrow hand tables to it: the
     *     message says which flag to add
     */
    public static PartdDuck open(DuckOptions options) {
        try {
            return new PartdDuck(new Database(options));
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not begin: " + e.getMessage(), e);
        }
    }

    /** Ends the database, and removes its temporary files; stores that it was given stay open. */
    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not end: " + e.getMessage(), e);
        }
    }
}
