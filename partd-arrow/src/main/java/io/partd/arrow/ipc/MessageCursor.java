package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.memory.StoredBytes;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Walks over the messages of a stream (Arrow columnar format, "Encapsulated message format"), and on past marks of its
 * end, so that streams that were appended to each other read as one. For one thread.
 */
public final class MessageCursor {
    private static final int CONTINUATION = -1;
    /** Longer ones are taken for an attack: a million columns need less. */
    private static final int MAX_METADATA = 1 << 28;
    /** Where messages are no larger than this, the piece around them is read at once. */
    private static final int SMALL = 16 << 10;

    private static final int PIECE = 1 << 20;

    final StoredBytes bytes;
    final String where;
    private final boolean loads;
    long start;
    long bodyStart;
    long bodyEnd;
    Message message;
    /** The bytes of the message, without its body. */
    ByteBuffer metadata;
    /** What the message is, as of {@link MessageHeader}. */
    byte type;

    /** Begins before the first message; the name of the stream is for errors. */
    MessageCursor(Bytes bytes, String name) {
        this(bytes, name, true);
    }

    private MessageCursor(Bytes bytes, String name, boolean loads) {
        this.bytes = new StoredBytes(bytes);
        this.where = name + ", layer arrow,";
        this.loads = loads;
    }

    /** The same, for who stands still in between: it keeps no bytes in memory but those of the message's metadata. */
    public static MessageCursor keepingNothing(Bytes bytes, String name) {
        return new MessageCursor(bytes, name, false);
    }

    /** Goes to the next message; false where there is none. */
    public boolean next() {
        for (start = bodyEnd; start < bytes.size(); start += 8) {
            if (bytes.size() - start < 8) throw corrupt("its last " + (bytes.size() - start) + " bytes are no message");
            ByteBuffer prefix = bytes.read(start, start + 8);
            if (prefix.getInt(0) != CONTINUATION) throw notAStream(prefix.getInt(0));
            int length = prefix.getInt(4);
            if (length != 0) return read(length);
        }
        return false;
    }

    private boolean read(int length) {
        long from = start + 8;
        if (length > MAX_METADATA)
            throw corrupt("a message of " + length + " bytes begins here: no message is so long");
        if (length < 0 || length > bytes.size() - from) {
            throw corrupt("a message of " + length + " bytes begins here, and " + (bytes.size() - from) + " follow");
        }
        bodyStart = from + length;
        long bodyLength = parse(bytes.read(from, bodyStart));
        if (bodyLength < 0 || bodyLength > bytes.size() - bodyStart) {
            throw corrupt(
                    "a body of " + bodyLength + " bytes is announced, and " + (bytes.size() - bodyStart) + " follow");
        }
        bodyEnd = bodyStart + bodyLength;
        // A small dictionary may stand before a batch of which little is wanted.
        if (loads && type == MessageHeader.RecordBatch && bodyEnd - start < SMALL) bytes.loadPiece(start, PIECE);
        return true;
    }

    private long parse(ByteBuffer bytes) {
        metadata = bytes;
        return decode(() -> {
            message = Message.getRootAsMessage(metadata);
            type = message.headerType();
            return message.bodyLength();
        });
    }

    /** What the message is, as of {@link MessageHeader}. */
    public byte type() {
        return type;
    }

    public Message message() {
        return message;
    }

    /** A copy of the message's metadata. */
    public byte[] header() {
        byte[] header = new byte[metadata.remaining()];
        metadata.duplicate().get(header);
        return header;
    }

    /** The message's body, in place. */
    public Bytes body() {
        return bodyStart == bodyEnd ? Bytes.EMPTY : bytes.slice(bodyStart, bodyEnd);
    }

    /** The rows of the record batch that the message is. */
    public long rows() {
        long rows = decode(() -> ((RecordBatch) message.header(new RecordBatch())).length());
        if (rows < 0) throw corrupt("it has " + rows + " rows");
        return rows;
    }

    /** What of the message's metadata is decoded so; whatever the decoder throws means that it is broken. */
    public <T> T decode(Supplier<T> decoder) {
        try {
            return decoder.get();
        } catch (CorruptPartdException e) {
            throw e;
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    private CorruptPartdException notAStream(int found) {
        return corrupt("expected an Arrow IPC message, which begins with ffffffff, and found "
                + String.format(Locale.ROOT, "%08x", found)
                + (start == 0 ? ": if the store was written through a codec, open it through the same one" : ""));
    }

    public CorruptPartdException corrupt(String reason) {
        return new CorruptPartdException(where, start, reason);
    }

    /** What a decoder of the message's metadata threw. */
    CorruptPartdException broken(Throwable cause) {
        return new CorruptPartdException(where, start, "a message cannot be decoded: " + cause, cause);
    }
}
