package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.KeyCheck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes of several segments in one file, and keys that lose what they held before: what one commit adds to a
 * store, or a part of that. The order of the segments is the order of their records.
 *
 * @param removed keys whose chunks of smaller stamps do not count any more
 */
public record SegmentIndexes(List<SealedSegment> segments, List<String> removed) {
    private static final long MAGIC = 0x5844494454524150L; // "PARTDIDX"
    /** The numbers of one segment, and the length of its name. */
    private static final int SEGMENT = 48;
    /** More than this go into several files, each of which is read at once. */
    private static final long TARGET_BYTES = 64 << 20;

    /** The same in as many files as they need. */
    public List<SegmentIndexes> split() {
        List<SegmentIndexes> all = new ArrayList<>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < segments.size(); i++) {
            long more = size(segments.get(i));
            if (i > from && size + more > TARGET_BYTES) {
                all.add(part(from, i, all.isEmpty()));
                from = i;
                size = 0;
            }
            size += more;
        }
        all.add(part(from, segments.size(), all.isEmpty()));
        return all;
    }

    /** What is removed is said once. */
    private SegmentIndexes part(int from, int to, boolean first) {
        return new SegmentIndexes(segments.subList(from, to), first ? removed : List.of());
    }

    private static long size(SealedSegment segment) {
        return SEGMENT
                + SegmentFormat.align(segment.name().length() + 4)
                + SegmentFormat.align(segment.index().remaining())
                + SegmentFormat.ALIGNMENT;
    }

    /** The whole file. */
    public ByteBuffer encode() {
        long size = 8 + SegmentFormat.ALIGNMENT;
        for (SealedSegment segment : segments) size += size(segment);
        for (String key : removed) size += CheckedInput.textSize(key);
        ByteBuffer dst = CheckedInput.begin(size, MAGIC, "merged index");
        dst.putInt(segments.size()).putInt(removed.size());
        for (SealedSegment segment : segments) write(dst, segment);
        for (String key : removed) CheckedInput.putText(dst, key);
        return CheckedInput.end(dst);
    }

    private static void write(ByteBuffer dst, SealedSegment segment) {
        dst.putLong(segment.length()).putLong(segment.start()).putLong(segment.dataEnd());
        dst.putLong(segment.lastStamp()).putLong(segment.valueBytes());
        dst.putInt(segment.index().remaining());
        CheckedInput.putText(dst, segment.name());
        align(dst);
        dst.put(segment.index().duplicate());
        align(dst);
    }

    private static void align(ByteBuffer dst) {
        while (dst.position() % SegmentFormat.ALIGNMENT != 0) dst.put((byte) 0);
    }

    /**
     * Reads a whole file.
     *
     * @throws CorruptPartdException if it is not one
     */
    public static SegmentIndexes decode(ByteBuffer whole, String file) {
        CheckedInput src = CheckedInput.open(whole, MAGIC, file, "merged index");
        int segments = src.count(SEGMENT);
        int removed = src.count(4);
        List<SealedSegment> all = new ArrayList<>();
        for (int i = 0; i < segments; i++) all.add(readSegment(src));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < removed; i++) keys.add(readKey(src));
        src.end();
        return new SegmentIndexes(all, keys);
    }

    private static SealedSegment readSegment(CheckedInput src) {
        long length = src.upTo(RecordHeader.MAX_SEGMENT);
        long start = src.upTo(length);
        long dataEnd = src.upTo(length);
        long lastStamp = src.upTo(RecordHeader.MAX_STAMP);
        long valueBytes = src.upTo(Long.MAX_VALUE);
        int indexBytes = src.count(1);
        String name = src.text();
        if (!SegmentFormat.isSegment(name) || SegmentFile.writerOf(name).isEmpty()) {
            throw src.broken("it names an impossible segment");
        }
        src.align();
        ByteBuffer index = src.bytes(indexBytes);
        src.align();
        return new SealedSegment(name, length, start, dataEnd, lastStamp, valueBytes, index);
    }

    private static String readKey(CheckedInput src) {
        String key = src.text();
        try {
            KeyCheck.utf8Length(key);
            return key;
        } catch (IllegalArgumentException e) {
            throw src.broken("it names an impossible key: " + e.getMessage());
        }
    }
}
