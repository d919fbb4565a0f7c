package io.partd.flight;

import io.partd.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Columns of a key as frames: the schema, then each batch after the dictionaries that it needs. */
final class TableGet implements Source<Frame> {
    private final ArrowReader reader;
    private final Queue<Frame> ready = new ArrayDeque<>();
    private boolean ended;

    private TableGet(ArrowReader reader) {
        this.reader = reader;
    }

    /** The table under a key, with its columns: all where none is named, as they are stored. */
    static Source<Frame> of(ServerContext server, Descriptors.Table table) {
        if (table.columns().isEmpty()) {
            Bytes stored = server.store.get(table.key());
            if (StoredTable.of(stored, table.key()).oneSchema()) return new StoredFrames(stored, table.key());
        }
        TableGet source =
                new TableGet(server.tables.reader(table.key(), table.columns().toArray(String[]::new)));
        try {
            source.ready.add(BatchFrames.frame(BatchFrames.schema(source.reader)));
            return source;
        } catch (IOException e) {
            source.close();
            throw failure(e);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("reading a table: " + e.getMessage(), e);
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty() && !ended) {
                ended = !reader.loadNextBatch();
                if (!ended) BatchFrames.add(reader, ready);
            }
            return !ready.isEmpty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Frame next() {
        if (!hasNext()) throw new NoSuchElementException();
        return ready.remove();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
