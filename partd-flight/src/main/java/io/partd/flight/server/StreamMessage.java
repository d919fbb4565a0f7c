package io.partd.flight.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.partd.flight.server.memory.Budget;
import io.partd.flight.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;

/**
 * A message of an Arrow stream as it stands in IPC's streaming format, copied once, into one piece of direct memory;
 * and what was reserved for it.
 */
final class StreamMessage implements AutoCloseable {
    private static final int PREFIX = 8;

    private final Message header;
    private final ByteBuf bytes;
    private final Budget.Reservation reservation;

    private StreamMessage(Message header, ByteBuf bytes, Budget.Reservation reservation) {
        this.header = header;
        this.bytes = bytes;
        this.reservation = reservation;
    }

    /**
     * What kind of message a frame carries, as of {@link MessageHeader}.
     *
     * @throws IllegalArgumentException if it is not an Arrow message with the body that it announces
     */
    static byte type(Frame frame) {
        try {
            return message(frame).headerType();
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the data_header is not an Arrow message", e);
        }
    }

    /**
     * What a frame's message takes beyond its bytes.
     *
     * @param partitioned whether its rows are parted
     * @throws IllegalArgumentException if it is not an Arrow message
     */
    static long cost(Frame frame, boolean partitioned) {
        return BatchCost.of(message(frame), BatchCost.sizes(frame.body), partitioned);
    }

    private static Message message(Frame frame) {
        try {
            Message message = Message.getRootAsMessage(ByteBuffer.wrap(frame.header));
            if (message.bodyLength() != frame.bodySize) {
                throw new IllegalArgumentException("an Arrow message announces a body of " + message.bodyLength()
                        + " bytes and has one of " + frame.bodySize);
            }
            return message;
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("the data_header is not an Arrow message", e);
        }
    }

    /** Copies and closes the frame, whose type is known. */
    static StreamMessage of(Frame frame, Budget.Reservation reservation) {
        try (frame) {
            int padded = (frame.header.length + 7) / 8 * 8;
            int size = Math.toIntExact(PREFIX + padded + frame.bodySize);
            ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
            bytes.writeIntLE(-1).writeIntLE(padded).writeBytes(frame.header).writeZero(padded - frame.header.length);
            for (ByteBuffer each : frame.body) bytes.writeBytes(each);
            return new StreamMessage(Message.getRootAsMessage(ByteBuffer.wrap(frame.header)), bytes, reservation);
        }
    }

    byte type() {
        return header.headerType();
    }

    /** The dictionary's id. */
    long dictionary() {
        return ofDictionary(DictionaryBatch::id);
    }

    boolean isDelta() {
        return ofDictionary(DictionaryBatch::isDelta);
    }

    /** Fields are read where they are asked for: each of them may lie outside a broken header. */
    private <T> T ofDictionary(Function<DictionaryBatch, T> field) {
        try {
            return field.apply((DictionaryBatch) header.header(new DictionaryBatch()));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the data_header is not an Arrow message", e);
        }
    }

    ByteBuffer bytes() {
        return bytes.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        bytes.release();
        if (reservation != null) reservation.close();
    }
}
