package io.partd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** A segment that is being written, and its file; by one thread at a time. The file is made with the first record. */
final class SegmentWriter {
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final Medium medium;
    private SegmentHeader header;
    private final RecordWriter records;
    final String name;
    /** The store's generation when this was made. */
    final long generation;

    private Medium.Output out;
    private long position;
    private long synced;
    private long lastStamp;
    private boolean broken;

    SegmentWriter(Medium medium, SegmentHeader header, long generation, RecordWriter records) {
        this.medium = medium;
        this.header = header;
        this.generation = generation;
        this.records = records;
        this.name = header.fileName();
    }

    /** Where the next record will begin; 0 before the first. */
    long position() {
        return position;
    }

    /** Whether nothing more may be written here, for a write has failed in the middle. */
    boolean isBroken() {
        return broken;
    }

    boolean hasRoom(RecordContent batch, long segmentBytes) {
        return position == 0 || position + batch.recordBytes() <= segmentBytes;
    }

    /** Writes one record; after a failure it is not there, and {@link #isBroken} says whether there can be another. */
    void append(RecordContent batch, long stamp) throws IOException {
        try {
            if (out == null) {
                out = medium.create(name);
                header = header.withIncarnation(medium.incarnation(name));
            }
            position = records.write(out, position, header, batch, stamp, synced);
            lastStamp = stamp;
        } catch (IOException | RuntimeException | Error e) {
            try {
                abandon();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Goes on only where not a byte was written. A file without a complete record is of no use to anybody. */
    private void abandon() throws IOException {
        broken = true;
        if (out == null) return;
        if (position == 0) {
            out.close();
            medium.delete(name);
        } else {
            broken = medium.size(name) != position;
        }
    }

    /** Returns when all of it is on the medium. */
    void sync() throws IOException {
        out.sync();
        synced = position;
    }

    /** Takes note that it is on the medium up to there. */
    void synced(long upTo) {
        synced = Math.max(synced, Math.min(upTo, position));
    }

    /**
     * Writes the footer and closes the file. Without a footer the segment is as good, but slower to open: then a
     * warning is all.
     */
    void finish() {
        if (out == null) return;
        try (Medium.Output closing = out) {
            if (!broken) writeFooter(closing);
        } catch (IOException | CorruptPartdException e) {
            LOG.log(Level.WARNING, "no footer for " + medium.describe(name) + "; the next open will walk it", e);
        } finally {
            out = null;
        }
    }

    private void writeFooter(Medium.Output closing) throws IOException {
        Index index = new Index();
        SegmentScanner scanner = new SegmentScanner(medium, name, header.id(), SegmentHeader.SIZE, position);
        while (scanner.peek() != null) {
            scanner.addTo(index, 0);
            scanner.take();
        }
        ByteBuffer bytes = IndexCodec.encode(index);
        if (bytes == null) return;
        Footer trailer = Footer.of(index, bytes, position, synced, medium.incarnation(name));
        ByteBuffer end = trailer.append(bytes, header.id());
        ByteBuffer start = SegmentFormat.allocate(RecordHeader.SIZE);
        new RecordHeader(RecordHeader.FOOTER, 0, 0, end.remaining(), lastStamp, position, synced, 0)
                .writeTo(start, 0, header.id());
        closing.write(new ByteBuffer[] {start, end}, 2);
    }

    /** Closes the file as it is, and deletes it if {@code delete}: nothing in it counts any more. */
    void discard(boolean delete) throws IOException {
        if (out == null) return;
        out.close();
        out = null;
        if (delete) medium.delete(name);
    }
}
