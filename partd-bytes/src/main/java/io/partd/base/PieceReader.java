package io.partd.base;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Walks pieces from front to back, reading and checking at most one block ahead. For one thread. */
public final class PieceReader {
    static final int BLOCK = 64 << 10;

    private final Piece[] pieces;
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private Piece piece;
    private int nextPiece;
    private long offset;
    private long remaining;

    /** A walk of pieces that have {@code size} bytes in all. */
    public PieceReader(Piece[] pieces, long size) {
        this.pieces = pieces;
        this.remaining = size;
    }

    public boolean hasRemaining() {
        return remaining > 0;
    }

    public long remaining() {
        return remaining;
    }

    /**
     * The number of bytes that {@link #next} can give without going to another buffer: more than 0 while there are any.
     */
    public int remainingHere() {
        if (remaining == 0) return 0;
        while (ready.isEmpty() || !ready.peek().hasRemaining()) {
            if (!ready.isEmpty()) {
                ready.remove();
                continue;
            }
            while (piece == null || offset == piece.size()) {
                piece = pieces[nextPiece++];
                offset = 0;
            }
            long end = Math.min(piece.size(), offset + BLOCK);
            piece.addBuffers(offset, end, ready);
            offset = end;
        }
        return ready.peek().remaining();
    }

    /** The next bytes, at most {@link #remainingHere} of them, as a view that nobody writes to. */
    public ByteBuffer next(int length) {
        ByteBuffer here = ready.element();
        ByteBuffer view = here.slice(here.position(), length);
        here.position(here.position() + length);
        remaining -= length;
        return view;
    }
}
