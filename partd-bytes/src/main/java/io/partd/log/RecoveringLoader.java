package io.partd.log;

import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.function.LongPredicate;

/** Loads the segments of a store that is written to, and finds out how those of dead writers end. */
public final class RecoveringLoader extends SegmentLoader {
    private final GrowingMedium medium;
    private final LongPredicate isAlive;

    /** A loader; {@code isAlive} says whether a writer may still write to its segments. */
    public RecoveringLoader(GrowingMedium medium, LongPredicate isAlive) {
        super(medium);
        this.medium = medium;
        this.isAlive = isAlive;
    }

    @Override
    boolean isAlive(Segment segment) {
        return isAlive.test(segment.writer());
    }

    @Override
    void loadUnfinished(Segment segment, Index index, int number, long snapshot) throws IOException {
        if (isAlive(segment)) scan(segment, index, number, snapshot);
        else recover(segment, index, number, snapshot);
    }

    /** What a writer that is alive has written is there. */
    @Override
    SegmentScanner scanner(Segment segment, long size) {
        return walkFrom(segment, segment.scanned, size);
    }

    /**
     * Walks a segment whose writer is gone, and keeps the result in a sidecar. Where the power may have failed since,
     * it first looks for up to where the segment was synced, and then checks the payloads too.
     */
    private void recover(Segment segment, Index index, int number, long snapshot) throws IOException {
        long size = medium.size(segment.name);
        SegmentScanner scanner = walkFrom(segment, segment.start, size);
        if (!isUnchanged(segment, segment.header.incarnation())) {
            scanner.afterPowerLoss(syncedUpTo(walkFrom(segment, segment.start, size)));
        }
        if (!walk(scanner, segment, index, number, snapshot)) return; // the next refresh goes on
        segment.finished = true;
        saveSidecar(segment);
    }

    private void saveSidecar(Segment segment) throws IOException {
        Index index = new Index();
        SegmentScanner scanner = walkFrom(segment, segment.start, segment.scanned);
        for (RecordHeader record = scanner.peek(); record != null; record = scanner.peek()) {
            scanner.addTo(index, 0);
            scanner.take();
        }
        ByteBuffer bytes = IndexCodec.encode(index);
        if (bytes == null) return;
        try {
            medium.sync(segment.name); // the sidecar says that all of it is there
            segment.synced = segment.scanned;
            Footer trailer = Footer.of(index, bytes, segment.scanned, segment.scanned, 0);
            medium.keep(segment.name + SegmentFormat.SIDECAR, trailer.append(bytes, segment.header.id()));
        } catch (NoSuchFileException e) {
            Log.get().log(Level.DEBUG, "no index is kept of {0}: a compaction was faster", segment.describe());
        } catch (IOException e) {
            Log.get()
                    .log(
                            Level.WARNING,
                            "could not keep the index of " + segment.describe() + "; the next open will walk it again",
                            e);
        }
    }
}
