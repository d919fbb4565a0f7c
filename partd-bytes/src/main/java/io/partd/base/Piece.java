package io.partd.base;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * A contiguous, immutable run of bytes, which may still lie in a file: what values are made of. Safe for several
 * threads. Ranges are from (inclusive) to (exclusive), and are right: whoever hands pieces out checks them.
 */
public interface Piece {

    /** The size in bytes, more than 0. */
    long size();

    /** Puts the bytes of the range, checked where they are stored, at the position of {@code dst}, which has room. */
    void copyTo(long from, long to, ByteBuffer dst);

    /** Adds views of the range, checked where they are stored; none is empty, and nobody writes to them. */
    void addBuffers(long from, long to, Collection<ByteBuffer> out);

    /** Who reads ranges of several pieces together, where that costs less than one after the other; or null. */
    default BulkReader bulkReader() {
        return null;
    }

    /** Reads ranges of pieces that all have this reader; they may share requests. */
    interface BulkReader {
        /** One buffer for each range, checked; nobody writes to them. */
        List<ByteBuffer> read(List<Range> ranges);
    }

    /** A range of a piece, which is no slice. */
    record Range(Piece piece, long from, long to) {

        /** The range where it lies. */
        public static Range of(Piece piece, long from, long to) {
            return piece instanceof Slice slice
                    ? of(slice.whole, slice.start + from, slice.start + to)
                    : new Range(piece, from, to);
        }
    }

    /** A piece that is the range of this one. */
    default Piece slice(long from, long to) {
        return from == 0 && to == size() ? this : new Slice(this, from, to);
    }

    /** A range of another piece. */
    record Slice(Piece whole, long start, long end) implements Piece {
        @Override
        public long size() {
            return end - start;
        }

        @Override
        public void copyTo(long from, long to, ByteBuffer dst) {
            whole.copyTo(start + from, start + to, dst);
        }

        @Override
        public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
            whole.addBuffers(start + from, start + to, out);
        }

        @Override
        public BulkReader bulkReader() {
            return whole.bulkReader();
        }

        @Override
        public Piece slice(long from, long to) {
            return new Slice(whole, start + from, start + to);
        }
    }

    /** A piece in memory: the bytes between position and limit of a buffer that only this holds. */
    record InMemory(ByteBuffer buffer) implements Piece {
        @Override
        public long size() {
            return buffer.remaining();
        }

        @Override
        public void copyTo(long from, long to, ByteBuffer dst) {
            int length = (int) (to - from);
            dst.put(dst.position(), buffer, buffer.position() + (int) from, length);
            dst.position(dst.position() + length);
        }

        @Override
        public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
            out.add(buffer.slice(buffer.position() + (int) from, (int) (to - from)));
        }
    }
}
