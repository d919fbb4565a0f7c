package io.partd.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Constants of the segment format and what its parts share; docs/format.md has it byte by byte. All numbers are
 * little-endian.
 */
public final class SegmentFormat {
    public static final int VERSION = 1;
    /** A payload of at most this many bytes is one block. */
    static final int MIN_BLOCK = 8 << 10;
    /** No block is larger. */
    public static final int MAX_BLOCK = 64 << 10;
    /** Payloads and records begin at multiples of this, so that Arrow buffers can be used in place. */
    static final int ALIGNMENT = 8;

    public static final String SEGMENT = ".seg";
    public static final String SIDECAR = ".idx";
    public static final String TEMPORARY = ".tmp";
    public static final String MANIFEST = "partd.manifest";
    /** How a numbered manifest's name begins, before its number. */
    public static final String NUMBERED = MANIFEST + "-";
    /** How the name of an index of several segments begins, before a UUID. */
    public static final String INDEX = "partd.index-";
    /** Says which numbered manifest was the latest once. */
    public static final String LATEST = "partd.latest";
    /** Room for a manifest when the disk is full. */
    public static final String RESERVE = "partd.reserve";

    /** The writer of all segments on a medium where files are written once and whole; no local handle has it. */
    public static final long WRITER_ELSEWHERE = SegmentHeader.MAX_WRITER;

    /** The most that one directory or index may take: what is read in one piece. */
    public static final int MAX_DIRECTORY = 1 << 30;

    private static final int NAME_DIGITS = 32;
    private static final int UUID_LENGTH = 36;

    private SegmentFormat() {}

    /** Whether this is how a segment's file is named: anything else in the directory is somebody else's. */
    public static boolean isSegment(String name) {
        return name.length() == NAME_DIGITS + SEGMENT.length()
                && name.endsWith(SEGMENT)
                && name.chars().limit(NAME_DIGITS).allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /**
     * Whether this is how a segment is named that was written for a medium where files are written once and whole: it
     * counts only if an index that a manifest names has it.
     */
    public static boolean isWrittenElsewhere(String name) {
        return isSegment(name) && SegmentHeader.writerOf(name) == WRITER_ELSEWHERE;
    }

    /** Whether this is how a sidecar of a segment is named. */
    public static boolean isSidecar(String name) {
        return name.endsWith(SIDECAR) && isSegment(segmentOf(name));
    }

    /** Whether this is how a file is named that is being published. */
    public static boolean isTemporary(String name) {
        int end = name.length() - TEMPORARY.length() - UUID_LENGTH - 1;
        if (end <= 0 || !name.endsWith(TEMPORARY) || name.charAt(end) != '.') return false;
        return name.startsWith(MANIFEST) && end == MANIFEST.length() || isSidecar(name.substring(0, end));
    }

    /** Whether this is how an index of several segments is named. */
    public static boolean isIndex(String name) {
        return name.length() == INDEX.length() + UUID_LENGTH
                && name.startsWith(INDEX)
                && name.chars()
                        .skip(INDEX.length())
                        .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '-');
    }

    /** The number of a numbered manifest, if the name is of one. */
    public static OptionalLong numberOf(String name) {
        String digits = name.startsWith(NUMBERED) ? name.substring(NUMBERED.length()) : "";
        boolean isNumber = !digits.isEmpty()
                && digits.length() < 19 // what has no more fits in a long
                && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** The segment of a sidecar. */
    public static String segmentOf(String sidecar) {
        return sidecar.substring(0, sidecar.length() - SIDECAR.length());
    }

    static ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static long align(long size) {
        return size + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /**
     * A payload has a checksum for each block of this many bytes, a power of two: about an eighth of the payload, so
     * that who wants a part of it need not check it all.
     */
    static int blockSize(long length) {
        int eighth = (int) Math.min(MAX_BLOCK, (length + 7) / 8);
        return eighth <= MIN_BLOCK ? MIN_BLOCK : Integer.highestOneBit(eighth - 1) << 1;
    }

    /** The number of checksums of a payload. */
    static long blocks(long length) {
        int size = blockSize(length);
        return (length + size - 1) / size;
    }

    /**
     * CRC32C (Castagnoli, RFC 3720, Appendix B.4) of a range of the buffer, whose position and limit are as before
     * afterwards: not for a buffer that threads share.
     */
    public static int crc(ByteBuffer buffer, int from, int to) {
        CRC32C crc = new CRC32C();
        int position = buffer.position();
        int limit = buffer.limit();
        crc.update(buffer.limit(to).position(from));
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }

    static boolean isZero(ByteBuffer buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer.get(i) != 0) return false;
        }
        return true;
    }
}
