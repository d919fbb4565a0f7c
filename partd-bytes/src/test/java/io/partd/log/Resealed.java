package io.partd.log;

import java.nio.ByteBuffer;
import java.util.Set;

/** Makes the checksums right of what was changed, as only somebody who wants to harm does. */
public final class Resealed {
    private static final Set<Long> MAGICS = Set.of(0x4745534454524150L, 0x444e454454524150L);
    private static final int RECORD = 0x43455250;

    private Resealed() {}

    /** Goes by the places where headers and trailers begin, whatever is in them. */
    public static void reseal(String name, ByteBuffer bytes) {
        if (name.equals(SegmentFormat.MANIFEST)) {
            int end = bytes.limit() - 4;
            if (end >= 0) bytes.putInt(end, SegmentFormat.crc(bytes, 0, end));
            return;
        }
        int trailer = bytes.limit() - Footer.SIZE;
        if (trailer >= 0 && trailer % 4 == 0) sealTrailer(bytes, trailer);
        for (int at = 0; at + RecordHeader.SIZE <= bytes.limit(); at += SegmentFormat.ALIGNMENT) {
            if (bytes.getInt(at) == RECORD) sealRecord(bytes, at);
            else if (MAGICS.contains(bytes.getLong(at)) && at == 0) seal(bytes, at, SegmentHeader.SIZE);
        }
    }

    private static void sealTrailer(ByteBuffer bytes, int at) {
        if (!MAGICS.contains(bytes.getLong(at))) return;
        int indexBytes = bytes.getInt(at + 56);
        if (indexBytes >= 0 && indexBytes <= at) bytes.putInt(at + 60, SegmentFormat.crc(bytes, at - indexBytes, at));
        seal(bytes, at, Footer.SIZE);
    }

    private static void sealRecord(ByteBuffer bytes, int at) {
        int directory = bytes.getInt(at + 12);
        int start = at + RecordHeader.SIZE;
        if (directory >= 0 && directory <= bytes.limit() - start && bytes.getInt(at + 4) != RecordHeader.FOOTER) {
            bytes.putInt(at + 56, SegmentFormat.crc(bytes, start, start + directory));
        }
        seal(bytes, at, RecordHeader.SIZE);
    }

    private static void seal(ByteBuffer bytes, int at, int size) {
        bytes.putInt(at + size - 4, SegmentFormat.crc(bytes, at, at + size - 4));
    }
}
