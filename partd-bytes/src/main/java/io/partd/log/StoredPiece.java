package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.zip.CRC32C;

/**
 * One chunk of several blocks in a segment. A block is checked when it is first touched; two threads may both do that.
 */
final class StoredPiece implements Piece {
    private final Segment segment;
    private final long offset;
    private final long size;
    private final int blockSize;
    private final long checksAt;
    private final boolean[] checked;

    /** A chunk whose checksums lie at a position of the segment. */
    StoredPiece(Segment segment, long offset, long size, long checksAt) {
        this.segment = segment;
        this.offset = offset;
        this.size = size;
        this.blockSize = SegmentFormat.blockSize(size);
        this.checksAt = checksAt;
        this.checked = new boolean[(int) SegmentFormat.blocks(size)];
    }

    static CorruptPartdException corrupt(Segment segment, long offset) {
        return new CorruptPartdException(
                segment.describe(),
                offset,
                "a stored value does not match its checksum: restore the file, or delete the key");
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void copyTo(long from, long to, ByteBuffer dst) {
        for (long at = from; at < to; ) {
            long end = strideEnd(at, to);
            check(at, end);
            dst.put(bytes(offset + at, offset + end));
            at = end;
        }
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        for (long at = from; at < to; at = strideEnd(at, to)) {
            check(at, strideEnd(at, to));
        }
        for (long at = from; at < to; ) {
            ByteBuffer view = segment.source.view(offset + at, offset + to);
            out.add(view);
            at += view.remaining();
        }
    }

    /** Blocks are looked at in strides of the largest size: a stride has whole ones, and lies in one window. */
    private static long strideEnd(long at, long to) {
        return Math.min(to, (at | SegmentFormat.MAX_BLOCK - 1) + 1);
    }

    /** Checks the blocks of a range that lies in one stride. */
    private void check(long from, long to) {
        segment.source.check(System.nanoTime());
        int first = (int) (from / blockSize);
        int last = (int) ((to - 1) / blockSize);
        while (first <= last && checked[first]) first++;
        if (first > last) return;
        long start = (long) first * blockSize;
        long end = Math.min(size, (last + 1L) * blockSize);
        check(bytes(offset + start, offset + end), start, first);
        for (int block = first; block <= last; block++) checked[block] = true;
    }

    /** Checks bytes that begin with this block, at this place of the piece. */
    private void check(ByteBuffer bytes, long start, int first) {
        CRC32C crc = new CRC32C();
        int end = bytes.limit();
        ByteBuffer expected = checks(first, (end + blockSize - 1) / blockSize);
        for (int at = 0, i = 0; at < end; at += blockSize, i += 4) {
            crc.reset();
            crc.update(bytes.limit(Math.min(end, at + blockSize)).position(at));
            if ((int) crc.getValue() != expected.getInt(i)) throw corrupt(segment, offset + start + at);
        }
    }

    /** A copy of a range that begins with a block, checked; it need not be mapped. */
    ByteBuffer load(long from, long to) {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        read(offset + from, bytes);
        segment.source.check(System.nanoTime()); // the checksums may be kept
        check(bytes.flip(), from, (int) (from / blockSize));
        return bytes.rewind();
    }

    /** The checksums of some blocks. */
    private ByteBuffer checks(int first, int count) {
        long from = checksAt + 4L * first;
        return bytes(from, from + 4L * count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of a range: a view where they are kept in one piece, else a copy. */
    private ByteBuffer bytes(long from, long to) {
        if (to <= segment.source.kept()) {
            ByteBuffer view = segment.source.view(from, to);
            if (view.remaining() == to - from) return view;
        }
        ByteBuffer copy = ByteBuffer.allocate((int) (to - from));
        read(from, copy);
        return copy.flip();
    }

    private void read(long position, ByteBuffer dst) {
        try {
            segment.read(position, dst);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + segment.describe() + ": " + e.getMessage(), e);
        }
    }
}
