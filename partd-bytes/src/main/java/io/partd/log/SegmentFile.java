package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** What a segment's file says by itself, whatever is known of it: for who decides whether it is to go. */
public final class SegmentFile {
    private final Medium medium;
    private final String name;
    private final Source source;
    private final Optional<SegmentHeader> header;

    private SegmentFile(Medium medium, String name, Source source, Optional<SegmentHeader> header) {
        this.medium = medium;
        this.name = name;
        this.source = source;
        this.header = header;
    }

    /** Reads the header, unless there is none that checks. */
    public static SegmentFile look(Medium medium, String name) throws IOException {
        Source source = medium.open(name, SegmentHeader.SIZE);
        return new SegmentFile(medium, name, source, readHeader(source));
    }

    private static Optional<SegmentHeader> readHeader(Source source) throws IOException {
        ByteBuffer bytes = SegmentFormat.allocate(SegmentHeader.SIZE);
        if (source.read(0, bytes) < SegmentHeader.SIZE) return Optional.empty();
        try {
            return Optional.of(SegmentHeader.read(bytes, source.describe()));
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "passing over what cannot be read: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether a file of this size may have a header. */
    public static boolean hasHeader(long size) {
        return size >= SegmentHeader.SIZE;
    }

    /** Whether a file of this size may have a record. */
    public static boolean hasRecord(long size) {
        return size >= SegmentHeader.SIZE + RecordHeader.SIZE;
    }

    /** The writer that a segment's name tells, if there can be such. */
    public static OptionalLong writerOf(String name) {
        long writer = SegmentHeader.writerOf(name);
        return writer >= 0 && writer <= SegmentHeader.MAX_WRITER ? OptionalLong.of(writer) : OptionalLong.empty();
    }

    /** Whether it has a whole header. */
    public boolean isBegun() {
        return header.isPresent();
    }

    /** Whether it counts only if a manifest names it. */
    public boolean isCompacted() {
        return header.isPresent() && header.get().compacted();
    }

    /** Whether it has a header, and by that does not count. */
    public boolean isReplaced(Manifest manifest) {
        return header.isPresent() && !manifest.counts(name, header.get());
    }

    /** Whether a manifest that says it was dropped by this stamp need not name it, for it does not count by itself. */
    public boolean isOlderThan(long dropped) {
        return header.isPresent() && (header.get().compacted() || header.get().created() < dropped);
    }

    /** Whether it ends with a footer, and will not grow any more. */
    public boolean hasFooter() throws IOException {
        return header.isPresent()
                && Footer.find(source, medium.size(name), header.get().id()) != null;
    }

    /** The writer that it is of; -1 where it has no header. */
    public long writer() {
        return header.isEmpty() ? -1 : header.get().writer();
    }

    /** Whether its records end at a position or before it, where one of them ended once; it has a header. */
    public boolean endsAt(long position) throws IOException {
        SegmentScanner scanner = new SegmentScanner(source, header.orElseThrow().id(), position, medium.size(name));
        try {
            RecordHeader next = scanner.peek();
            return next == null || next.kind() == RecordHeader.FOOTER;
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "leaving alone what cannot be read: {0}", e.getMessage());
            return false;
        }
    }

    /**
     * Where its records end, while nobody appends; it has a header.
     *
     * @param known where a record begins, or the records end, or 0
     */
    public long end(long known) throws IOException {
        long size = medium.size(name);
        SegmentScanner scanner =
                new SegmentScanner(source, header.orElseThrow().id(), Math.max(SegmentHeader.SIZE, known), size);
        try {
            while (scanner.peek() != null) scanner.take();
            return scanner.position();
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "passing over what cannot be read: {0}", e.getMessage());
            return size;
        }
    }
}
