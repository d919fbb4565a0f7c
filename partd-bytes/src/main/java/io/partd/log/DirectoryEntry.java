package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.marks.Mark;
import java.nio.ByteBuffer;

/**
 * One entry of a record's directory, 20 bytes and then its checksums and its key. A cursor over a directory, whose
 * checksum is right; still, nothing in it is believed unchecked. For one thread.
 */
final class DirectoryEntry {
    static final int SIZE = 20;
    static final int HEAD = 1;

    private final ByteBuffer src;
    private final int end;
    private final RecordHeader record;
    private final String file;
    private int next;

    /** Where the key lies in the buffer. */
    int keyAt;

    int keyLength;
    /** Where the payload begins in the segment. */
    long offset;

    long length;
    /** Where the checksums lie in the buffer. */
    int checksAt;
    /** Whether it is a mark, which has none of these. */
    boolean isMark;

    private int at;

    /** A cursor before the first entry of the directory that begins at {@code start}. */
    DirectoryEntry(ByteBuffer src, int start, RecordHeader record, String file) {
        this.src = src;
        this.next = start;
        this.end = start + record.directoryBytes();
        this.record = record;
        this.file = file;
    }

    static long size(long length, int keyLength) {
        return SIZE + 4 * SegmentFormat.blocks(length) + keyLength;
    }

    static void write(ByteBuffer dst, int at, int keyLength, boolean head, long payloadOffset, long length) {
        dst.putInt(at, keyLength | (head ? HEAD << 16 : 0)); // two words of 16 bits
        dst.putLong(at + 4, payloadOffset);
        dst.putLong(at + 12, length);
    }

    /** Adds all entries that are to come to an index, as those of a segment of this number. */
    void addAll(Index index, int segment) {
        for (int i = 0; i < record.entries(); i++) {
            next();
            if (isMark) index.add(mark(), record.stamp());
            else if (record.kind() == RecordHeader.DELETE) index.delete(src, keyAt, keyLength, record.stamp());
            else index.add(src, keyAt, keyLength, record.stamp(), segment, offset, length, check());
        }
    }

    /** Moves to the next entry; to be called as often as the record has entries. */
    void next() {
        at = next;
        check(SIZE <= end - next, "an entry passes the end of the directory");
        int flags = src.getShort(next + 2);
        check((flags & ~(HEAD | MarkEntry.MARK)) == 0, "an entry has flags that version 1 does not know");
        isMark = (flags & MarkEntry.MARK) != 0;
        if (isMark) nextMark();
        else nextValue();
    }

    private void nextMark() {
        check(record.kind() == RecordHeader.APPEND, "a mark stands where no append is");
        next = MarkEntry.end(src, at, end);
        check(next > 0, "a mark is impossible");
    }

    /** The entry, which is a mark. */
    Mark mark() {
        return MarkEntry.read(src, at, record.stamp());
    }

    private void nextValue() {
        keyLength = src.getShort(next) & 0xffff;
        long start = src.getLong(next + 4);
        length = src.getLong(next + 12);
        check(
                start >= 0 && length >= 0 && start <= record.payloadBytes() && length <= record.payloadBytes() - start,
                "a payload passes the end of the record");
        check(keyLength > 0 && (start & SegmentFormat.ALIGNMENT - 1) == 0, "an entry has no key, or is not aligned");
        offset = record.payloadStart() + start;
        checksAt = next + SIZE;
        long checks = 4 * SegmentFormat.blocks(length);
        check(checks + keyLength <= end - checksAt, "an entry passes the end of the directory");
        keyAt = checksAt + (int) checks;
        next = keyAt + keyLength;
    }

    /**
     * The checksum of a payload of one block, or where in the segment the checksums of a longer one begin; 0 for an
     * empty one.
     */
    long check() {
        if (length == 0) return 0;
        if (length <= SegmentFormat.MIN_BLOCK) return src.getInt(checksAt) & 0xffffffffL;
        return record.payloadStart() - (end - checksAt);
    }

    private void check(boolean right, String reason) {
        if (!right) throw new CorruptPartdException(file, record.position(), reason);
    }
}
