package io.partd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One segment as its readers know it. Changed under the catalog's lock, but for the windows. */
final class Segment {
    /** The size up to which a finished segment is read by position rather than mapped. */
    private static final long MAP_FROM = 1 << 20;

    private static final long MAP_TAIL = 16 << 20;

    private final Medium medium;
    final String name;
    final SegmentHeader header;
    /** Records before this position do not count: a manifest has replaced them. */
    final long start;
    /** Up to where the records are in the index. */
    volatile long scanned;
    /** Up to where it is known to be on the medium. */
    volatile long synced;
    /** Whether it will not grow any more. */
    volatile boolean finished;

    private volatile Windows windows = Windows.NONE;

    Segment(Medium medium, String name, SegmentHeader header, long start) {
        this.medium = medium;
        this.name = name;
        this.header = header;
        this.start = Math.max(start, SegmentHeader.SIZE);
        this.scanned = this.start;
        this.synced = this.start;
    }

    Medium medium() {
        return medium;
    }

    String describe() {
        return medium.describe(name);
    }

    Windows windows() {
        return windows;
    }

    /** Takes over the maps of the same segment in an older generation. */
    void adopt(Segment older) {
        windows = older.windows;
    }

    /**
     * Maps more of the segment where that pays: all of a finished one, and what a live one has grown by since, as soon
     * as it is much. Maps are few, for Java 17 gives them back only when they are garbage.
     */
    synchronized void extendWindows() throws IOException {
        long mapped = windows.end();
        long tail = scanned - mapped;
        if (tail <= 0) return;
        if (finished && scanned >= MAP_FROM) {
            windows = Windows.NONE.extend(medium, name, scanned);
        } else if (tail >= Math.min(MAP_TAIL, Math.max(MAP_FROM, mapped / 4))) {
            windows = windows.extend(medium, name, scanned);
        }
    }

    /** Reads a range that is in the file, from a map or by position. */
    void read(long position, ByteBuffer dst) throws IOException {
        long end = position + dst.remaining();
        Windows mapped = windows;
        if (end <= mapped.end()) {
            for (long at = position; at < end; at = end - dst.remaining()) dst.put(mapped.prefix(at, end));
        } else if (medium.read(name, position, dst) < end - position) {
            throw new CorruptPartdException(describe(), position + dst.position(), "the file has lost its end");
        }
    }
}
