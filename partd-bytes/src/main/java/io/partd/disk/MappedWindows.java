package io.partd.disk;

import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The mapped part of a file, from its start, in windows of at most 1 GiB. A window overlaps the next by a block, so
 * that each block lies in one of them. Immutable.
 */
final class MappedWindows {
    static final MappedWindows NONE = new MappedWindows(new long[0], new ByteBuffer[0], 0);

    private static final int STRIDE = (1 << 30) - SegmentFormat.MAX_BLOCK;

    private final long[] starts;
    private final ByteBuffer[] buffers;
    private final long end;

    private MappedWindows(long[] starts, ByteBuffer[] buffers, long end) {
        this.starts = starts;
        this.buffers = buffers;
        this.end = end;
    }

    /** Up to where the file is mapped. */
    long end() {
        return end;
    }

    /** These windows and more, up to {@code newEnd}, where a record ends; null where there may be no more maps. */
    MappedWindows extend(LocalMedium medium, String name, long newEnd) throws IOException {
        int count = (int) ((newEnd - end + STRIDE - 1) / STRIDE);
        long[] moreStarts = Arrays.copyOf(starts, starts.length + count);
        ByteBuffer[] moreBuffers = Arrays.copyOf(buffers, buffers.length + count);
        long at = end;
        for (int i = starts.length; i < moreStarts.length; i++, at += STRIDE) {
            moreStarts[i] = at;
            moreBuffers[i] = medium.map(name, at, (int) Math.min(STRIDE + SegmentFormat.MAX_BLOCK, newEnd - at));
            if (moreBuffers[i] == null) return null;
        }
        return new MappedWindows(moreStarts, moreBuffers, newEnd);
    }

    /** A view of the longest prefix of a mapped range that one window has: at least a block, or all. */
    ByteBuffer prefix(long from, long to) {
        int i = indexOf(from);
        long last = Math.min(to, starts[i] + buffers[i].limit());
        return buffers[i].slice((int) (from - starts[i]), (int) (last - from));
    }

    /** Copies a range that lies within one window. */
    boolean copy(long from, byte[] dst, int at, int length) {
        int i = indexOf(from);
        if (i < 0 || from + length > starts[i] + buffers[i].limit()) return false;
        buffers[i].get((int) (from - starts[i]), dst, at, length);
        return true;
    }

    private int indexOf(long position) {
        int i = Arrays.binarySearch(starts, position);
        return i >= 0 ? i : -i - 2;
    }
}
