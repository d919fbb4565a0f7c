package io.partd.log;

import io.partd.CorruptPartdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks the records of a segment from a position on, reading headers and directories and passing over the payloads. For
 * one thread.
 *
 * <p>A partial header, a record that passes the end of the file, and zeros to its end are a torn tail, where the walk
 * ends. What else does not check is corruption, unless {@link #afterPowerLoss} was called and it lacks a page that was
 * never synced.
 */
final class SegmentScanner {
    private static final int FEW = 4 << 10;
    private static final int MANY = 256 << 10;
    private static final int PAGE = 4 << 10;

    private final Source source;
    private final long id;
    private final long size;
    private long position;
    private long synced = Long.MAX_VALUE;
    private boolean checkPayloads;
    private RecordHeader record;
    private boolean smallRecords = true;

    /** What was read last: the file's bytes from {@link #windowStart}. */
    private ByteBuffer window = SegmentFormat.allocate(0);

    private long windowStart;

    /** A walk of a file of this size, from a position where a record begins or the records end. */
    SegmentScanner(Source source, long id, long position, long size) {
        this.source = source;
        this.id = id;
        this.position = position;
        this.size = size;
    }

    /**
     * Checks payloads too, and takes what lacks a page behind this position for the end: nobody was told that it is on
     * the medium.
     */
    SegmentScanner afterPowerLoss(long syncedUpTo) {
        synced = syncedUpTo;
        checkPayloads = true;
        return this;
    }

    /** Where the next record begins. */
    long position() {
        return position;
    }

    /** The header of the next record, or null at the end; the walk moves past it with {@link #take}. */
    RecordHeader peek() throws IOException {
        if (size - position < RecordHeader.SIZE) return null;
        load(position, RecordHeader.SIZE, smallRecords ? MANY : FEW);
        RecordHeader header = RecordHeader.read(window, at(position), id, position);
        if (header == null) {
            if (isZeroToTheEnd()) return null;
            return torn(position, position + RecordHeader.SIZE, "the header of a record does not check");
        }
        if (header.end() > size) return null;
        if (header.kind() != RecordHeader.FOOTER && !loadDirectory(header)) return null;
        if (checkPayloads && header.kind() == RecordHeader.APPEND && !payloadsCheck(header)) return null;
        record = header;
        return header;
    }

    private boolean loadDirectory(RecordHeader header) throws IOException {
        long start = position + RecordHeader.SIZE;
        load(start, header.directoryBytes(), header.directoryBytes());
        if (SegmentFormat.crc(window, at(start), at(start) + header.directoryBytes()) == header.directoryCrc())
            return true;
        torn(start, header.payloadStart(), "the directory of a record does not check");
        return false;
    }

    /** Moves past the record that was just peeked at. */
    void take() {
        position = record.end();
        smallRecords = record.payloadBytes() < FEW * 4;
    }

    /** Adds the entries of the record that was just peeked at. */
    void addTo(Index index, int segment) {
        entries().addAll(index, segment);
    }

    private DirectoryEntry entries() {
        return new DirectoryEntry(window, at(record.position() + RecordHeader.SIZE), record, source.describe());
    }

    private boolean payloadsCheck(RecordHeader header) throws IOException {
        record = header;
        DirectoryEntry entry = entries();
        ByteBuffer block = SegmentFormat.allocate(SegmentFormat.MAX_BLOCK);
        for (int i = 0; i < header.entries(); i++) {
            entry.next();
            if (entry.isMark) continue;
            int size = SegmentFormat.blockSize(entry.length);
            for (long done = 0; done < entry.length; done += size) {
                long from = entry.offset + done;
                int length = (int) Math.min(size, entry.length - done);
                source.read(from, block.clear().limit(length));
                int expected = window.getInt(entry.checksAt + (int) (done / size) * 4);
                if (SegmentFormat.crc(block, 0, length) != expected
                        && from + length > synced
                        && isHole(from, from + length)) {
                    return false; // what does not check and is no hole is found by who reads it
                }
            }
        }
        return true;
    }

    /** Ends the walk where a range that does not check was lost with the power; otherwise it is corrupt. */
    private RecordHeader torn(long from, long to, String reason) throws IOException {
        if (checkPayloads && to > synced && isHole(from, to)) return null;
        throw new CorruptPartdException(source.describe(), position, reason);
    }

    /**
     * Whether the range is zero on all that it has of some page. A page that was not written back before the power
     * failed is empty or old, and an old page of a file that only grows is zero from some earlier end of a record.
     */
    private boolean isHole(long from, long to) throws IOException {
        for (long page = from / PAGE * PAGE; page < to; page += PAGE) {
            long start = Math.max(from, page);
            long end = Math.min(to, page + PAGE);
            boolean paddingOnly = end - start < SegmentFormat.ALIGNMENT && start > from && to - from > PAGE;
            if (!paddingOnly && isZero(start, end)) return true;
        }
        return false;
    }

    private boolean isZeroToTheEnd() throws IOException {
        if (!isZero(position, Math.min(size, position + FEW))) return false;
        ByteBuffer bytes = SegmentFormat.allocate((int) Math.min(MANY, size - position));
        for (long start = position; start < size; start += bytes.capacity()) {
            bytes.clear().limit((int) Math.min(bytes.capacity(), size - start));
            source.read(start, bytes);
            if (!SegmentFormat.isZero(bytes, 0, bytes.position())) return false;
        }
        return true;
    }

    private boolean isZero(long from, long to) throws IOException {
        ByteBuffer bytes = SegmentFormat.allocate((int) (to - from));
        source.read(from, bytes);
        return SegmentFormat.isZero(bytes, 0, bytes.position());
    }

    private int at(long filePosition) {
        return (int) (filePosition - windowStart);
    }

    /**
     * Sees to it that the window has the range, which is in the file, reading {@code wanted} bytes at once if it must
     * read.
     */
    private void load(long from, int length, int wanted) throws IOException {
        if (from >= windowStart && from + length <= windowStart + window.limit()) return;
        int reading = (int) Math.min(Math.max(length, wanted), size - from);
        if (window.capacity() < reading) window = SegmentFormat.allocate(reading);
        windowStart = from;
        window.clear().limit(reading);
        int read = source.read(from, window);
        window.limit(read);
        if (read < length) {
            throw new CorruptPartdException(source.describe(), from + read, "the file has become shorter");
        }
    }
}
