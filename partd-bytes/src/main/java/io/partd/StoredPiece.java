package io.partd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;

/** One chunk in a segment. A block is checked when it is first touched; two threads may both do that. */
final class StoredPiece implements Piece {
    private final Segment segment;
    private final Windows windows;
    private final long offset;
    private final long size;
    /** The checksums of its blocks, or null until they are read from the segment. */
    private volatile int[] checks;

    private final long checksAt;
    private final boolean[] checked;

    /** A chunk of one block. */
    StoredPiece(Segment segment, long offset, int size, int crc) {
        this(segment, offset, size, new int[] {crc}, 0);
    }

    /** A chunk whose checksums lie at a position of the segment. */
    StoredPiece(Segment segment, long offset, long size, long checksAt) {
        this(segment, offset, size, null, checksAt);
    }

    private StoredPiece(Segment segment, long offset, long size, int[] checks, long checksAt) {
        this.segment = segment;
        this.windows = segment.windows();
        this.offset = offset;
        this.size = size;
        this.checks = checks;
        this.checksAt = checksAt;
        this.checked = new boolean[(int) Format.blocks(size)];
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
            int block = (int) (at / Format.BLOCK);
            long end = Math.min(to, (block + 1L) * Format.BLOCK);
            ByteBuffer bytes = block(block);
            int start = (int) (at % Format.BLOCK);
            int length = (int) (end - at);
            dst.put(dst.position(), bytes, start, length).position(dst.position() + length);
            at = end;
        }
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        int first = (int) (from / Format.BLOCK);
        int last = (int) ((to - 1) / Format.BLOCK);
        if (offset + size > windows.end()) {
            ByteBuffer copy = ByteBuffer.allocate((int) (to - from));
            copyTo(from, to, copy);
            out.add(copy.flip());
            return;
        }
        for (int block = first; block <= last; block++) {
            if (!checked[block]) block(block);
        }
        for (long at = from; at < to; ) {
            ByteBuffer view = windows.prefix(offset + at, offset + to);
            out.add(view);
            at += view.remaining();
        }
    }

    /** The bytes of a block, checked. */
    private ByteBuffer block(int block) {
        long from = (long) block * Format.BLOCK;
        int length = (int) Math.min(Format.BLOCK, size - from);
        ByteBuffer bytes = windows.find(offset + from, offset + from + length);
        if (bytes == null) {
            bytes = ByteBuffer.allocate(length);
            read(offset + from, bytes);
            bytes.flip();
        } else if (checked[block]) {
            return bytes;
        }
        if (Format.crc(bytes, 0, length) != checks()[block]) throw corrupt(segment, offset + from);
        checked[block] = true;
        return bytes;
    }

    private int[] checks() {
        int[] here = checks;
        if (here != null) return here;
        ByteBuffer bytes = Format.allocate(4 * checked.length);
        read(checksAt, bytes);
        here = new int[checked.length];
        bytes.flip().asIntBuffer().get(here);
        checks = here;
        return here;
    }

    private void read(long position, ByteBuffer dst) {
        try {
            segment.read(position, dst);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + segment.describe() + ": " + e.getMessage(), e);
        }
    }
}
