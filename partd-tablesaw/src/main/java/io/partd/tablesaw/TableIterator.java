package io.partd.tablesaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.ipc.ArrowReader;
import tech.tablesaw.api.Table;

/** The tables of a reader, which is closed at their end, when one cannot be read, or with the stream. */
final class TableIterator extends AbstractSpliterator<Table> {
    private final ArrowReader reader;
    private final Supplier<Table> next;
    private boolean closed;

    /** @param next loads and converts the next table; null at the end */
    TableIterator(ArrowReader reader, Supplier<Table> next) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.reader = reader;
        this.next = next;
    }

    Stream<Table> stream() {
        return StreamSupport.stream(this, false).onClose(this::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Table> action) {
        if (closed) return false;
        Table table = null;
        try {
            table = next.get();
        } finally {
            if (table == null) close();
        }
        if (table != null) action.accept(table);
        return table != null;
    }

    private void close() {
        if (closed) return;
        closed = true;
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a reader of tables: " + e.getMessage(), e);
        }
    }
}
