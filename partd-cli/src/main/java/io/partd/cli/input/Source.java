package io.partd.cli.input;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Batches of one input, or of several that are read together. Its reader is closed with it. */
interface Source extends AutoCloseable {
    ArrowReader reader();

    /** How much of it was read, from 0 to 1, or less than 0 where that is not known. */
    double done();

    @Override
    void close() throws IOException, SQLException;
}
