package io.partd.flight.wire;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads the protobuf encoding of FlightData from pieces of memory, which the frame's body refers to. */
final class FrameParser {
    static final int DESCRIPTOR = 1;
    static final int HEADER = 2;
    static final int METADATA = 3;
    static final int BODY = 1000;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final Pieces pieces;

    private FrameParser(List<ByteBuffer> pieces) {
        this.pieces = new Pieces(pieces);
    }

    /**
     * Returns the frame, which frees the owner when it is closed.
     *
     * @throws IllegalArgumentException if the message is malformed
     */
    static Frame parse(List<ByteBuffer> message, int size, Closeable owner) {
        FrameParser parser = new FrameParser(message);
        byte[] descriptor = null;
        byte[] header = Frame.NOTHING;
        byte[] metadata = Frame.NOTHING;
        List<ByteBuffer> body = List.of();
        while (parser.pieces.remaining() > 0) {
            long tag = parser.varint();
            long field = tag >>> 3;
            if ((tag & 7) != LENGTH_DELIMITED) {
                parser.skip((int) (tag & 7), field);
                continue;
            }
            int length = parser.require(parser.varint(), field);
            if (field == DESCRIPTOR) descriptor = parser.pieces.bytes(length);
            else if (field == HEADER) header = parser.pieces.bytes(length);
            else if (field == METADATA) metadata = parser.pieces.bytes(length);
            else if (field == BODY) body = parser.pieces.slices(length);
            else parser.pieces.slices(length);
        }
        return Frame.received(descriptor, header, metadata, body, size, owner);
    }

    private void skip(int type, long field) {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> pieces.slices(require(8, field));
            case FIXED32 -> pieces.slices(require(4, field));
            default -> throw new IllegalArgumentException("field " + field + " has wire type " + type);
        }
    }

    private int require(long length, long field) {
        if (length < 0 || length > pieces.remaining()) {
            throw new IllegalArgumentException("field " + field + " has " + Long.toUnsignedString(length)
                    + " bytes and " + pieces.remaining() + " follow");
        }
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (pieces.remaining() == 0) throw new IllegalArgumentException("it ends within a number");
            byte next = pieces.next();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new IllegalArgumentException("a number has more than 10 bytes");
    }
}
