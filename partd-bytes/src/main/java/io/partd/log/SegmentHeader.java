package io.partd.log;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The first 64 bytes of a segment.
 *
 * @param id ties the segment's records and footer to it
 * @param writer the writer whose byte in the lock file says that the segment may still grow
 * @param created the stamp word when it was created
 * @param incarnation what {@link Medium#incarnation} said then
 * @param compacted whether it is a compaction's output, and counts only if the manifest names it
 */
record SegmentHeader(long id, long writer, long created, long incarnation, boolean compacted) {
    static final int SIZE = 64;
    /** Writers are numbers of 61 bits. */
    static final long MAX_WRITER = (1L << 61) - 1;

    private static final long MAGIC = 0x4745534454524150L; // "PARTDSEG"
    private static final int COMPACTED = 1;
    private static final int CRC_AT = 60;

    void writeTo(ByteBuffer dst, int at) {
        dst.putLong(at, MAGIC);
        dst.putInt(at + 8, SegmentFormat.VERSION);
        dst.putInt(at + 12, compacted ? COMPACTED : 0);
        dst.putLong(at + 16, id);
        dst.putLong(at + 24, writer);
        dst.putLong(at + 32, created);
        dst.putLong(at + 40, incarnation);
        for (int i = 48; i < CRC_AT; i += 4) dst.putInt(at + i, 0);
        dst.putInt(at + CRC_AT, SegmentFormat.crc(dst, at, at + CRC_AT));
    }

    SegmentHeader withIncarnation(long of) {
        return new SegmentHeader(id, writer, created, of, compacted);
    }

    /** The name of the file. */
    String fileName() {
        return String.format(Locale.ROOT, "%016x%016x", writer, id) + SegmentFormat.SEGMENT;
    }

    /** The writer that a segment's name tells. */
    static long writerOf(String fileName) {
        return Long.parseUnsignedLong(fileName, 0, 16, 16);
    }

    /** The id that the name of a segment's file ends with. */
    static long idOf(String name) {
        return Long.parseUnsignedLong(name, 16, 32, 16);
    }

    /**
     * Reads a header from the first 64 bytes.
     *
     * @throws CorruptPartdException if they are not one
     * @throws NewerFormatException if a newer version wrote it
     */
    static SegmentHeader read(ByteBuffer src, String file) {
        if (src.getLong(0) != MAGIC || src.getInt(CRC_AT) != SegmentFormat.crc(src, 0, CRC_AT)) {
            throw new CorruptPartdException(file, 0, "this is not the header of a segment");
        }
        NewerFormatException.check(src.getInt(8), file);
        boolean compacted = (src.getInt(12) & COMPACTED) != 0;
        SegmentHeader header =
                new SegmentHeader(src.getLong(16), src.getLong(24), src.getLong(32), src.getLong(40), compacted);
        if (header.writer < 0 || header.writer > MAX_WRITER) {
            throw new CorruptPartdException(file, 24, "a segment has no writer " + header.writer);
        }
        return header;
    }
}
