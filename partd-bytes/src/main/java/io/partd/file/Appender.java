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
    private final RecordWriter records = new RecordWriter();
    private SegmentWriter segment;

    Appender(Medium medium, ControlFile control, FileOptions options, long writer) {
        this.medium = medium;
        this.control = control;
        this.options = options;
        this.writer = writer;
    }

    /**
     * Appends a record, all of it or nothing; it can be read when this returns. {@code synced} says what is on the
     * medium.
     */
    void append(RecordContent batch, Map<String, Long> synced) throws IOException {
        SegmentWriter into = segmentFor(batch);
        into.synced(synced.getOrDefault(into.name, 0L));
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

    private void sync(SegmentWriter into, boolean first) throws IOException {
        try {
            into.sync();
            if (first) medium.syncNames();
        } catch (IOException e) {
            control.setSyncFailed(true);
            throw new IOException("appended, but fsync failed: whether it survives the loss of power is unknown", e);
        }
    }

    private SegmentWriter segmentFor(RecordContent batch) throws IOException {
        leaveIfReplaced();
        if (segment != null && !segment.hasRoom(batch, options.segmentBytes())) finish();
        if (segment == null) {
            segment = SegmentWriter.begin(medium, writer, control.stamp(), false, control.generation(), records);
        }
        return segment;
    }

    /**
     * Leaves a segment of an older generation, so that its room can be given back; if nothing in it counts, at once.
     */
    void leaveIfReplaced() throws IOException {
        if (segment == null || segment.generation == control.generation()) return;
        if (Manifest.load(medium).startOf(segment.name) >= segment.position()) {
            segment.abort();
            segment = null;
        } else {
            finish();
        }
    }

    /** Finishes the segment that is being written, if there is one; {@code synced} says what is on the medium. */
    void finish(Map<String, Long> synced) {
        if (segment != null) segment.synced(synced.getOrDefault(segment.name, 0L));
        finish();
    }

    /** Finishes the segment that is being written, if there is one. */
    void finish() {
        if (segment == null) return;
        segment.finish();
        segment = null;
        control.committed(); // so that catalogs look, and see the footer
    }

    /** Closes the segment that is being written as it is, without a footer. */
    void close() throws IOException {
        if (segment == null) return;
        segment.leave();
        segment = null;
    }
}
