package io.partd.duckdb.read;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Batches of one input, or of several that are read together. Its reader is closed with it, if it is its own. */
public interface Source extends AutoCloseable {
    ArrowReader reader();

    /** Those of the reader's columns that are wanted, in this order, or none for all. */
    default List<String> columns() {
        return List.of();
    }

    /** How many lines were left out, because they cannot be read, of a source that was read to its end. */
    default long leftOut() throws IOException, SQLException {
        return 0;
    }

    /** How much of it was read, from 0 to 1, or less than 0 where that is not known. */
    double done();

    /** Ends a read that another thread waits for, where that can be done. */
    default void cancel() throws SQLException {}

    @Override
    void close() throws IOException, SQLException;
}
