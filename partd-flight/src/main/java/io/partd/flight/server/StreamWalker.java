package io.partd.flight.server;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Walks over the messages of an Arrow stream in stored bytes, and past marks of its end, without reading their bodies.
 * For one thread.
 */
final class StreamWalker {
    private static final int PREFIX = 8;
    private static final int CONTINUATION = -1;
    private static final int MOST_METADATA = 1 << 28;

    private final Bytes bytes;
    private final List<Bytes> parts;
    private final String key;
    private int part;
    private long partStart;
    private long start;
    private long end;
    private byte[] header;
    private Message message;

    StreamWalker(Bytes bytes, String key) {
        this.bytes = bytes;
        this.parts = bytes.parts();
        this.key = key;
    }

    /**
     * Goes to the next message; false where there is none.
     *
     * @throws CorruptPartdException if the bytes are not an Arrow stream
     */
    boolean next() {
        for (start = end; start < bytes.size(); start += PREFIX) {
            require(bytes.size() - start >= PREFIX, "it ends within a message");
            ByteBuffer prefix = ByteBuffer.wrap(range(start, PREFIX).toArray()).order(ByteOrder.LITTLE_ENDIAN);
            require(prefix.getInt() == CONTINUATION, "no Arrow message begins there");
            int length = prefix.getInt();
            if (length != 0) {
                read(length);
                return true;
            }
        }
        return false;
    }

    private void read(int length) {
        long from = start + PREFIX;
        require(length > 0 && length <= MOST_METADATA && length <= bytes.size() - from, "a message is cut");
        header = range(from, length).toArray();
        try {
            message = Message.getRootAsMessage(ByteBuffer.wrap(header));
            long body = message.bodyLength();
            require(body >= 0 && body <= bytes.size() - from - length, "the body of a message is cut");
            end = from + length + body;
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw corrupt("a message cannot be decoded: " + e);
        }
    }

    /** Bytes that mostly lie in one part, which is found by going on from the last one. */
    private Bytes range(long from, long length) {
        while (from >= partStart + parts.get(part).size())
            partStart += parts.get(part++).size();
        long offset = from - partStart;
        return offset + length <= parts.get(part).size()
                ? parts.get(part).slice(offset, offset + length)
                : bytes.slice(from, from + length);
    }

    private void require(boolean right, String otherwise) {
        if (!right) throw corrupt(otherwise);
    }

    private CorruptPartdException corrupt(String reason) {
        return new CorruptPartdException("key \"" + key + "\", layer arrow,", start, reason);
    }

    /** What the message is, as of {@link MessageHeader}. */
    byte type() {
        return message.headerType();
    }

    byte[] header() {
        return header;
    }

    Message message() {
        return message;
    }

    /** Where the message begins. */
    long start() {
        return start;
    }

    Bytes body() {
        long from = start + PREFIX + header.length;
        return from == end ? Bytes.EMPTY : range(from, end - from);
    }

    /** The rows of a record batch. */
    long rows() {
        try {
            long rows = ((RecordBatch) message.header(new RecordBatch())).length();
            require(rows >= 0, "a record batch has " + rows + " rows");
            return rows;
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw corrupt("a record batch cannot be decoded: " + e);
        }
    }
}
