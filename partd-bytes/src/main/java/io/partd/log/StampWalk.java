package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the greatest stamp that there is in segments, reading only what is new since the last time. For one thread. */
public final class StampWalk {
    private static final long NEW = 0;
    private static final long FINISHED = Long.MAX_VALUE;

    private final Medium medium;
    /** Up to where each segment was walked. */
    private final Map<String, Long> positions = new HashMap<>();

    private long stamp;

    public StampWalk(Medium medium) {
        this.medium = medium;
    }

    /** The greatest stamp of all records that are there now. */
    public long greatest() throws IOException {
        Set<String> names = new HashSet<>(medium.list());
        positions.keySet().retainAll(names);
        for (String name : names) {
            if (!SegmentFormat.isSegment(name)) continue;
            long from = positions.getOrDefault(name, NEW);
            if (from != FINISHED) positions.put(name, walk(name, from));
        }
        return stamp;
    }

    /** Walks what is new of a segment; gives up to where. */
    private long walk(String name, long from) throws IOException {
        long id = SegmentHeader.idOf(name);
        try {
            long size = medium.size(name);
            Source source = medium.open(name, size);
            Footer trailer = from == NEW ? Footer.find(source, size, id) : null;
            if (trailer == null) {
                return walk(new SegmentScanner(source, id, Math.max(from, SegmentHeader.SIZE), size));
            }
            stamp = Math.max(stamp, trailer.lastStamp());
            return FINISHED;
        } catch (NoSuchFileException e) {
            return NEW; // it was removed since it was listed
        }
    }

    /** Walks to the end, or to where a segment does not check: who reads it finds out what that means. */
    private long walk(SegmentScanner scanner) throws IOException {
        try {
            for (RecordHeader record = scanner.peek(); record != null; record = scanner.peek()) {
                stamp = Math.max(stamp, record.stamp());
                if (record.kind() == RecordHeader.FOOTER) return FINISHED;
                scanner.take();
            }
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "looking for stamps, and found {0}", e.getMessage());
        }
        return scanner.position();
    }
}
