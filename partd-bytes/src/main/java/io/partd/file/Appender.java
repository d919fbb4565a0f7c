package io.partd.file;

import io.partd.FileOptions;
import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.RecordContent;
import io.partd.log.RecordWriter;
import io.partd.log.SegmentWriter;
import java.io.IOException;
import java.util.Map;

/** Writes one segment after another; for one thread at a time, which holds the store's lock, shared or not. */
final class Appender {
    private final Medium medium;
    private final ControlFile control;
    private final FileOptions options;
    private final long writer;
    private final Map<String, Long> synced;
    private final RecordWriter records = new RecordWriter();
    private SegmentWriter segment;

    /**
     * The segment that it is writing has an entry in {@code synced}, which says up to where it is on the medium: what
     * this appender has seen to, and what others say there.
     */
    Appender(Medium medium, ControlFile control, FileOptions options, long writer, Map<String, Long> synced) {
        this.medium = medium;
        this.control = control;
        this.options = options;
        this.writer = writer;
        this.synced = synced;
    }

    /** Appends a record, all of it or nothing; it can be read when this returns. */
    void append(RecordContent batch) throws IOException {
        SegmentWriter into = segmentFor(batch);
        into.synced(synced.get(into.name));
        boolean first = into.position() == 0;
        try {
            write(batch, into, first);
        } finally {
            // also after a failure: nobody knows how far it came
            if (first) control.segmentCreated();
            control.committed();
        }
    }

    private void write(RecordContent batch, SegmentWriter into, boolean first) throws IOException {
        try {
            into.append(batch, control.nextStamp());
        } finally {
            if (into.isBroken()) finish();
        }
        if (options.fsync()) sync(into, first);
    }

    /** The name comes first: what is on the medium counts as that only if it will be found. */
    private void sync(SegmentWriter into, boolean first) throws IOException {
        boolean done = false;
        try {
            if (first) medium.syncNames();
            into.sync();
            synced.put(into.name, into.position());
            done = true;
        } catch (IOException e) {
            control.setSyncFailed(true);
            throw new IOException("appended, but fsync failed: whether it survives the loss of power is unknown", e);
        } finally {
            if (!done) finish(); // what is written behind it could be lost with it
        }
    }

    private SegmentWriter segmentFor(RecordContent batch) throws IOException {
        leaveIfReplaced();
        if (segment != null && !segment.hasRoom(batch, options.segmentBytes())) finish();
        if (segment == null) {
            segment = SegmentWriter.begin(medium, writer, control.stamp(), false, control.generation(), records);
            synced.put(segment.name, 0L);
        }
        return segment;
    }

    /**
     * Leaves a segment of an older generation, so that its room can be given back; if nothing in it counts, at once.
     */
    void leaveIfReplaced() throws IOException {
        if (segment == null || segment.generation == control.generation()) return;
        if (Manifest.load(medium).startOf(segment.name) >= segment.position()) {
            end().abort();
        } else {
            finish();
        }
    }

    /** Finishes the segment that is being written, if there is one. */
    void finish() {
        if (segment == null) return;
        try {
            end().finish();
        } finally {
            control.committed(); // so that catalogs look, and see the footer
        }
    }

    /** The segment that is being written; whatever becomes of it, the next append makes another. */
    private SegmentWriter end() {
        SegmentWriter ending = segment;
        segment = null;
        ending.synced(synced.remove(ending.name));
        return ending;
    }

    /** Closes the segment that is being written as it is, without a footer. */
    void close() throws IOException {
        if (segment != null) end().leave();
    }
}
