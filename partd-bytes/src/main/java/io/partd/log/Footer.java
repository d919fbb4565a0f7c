package io.partd.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The last 72 bytes of a finished segment or of a sidecar: they say where the index lies and what it covers.
 *
 * @param dataEnd where the records end in the segment
 * @param indexBytes the size of the index before this trailer
 * @param indexCrc the checksum of the index
 * @param synced up to where the records were on the medium when this was written
 * @param incarnation what {@link Medium#incarnation} said when this was written
 * @param lastStamp the greatest stamp in the segment
 * @param valueBytes the bytes of all values in the segment, those deleted since too
 */
record Footer(
        long dataEnd, int indexBytes, int indexCrc, long synced, long incarnation, long lastStamp, long valueBytes) {
    static final int SIZE = 72;

    private static final long MAGIC = 0x444e454454524150L; // "PARTDEND"
    private static final int CRC_AT = 68;

    void writeTo(ByteBuffer dst, int at, long segmentId) {
        dst.putLong(at, MAGIC);
        dst.putLong(at + 8, dataEnd);
        dst.putLong(at + 16, synced);
        dst.putLong(at + 24, incarnation);
        dst.putLong(at + 32, lastStamp);
        dst.putLong(at + 40, valueBytes);
        dst.putLong(at + 48, segmentId);
        dst.putInt(at + 56, indexBytes);
        dst.putInt(at + 60, indexCrc);
        dst.putInt(at + 64, 0);
        dst.putInt(at + CRC_AT, SegmentFormat.crc(dst, at, at + CRC_AT));
    }

    /** The trailer of this segment that begins at {@code at}, or null where there is none. */
    static Footer read(ByteBuffer src, int at, long segmentId) {
        if (src.getLong(at) != MAGIC
                || src.getInt(at + CRC_AT) != SegmentFormat.crc(src, at, at + CRC_AT)
                || src.getLong(at + 48) != segmentId) {
            return null;
        }
        long lastStamp = src.getLong(at + 32);
        if (lastStamp < 0 || lastStamp > RecordHeader.MAX_STAMP) return null;
        return new Footer(
                src.getLong(at + 8),
                src.getInt(at + 56),
                src.getInt(at + 60),
                src.getLong(at + 16),
                src.getLong(at + 24),
                lastStamp,
                src.getLong(at + 40));
    }

    /** The trailer at the end of a segment, or null where it has none. */
    static Footer find(Source source, long size, long segmentId) throws IOException {
        if (size < SegmentHeader.SIZE + RecordHeader.SIZE + SIZE) return null;
        ByteBuffer bytes = SegmentFormat.allocate(SIZE);
        source.read(size - SIZE, bytes);
        return bytes.hasRemaining() ? null : read(bytes, 0, segmentId);
    }

    /** The trailer of an index of one segment, whose bytes are these. */
    static Footer of(Index index, ByteBuffer bytes, long dataEnd, long synced, long incarnation) {
        int crc = SegmentFormat.crc(bytes, 0, bytes.limit());
        return new Footer(dataEnd, bytes.limit(), crc, synced, incarnation, index.lastStamp(), index.valueBytes());
    }

    /** The bytes of an index and then this trailer. */
    ByteBuffer append(ByteBuffer index, long segmentId) {
        ByteBuffer dst = SegmentFormat.allocate(index.remaining() + SIZE).put(index.duplicate());
        writeTo(dst, dst.position(), segmentId);
        return dst.clear();
    }
}
