package io.partd.log;

import java.nio.ByteBuffer;

/**
 * A segment that has all its bytes, and what is in it: all that is to be known of its file to read values from it.
 *
 * @param name the name of its file
 * @param length the bytes of its file
 * @param start its records before this position do not count
 * @param dataEnd where its records end
 * @param lastStamp the greatest stamp in it
 * @param valueBytes the bytes of all values in it
 * @param index which chunks each key has there, as in a footer; nobody changes it, or its position
 */
public record SealedSegment(
        String name, long length, long start, long dataEnd, long lastStamp, long valueBytes, ByteBuffer index) {

    SealedSegment withLength(long fileLength) {
        return new SealedSegment(name, fileLength, start, dataEnd, lastStamp, valueBytes, index);
    }

    /** What the segment's own footer would say of it. */
    Footer footer() {
        return new Footer(dataEnd, index.remaining(), 0, dataEnd, 0, lastStamp, valueBytes);
    }

    /** Its header, as far as its name says what is in it. */
    SegmentHeader header() {
        return new SegmentHeader(SegmentHeader.idOf(name), SegmentHeader.writerOf(name), 0, 0, true);
    }

    static SealedSegment of(String name, long length, long start, Index index, long dataEnd) {
        ByteBuffer bytes = IndexCodec.encode(index);
        if (bytes == null) {
            throw new IllegalArgumentException("the index of the segment " + name + " takes more than "
                    + SegmentFormat.MAX_DIRECTORY + " bytes: rewrite the store with compact() first");
        }
        return new SealedSegment(name, length, start, dataEnd, index.lastStamp(), index.valueBytes(), bytes);
    }
}
