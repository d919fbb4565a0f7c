package io.partd.flight.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes in several pieces of memory, read from front to back; what is taken refers to the same memory. */
public final class Pieces {
    private final List<ByteBuffer> pieces;
    private int current;
    private long remaining;

    public Pieces(List<ByteBuffer> buffers) {
        pieces = new ArrayList<>(buffers.size());
        for (ByteBuffer buffer : buffers) pieces.add(buffer.duplicate());
        remaining = Frame.size(pieces);
    }

    public long remaining() {
        return remaining;
    }

    /** The next byte: there has to be one. */
    byte next() {
        remaining--;
        return skipEmpty().get();
    }

    /** Goes past the next bytes: there have to be as many. */
    public void skip(long length) {
        remaining -= length;
        for (long left = length; left > 0; ) {
            ByteBuffer piece = skipEmpty();
            int part = (int) Math.min(left, piece.remaining());
            piece.position(piece.position() + part);
            left -= part;
        }
    }

    /** A copy of the next bytes: there have to be as many. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        for (ByteBuffer slice : slices(length)) {
            int part = slice.remaining();
            slice.get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    /** The next bytes where they lie: there have to be as many. */
    public List<ByteBuffer> slices(long length) {
        List<ByteBuffer> slices = new ArrayList<>();
        remaining -= length;
        for (long left = length; left > 0; ) {
            ByteBuffer piece = skipEmpty();
            int part = (int) Math.min(left, piece.remaining());
            slices.add(piece.slice(piece.position(), part));
            piece.position(piece.position() + part);
            left -= part;
        }
        return slices;
    }

    private ByteBuffer skipEmpty() {
        while (!pieces.get(current).hasRemaining()) current++;
        return pieces.get(current);
    }
}
