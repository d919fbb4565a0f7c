package io.partd;

import java.io.IOException;

/**
 * Loads the segments of a store that is only read. Nobody can be asked whether a writer is alive: any of them may be,
 * so that no end of a segment is taken for the last, and nothing is kept of a walk. Where the power may have failed
 * since a segment was begun, or it is a copy, what it lacks for that ends the walk.
 */
final class ReadOnlyLoader extends SegmentLoader {
    ReadOnlyLoader(Medium medium) {
        super(medium, writer -> true);
    }

    @Override
    SegmentScanner scanner(Segment segment, long size) throws IOException {
        SegmentScanner scanner = super.scanner(segment, size);
        if (isUnchanged(segment, segment.header.incarnation())) return scanner;
        return scanner.afterPowerLoss(Math.max(segment.synced, syncedUpTo(super.scanner(segment, size))));
    }
}
