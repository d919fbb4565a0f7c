package io.partd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** One segment as its readers know it. Changed under the catalog's lock, but for the windows. */
final class Segment {
    /** The size up to which a finished segment is read by position rather than mapped. */
    private static final long MAP_FROM = 1 << 20;

    private static final long MAP_TAIL = 16 << 20;
    private static final long LENGTH_HOLDS_NANOS = 1_000_000_000;

    private static final System.Logger LOG = System.getLogger("io.partd");

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

    private volatile MappedWindows windows = MappedWindows.NONE;
    /** When the file was last seen to have all that is in the index. */
    private volatile long lengthCheckedAt = System.nanoTime() - LENGTH_HOLDS_NANOS;

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

    MappedWindows windows() {
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
        MappedWindows more = null;
        if (finished && scanned >= MAP_FROM) {
            more = MappedWindows.NONE.extend(medium, name, scanned);
        } else if (tail >= Math.min(MAP_TAIL, Math.max(MAP_FROM, mapped / 4))) {
            more = windows.extend(medium, name, scanned);
        }
        if (more != null) windows = more;
    }

    /**
     * To be called before a map is touched, with the time in nanoseconds: to touch what the file does not have any more
     * kills the JVM. Looks at the file once in a second at most.
     */
    void checkLength(long now) {
        if (now - lengthCheckedAt < LENGTH_HOLDS_NANOS || windows.end() == 0) return;
        try {
            long size = medium.size(name);
            if (size < scanned) {
                throw new CorruptPartdException(
                        describe(), size, "the file has lost bytes; expected at least " + scanned);
            }
        } catch (NoSuchFileException e) {
            LOG.log(Level.TRACE, "{0} is deleted; its maps have all of it", name);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + describe() + ": " + e.getMessage(), e);
        }
        lengthCheckedAt = now;
    }

    /** Reads a range that is in the file, from a map or by position. */
    void read(long position, ByteBuffer dst) throws IOException {
        long end = position + dst.remaining();
        MappedWindows mapped = windows;
        if (end <= mapped.end()) {
            checkLength(System.nanoTime());
            for (long at = position; at < end; at = end - dst.remaining()) dst.put(mapped.prefix(at, end));
        } else if (medium.read(name, position, dst) < end - position) {
            throw new CorruptPartdException(describe(), position + dst.position(), "the file has lost its end");
        }
    }
}
