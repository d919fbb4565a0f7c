package io.partd.log;

import java.nio.ByteBuffer;

/**
 * The first 64 bytes of a record.
 *
 * @param kind {@link #APPEND}, {@link #DELETE} or {@link #FOOTER}
 * @param entries the number of entries in the directory
 * @param directoryBytes the bytes after this header and before the payloads, a multiple of 8
 * @param payloadBytes the bytes after the directory, a multiple of 8
 * @param stamp its place in the order of appends
 * @param position where the record begins in its segment
 * @param synced up to where the segment was on the medium when this was written
 * @param directoryCrc the checksum of the directory
 */
record RecordHeader(
        int kind,
        int entries,
        int directoryBytes,
        long payloadBytes,
        long stamp,
        long position,
        long synced,
        int directoryCrc) {
    static final int SIZE = 64;
    static final int APPEND = 1;
    static final int DELETE = 2;
    static final int FOOTER = 3;

    /** The size up to which the index can say where a chunk lies: 32 TiB. */
    static final long MAX_SEGMENT = 1L << 45;
    /** Far enough from where a count of appends would run over. */
    static final long MAX_STAMP = Long.MAX_VALUE - (1L << 48);

    private static final int MAGIC = 0x43455250; // "PREC"
    private static final int CRC_AT = 60;

    void writeTo(ByteBuffer dst, int at, long segmentId) {
        dst.putInt(at, MAGIC);
        dst.putInt(at + 4, kind);
        dst.putInt(at + 8, entries);
        dst.putInt(at + 12, directoryBytes);
        dst.putLong(at + 16, payloadBytes);
        dst.putLong(at + 24, stamp);
        dst.putLong(at + 32, position);
        dst.putLong(at + 40, synced);
        dst.putLong(at + 48, segmentId);
        dst.putInt(at + 56, directoryCrc);
        dst.putInt(at + CRC_AT, SegmentFormat.crc(dst, at, at + CRC_AT));
    }

    /** The header that begins at {@code at}, or null where there is none of this segment and for this position. */
    static RecordHeader read(ByteBuffer src, int at, long segmentId, long position) {
        if (src.getInt(at) != MAGIC
                || src.getInt(at + CRC_AT) != SegmentFormat.crc(src, at, at + CRC_AT)
                || src.getLong(at + 32) != position
                || src.getLong(at + 48) != segmentId) {
            return null;
        }
        RecordHeader header = new RecordHeader(
                src.getInt(at + 4),
                src.getInt(at + 8),
                src.getInt(at + 12),
                src.getLong(at + 16),
                src.getLong(at + 24),
                position,
                src.getLong(at + 40),
                src.getInt(at + 56));
        return header.isPlausible() ? header : null;
    }

    private boolean isPlausible() {
        return kind >= APPEND
                && kind <= FOOTER
                && entries >= 0
                && directoryBytes >= 0
                && directoryBytes <= SegmentFormat.MAX_DIRECTORY
                && payloadBytes >= 0
                && payloadBytes <= MAX_SEGMENT
                && position <= MAX_SEGMENT
                && stamp >= 0
                && stamp <= MAX_STAMP
                && ((directoryBytes | payloadBytes) & SegmentFormat.ALIGNMENT - 1) == 0;
    }

    /** Where the payloads begin in the segment. */
    long payloadStart() {
        return position + SIZE + directoryBytes;
    }

    /** Where the record ends in the segment, and the next one begins. */
    long end() {
        return payloadStart() + payloadBytes;
    }
}
