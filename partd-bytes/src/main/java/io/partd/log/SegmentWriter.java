package io.partd.log;

import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** A segment that is being written, and its file; by one thread at a time. The file is made with the first record. */
public final class SegmentWriter {
    /** More chunks than this make a segment's index large: it is in memory until the segment is finished. */
    static final int MAX_CHUNKS = 1_000_000;

    private final Medium medium;
    private final RecordWriter records;
    private SegmentHeader header;
    public final String name;
    /** The store's generation when this was made. */
    public final long generation;

    /** What the footer will be made of. */
    private final DirectoryLog log;

    private Sink out;
    private int chunks;
    private long position;
    private long synced;
    private long lastStamp;
    private boolean broken;

    private SegmentWriter(Medium medium, SegmentHeader header, long generation, RecordWriter records) {
        this.medium = medium;
        this.header = header;
        this.generation = generation;
        this.records = records;
        this.name = header.fileName();
        this.log = new DirectoryLog(header.id(), name);
    }

    /**
     * A segment with an id of its own.
     *
     * @param writer whose it is
     * @param created the stamp word now
     * @param compacted whether it counts only if a manifest names it
     * @param generation the store's generation
     * @param records writes its records, and those of no other segment meanwhile
     */
    public static SegmentWriter begin(
            Medium medium, long writer, long created, boolean compacted, long generation, RecordWriter records) {
        long id = ThreadLocalRandom.current().nextLong();
        return new SegmentWriter(medium, new SegmentHeader(id, writer, created, 0, compacted), generation, records);
    }

    /** Where the next record will begin; 0 before the first. */
    public long position() {
        return position;
    }

    /** Whether nothing more may be written here, for a write has failed in the middle. */
    public boolean isBroken() {
        return broken;
    }

    /** Whether a record may go there; the first one may always. */
    public boolean hasRoom(RecordContent batch, long segmentBytes) {
        return position == 0
                || position + batch.recordBytes() <= segmentBytes && chunks + batch.directoryEntries() <= MAX_CHUNKS;
    }

    /** Writes one record; after a failure it is not there, and {@link #isBroken} says whether there can be another. */
    public void append(RecordContent batch, long stamp) throws IOException {
        try {
            if (out == null) {
                out = medium.create(name);
                header = header.withIncarnation(medium.incarnation(name));
            }
            position = records.write(out, position, header, batch, stamp, synced, log);
            log.keep();
            lastStamp = stamp;
            chunks += batch.directoryEntries();
        } catch (IOException | RuntimeException | Error e) {
            log.undo();
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
        if (position == 0) out.abort();
        else broken = medium.size(name) != position;
    }

    /** Returns when all of it is on the medium. */
    public void sync() throws IOException {
        out.sync();
        synced = position;
    }

    /** Takes note that it is on the medium up to there. */
    public void synced(long upTo) {
        synced = Math.max(synced, Math.min(upTo, position));
    }

    /**
     * Writes the footer and closes the file. Without a footer, for which there may be no room or memory, the segment is
     * as good, but slower to open: then a warning is all.
     */
    public void finish() {
        if (out == null) return;
        try {
            writeFooter();
        } finally {
            close();
        }
    }

    private void close() {
        try {
            leave();
        } catch (IOException e) {
            Log.get().log(Level.WARNING, "could not close " + medium.describe(name), e);
        }
    }

    /**
     * Writes the footer, and closes the file, when all of it is on the medium. What fails leaves a file that is of no
     * use.
     */
    public SealedSegment seal() throws IOException {
        sync();
        Index index = log.index();
        SealedSegment sealed = SealedSegment.of(name, 0, 0, index, position);
        ByteBuffer bytes = sealed.index().duplicate().order(sealed.index().order());
        long length = position + writeFooter(index, bytes);
        out.sync();
        leave();
        return sealed.withLength(length);
    }

    private void writeFooter() {
        if (broken) return;
        try {
            Index index = log.index();
            ByteBuffer bytes = IndexCodec.encode(index);
            if (bytes != null) writeFooter(index, bytes);
        } catch (IOException | OutOfMemoryError e) {
            Log.get().log(Level.WARNING, "no footer for " + medium.describe(name) + "; the next open will walk it", e);
        }
    }

    /** Gives the number of bytes that it takes. */
    private long writeFooter(Index index, ByteBuffer bytes) throws IOException {
        Footer trailer = Footer.of(index, bytes, position, synced, medium.incarnation(name));
        ByteBuffer end = trailer.append(bytes, header.id());
        ByteBuffer start = SegmentFormat.allocate(RecordHeader.SIZE);
        new RecordHeader(RecordHeader.FOOTER, 0, 0, end.remaining(), lastStamp, position, synced, 0)
                .writeTo(start, 0, header.id());
        long size = (long) start.remaining() + end.remaining();
        out.write(new ByteBuffer[] {start, end}, 2);
        return size;
    }

    /** Closes the file as it is. */
    public void leave() throws IOException {
        if (out == null) return;
        Sink closing = out;
        out = null;
        closing.seal();
    }

    /** Takes the file away: nothing in it counts any more. */
    public void abort() throws IOException {
        if (out == null) return;
        Sink closing = out;
        out = null;
        closing.abort();
    }
}
