package io.partd.flight.server;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.arrow.ipc.MessageCursor;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Failures;
import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Columns of a key as frames: the schema, then each batch after the dictionaries that it needs. They are decoded and
 * copied only where batches of the key differ in how they are laid out.
 */
final class TableGet implements AnswerSource<Frame> {
    private final ArrowReader reader;
    private final long memory;
    private final Queue<Frame> ready = new ArrayDeque<>();
    private boolean ended;

    private TableGet(ArrowReader reader, long memory) {
        this.reader = reader;
        this.memory = memory;
    }

    /** The table under a key, with its columns: all where none is named, as they are stored. */
    static AnswerSource<Frame> of(ServerContext server, Descriptors.Table table) {
        Bytes stored = server.store.get(table.key());
        boolean oneSchema = hasOneSchema(stored, table.key());
        if (table.columns().isEmpty() && oneSchema) return new StoredFrames(stored, table.key());
        ArrowReader reader = server.tables.reader(table.key(), table.columns().toArray(String[]::new));
        try {
            Frame schema = BatchFrames.frame(BatchFrames.schema(reader));
            ColumnRanges ranges = oneSchema ? ranges(stored, table) : null;
            if (ranges == null) return decoded(reader, schema, memory(server, stored, table.key()));
            reader.close();
            return new ProjectedFrames(stored, table.key(), schema, ranges);
        } catch (IOException e) {
            closeAfter(e, reader);
            throw failure(e);
        } catch (RuntimeException e) {
            closeAfter(e, reader);
            throw e;
        }
    }

    /** What errors call the bytes of a key. */
    static String name(String key) {
        return "key \"" + key + '"';
    }

    /** Whether the key's messages begin with a schema that no other follows. The headers of all are checked. */
    private static boolean hasOneSchema(Bytes stored, String key) {
        byte[] first = null;
        boolean same = true;
        MessageCursor walker = MessageCursor.keepingNothing(stored, name(key));
        while (walker.next()) {
            if (walker.type() == MessageHeader.RecordBatch) walker.rows();
            if (walker.type() != MessageHeader.Schema) continue;
            same &= first == null || Arrays.equals(first, walker.header());
            first = walker.header();
        }
        return same && first != null;
    }

    private static void closeAfter(Exception failure, ArrowReader reader) {
        try {
            reader.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static TableGet decoded(ArrowReader reader, Frame schema, long memory) {
        TableGet source = new TableGet(reader, memory);
        source.ready.add(schema);
        return source;
    }

    /** Where the columns are in all batches of the key; null where that differs between batches. */
    private static ColumnRanges ranges(Bytes stored, Descriptors.Table table) throws IOException {
        MessageCursor walker = MessageCursor.keepingNothing(stored, name(table.key()));
        if (!walker.next() || walker.message().version() != MetadataVersion.V5) return null;
        return ColumnRanges.of(MessageSerializer.deserializeSchema(walker.message()), table.columns());
    }

    /** The reader's vectors, and a copy of them on its way. */
    private static long memory(ServerContext server, Bytes stored, String key) {
        long largest = largest(stored, key);
        if (largest > server.plan.largestMessage) {
            throw Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "a batch of the key takes " + largest + " bytes when it is decoded, and the server has "
                            + server.plan.largestMessage + " for that: give it more memory, or get all columns");
        }
        return 2 * largest;
    }

    /** What the largest batch of the key takes when it is decoded. */
    private static long largest(Bytes stored, String key) {
        long largest = 0;
        MessageCursor walker = MessageCursor.keepingNothing(stored, name(key));
        while (walker.next()) {
            Bytes body = walker.body();
            long beyond = BatchCost.of(
                    walker.message(),
                    at -> ByteBuffer.wrap(body.slice(at, at + Long.BYTES).toArray())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong(),
                    false);
            largest = Math.max(largest, body.size() + beyond);
        }
        return largest;
    }

    private static UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("reading a table: " + e.getMessage(), e);
    }

    @Override
    public long memory() {
        return memory;
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
