package io.partd.cli.store;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** Counts the rows of Arrow IPC streams from the headers of their batches; columns are not read. */
final class IpcRows {
    /** What bytes have that are no Arrow IPC stream. */
    static final long NONE = -1;

    private static final int PREFIX = 8;
    private static final int CONTINUATION = -1;
    private static final int MOST_METADATA = 1 << 28;

    private final Bytes bytes;
    private final List<Bytes> parts;
    private int part;
    private long partStart;
    private long at;
    private long rows;

    private IpcRows(Bytes bytes) {
        this.bytes = bytes;
        this.parts = bytes.parts();
    }

    /** The number of rows, or {@link #NONE}. */
    static long count(Bytes bytes) {
        IpcRows counter = new IpcRows(bytes);
        try {
            while (counter.at < bytes.size()) {
                if (!counter.message()) return NONE;
            }
            return counter.rows;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            // What flatbuffers throws at bytes that are none.
            return NONE;
        }
    }

    private boolean message() {
        if (bytes.size() - at < PREFIX) return false;
        ByteBuffer prefix = read(at, PREFIX);
        if (prefix.getInt() != CONTINUATION) return false;
        int length = prefix.getInt();
        if (length < 0 || length > MOST_METADATA || length > bytes.size() - at - PREFIX) return false;
        if (length == 0) {
            at += PREFIX;
            return true;
        }
        Message message = Message.getRootAsMessage(read(at + PREFIX, length));
        if (message.headerType() == MessageHeader.RecordBatch) {
            long batch = ((RecordBatch) message.header(new RecordBatch())).length();
            if (batch < 0) return false;
            rows = Math.addExact(rows, batch);
        }
        long body = message.bodyLength();
        if (body < 0 || body > bytes.size() - at - PREFIX - length) return false;
        at += PREFIX + length + body;
        return true;
    }

    /** Bytes that mostly lie in one part, which is found by going on from the last one. */
    private ByteBuffer read(long from, int length) {
        while (from >= partStart + parts.get(part).size())
            partStart += parts.get(part++).size();
        long start = from - partStart;
        Bytes found = start + length <= parts.get(part).size()
                ? parts.get(part).slice(start, start + length)
                : bytes.slice(from, from + length);
        return ByteBuffer.wrap(found.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
