package io.partd.duckdb.query;

import io.partd.duckdb.engine.ForwardingReader;
import io.partd.duckdb.query.Source.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/** One reading of a table by DuckDB, which reads it once. */
final class Scan implements AutoCloseable {
    private final String name;
    private final WatchedReader reader;
    private final ArrowArrayStream stream;

    Scan(String name, Source source, Part part) {
        this.name = name;
        this.reader = new WatchedReader(open(source, part), source);
        this.stream = ArrowArrayStream.allocateNew(source.allocator());
        Data.exportArrayStream(source.allocator(), reader, stream);
    }

    private static ArrowReader open(Source source, Part part) {
        try {
            return source.reader(part);
        } catch (IOException e) {
            throw new UncheckedIOException(source + ": " + e.getMessage(), e);
        }
    }

    /** Makes it a view of the connection. */
    void register(DuckDBConnection connection) {
        connection.registerArrowStream(name, stream);
    }

    /** Why reading ended early, if it did; DuckDB has only a text of it. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(reader.failure);
    }

    /** Closes the reader, if DuckDB has not done that. Nothing reads any more. */
    @Override
    public void close() {
        stream.release();
        stream.close();
    }

    /** Hands everything through, and remembers a failure. */
    private static final class WatchedReader extends ForwardingReader {
        private volatile Throwable failure;

        WatchedReader(ArrowReader reader, Source source) {
            super(reader, source.allocator());
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            try {
                return super.loadNextBatch();
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
                throw e;
            }
        }
    }
}
