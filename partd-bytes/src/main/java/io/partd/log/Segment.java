package io.partd.log;

import io.partd.CorruptPartdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One segment as its readers know it. Changed under its contents' lock. */
public final class Segment {
    public final String name;
    final SegmentHeader header;
    public final Source source;
    /** Records before this position do not count: a manifest has replaced them. */
    final long start;
    /** Up to where the records are in the index. */
    public volatile long scanned;
    /** Up to where it is known to be on the medium. */
    public volatile long synced;
    /** Whether it will not grow any more. */
    volatile boolean finished;

    Segment(String name, SegmentHeader header, Source source, long start) {
        this.name = name;
        this.header = header;
        this.source = source;
        this.start = Math.max(start, SegmentHeader.SIZE);
        this.scanned = this.start;
        this.synced = this.start;
    }

    /** The number of the writer that may still write to it. */
    long writer() {
        return header.writer();
    }

    String describe() {
        return source.describe();
    }

    /** Whether a range stays readable whatever becomes of the file, after keeping more where that pays. */
    boolean keeps(long offset, long length) throws IOException {
        if (offset + length <= source.kept()) return true;
        source.keep(scanned, finished);
        return offset + length <= source.kept();
    }

    /** Reads a range that is in the file, from what is kept or by position. */
    void read(long position, ByteBuffer dst) throws IOException {
        long end = position + dst.remaining();
        if (end <= source.kept()) {
            source.check(System.nanoTime());
            for (long at = position; at < end; at = end - dst.remaining()) dst.put(source.view(at, end));
        } else if (source.read(position, dst) < end - position) {
            throw new CorruptPartdException(describe(), position + dst.position(), "the file has lost its end");
        }
    }
}
