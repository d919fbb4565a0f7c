package io.partd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a store has come where no control file says it: a walk through the segments gives the greatest stamp there
 * is, and what is read after that, up to this stamp, is a snapshot. It lacks no append that returned before another
 * began which it has: the other's stamp was given out before the end of the walk, and so what returned before that was
 * there, too.
 */
final class ScannedState implements StoreState {
    private static final long NEW = 0;
    private static final long FINISHED = Long.MAX_VALUE;

    private static final System.Logger LOG = System.getLogger("io.partd");

    private final Medium medium;
    /** Up to where each segment was walked. */
    private final Map<String, Long> positions = new HashMap<>();

    private final AtomicLong looks = new AtomicLong();
    private long stamp;

    ScannedState(Medium medium) {
        this.medium = medium;
    }

    @Override
    public synchronized long stamp() throws IOException {
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
            Footer trailer = from == NEW ? Footer.find(medium, name, size, id) : null;
            if (trailer == null) {
                return walk(new SegmentScanner(medium, name, id, Math.max(from, SegmentHeader.SIZE), size));
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
            LOG.log(Level.DEBUG, "looking for stamps, and found {0}", e.getMessage());
        }
        return scanner.position();
    }

    /** The next walk finds it. */
    @Override
    public void advanceStamp(long newStamp) {}

    /** Nobody says whether there is more: it is looked for each time. */
    @Override
    public long commits() {
        return looks.incrementAndGet();
    }

    @Override
    public long created() {
        return looks.incrementAndGet();
    }

    @Override
    public long generation() throws IOException {
        return Manifest.load(medium).generation();
    }

    /** It is read from the manifest each time. */
    @Override
    public void raiseGeneration(long generation) {}
}
