package io.partd.log;

import java.nio.ByteBuffer;

/**
 * Bytes of a segment that are to be read.
 *
 * @param position where they begin in the segment
 * @param dst what they fill from its start, with an array
 */
public record FarRead(long position, ByteBuffer dst) {
    public FarRead(long position, int length) {
        this(position, SegmentFormat.allocate(length));
    }

    public long end() {
        return position + dst.capacity();
    }
}
