package io.partd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one handle knows of its store: the segments, and the index of all their records up to a stamp. {@link #refresh}
 * reads on from where it was. Its methods are called under its monitor, but for {@link #removals}.
 */
final class Catalog {
    private static final long NOT_LISTED = -1;
    private static final int MAX_VANISHED = 100;

    private final Medium medium;
    private final StoreState control;
    private final SegmentLoader loader;

    private Index index = new Index();
    private List<Segment> segments = new ArrayList<>();
    private Set<String> known = new HashSet<>();
    private Set<String> uncounted = new HashSet<>();
    /** The removals of the indexes before this one, and one for each that was forgotten. */
    private long earlierRemovals;

    private volatile long removals;

    private Manifest manifest = Manifest.NONE;
    private long generation = -1;
    private long commits = -1;
    private long created = NOT_LISTED;
    private CorruptPartdException broken;
    private boolean retired;
    private int vanished;
    /** Whether the last look has found records, and segments. */
    private boolean foundRecords;

    private boolean foundSegments;
    /** While a new generation is read: the segments of the old one, whose maps are still good. */
    private Map<String, Segment> older = Map.of();

    /** A catalog that {@link #refresh} has to fill. */
    Catalog(Medium medium, StoreState control, SegmentLoader loader) {
        this.medium = medium;
        this.control = control;
        this.loader = loader;
    }

    /**
     * Reads what was appended since the last time: every append that returned before this was called is in, each wholly
     * or not at all. Costs no system call where nothing was.
     */
    void refresh() throws IOException {
        if (generation == control.generation() && commits == control.commits()) return;
        boolean done = false;
        while (!done) {
            long commitsNow = control.commits(); // before the stamp: what is committed later is read next time
            long generationNow = control.generation(); // too, or the outputs of a compaction may be too new for it
            done = readOn(generationNow, control.stamp(), commitsNow) && !correctStamp();
        }
    }

    /** A record gets its stamp before it is written: the control file is wrong if it has not given that out. */
    private boolean correctStamp() throws IOException {
        if (loader.tooNew() <= control.stamp()) return false;
        control.advanceStamp(loader.tooNew());
        return true;
    }

    /** Reads on once, up to a stamp; false where the generation has moved meanwhile. */
    private boolean readOn(long generationNow, long snapshot, long commitsNow) throws IOException {
        foundRecords = false;
        foundSegments = false;
        try {
            if (generation != generationNow) reload();
            findSegments(snapshot);
            for (int i = 0; i < segments.size(); i++) {
                if (!segments.get(i).finished) scan(i, snapshot);
            }
        } catch (NoSuchFileException e) {
            generation = -1; // a half-read index is not to be used
            // a file may go after it was listed, when nothing in it counts: then the next list is without it
            boolean listed = created == NOT_LISTED;
            if (generationNow == control.generation() && (!listed || ++vanished > MAX_VANISHED)) throw e;
            return false;
        } catch (IOException | RuntimeException | Error e) {
            generation = -1; // nor after running out of memory in the middle of a record
            throw e;
        }
        vanished = 0;
        generation = generationNow;
        if (generationNow != control.generation()) return false;
        commits = announceFound(commitsNow);
        removals = earlierRemovals + index.removals();
        index.settle();
        return true;
    }

    /**
     * Whoever answers from a record that its writer has not announced, and perhaps never will, for he died, has all
     * others look at it before: nobody may deny later what somebody has said. Gives the commits that need not be looked
     * at again.
     */
    private long announceFound(long commitsNow) {
        if (foundSegments) created = control.announceFoundSegment(created);
        return foundSegments || foundRecords ? control.announceFound(commitsNow) : commitsNow;
    }

    /**
     * Forgets the index, for a new manifest is in force; announces it, as its maker may have died before he could, or
     * is about to.
     */
    private void reload() throws IOException {
        manifest = Manifest.load(medium);
        if (manifest.generation() > control.generation()) control.raiseGeneration(manifest.generation());
        Map<String, Segment> before = new HashMap<>();
        for (Segment segment : segments) before.put(segment.name, segment);
        forget();
        older = before;
    }

    /** Lets go of what was read of an older generation; {@link #refresh} reads all that counts. */
    void forgetReplaced() throws IOException {
        if (isForgotten() || generation == control.generation()) return;
        forget();
        generation = -1;
    }

    /** Whether nothing is known, and a {@link #refresh} will read all. */
    boolean isForgotten() {
        return generation == -1;
    }

    private void forget() {
        earlierRemovals += index.removals() + 1; // what the new one lacks may have been dropped
        index = new Index();
        retired |= !segments.isEmpty();
        older = Map.of();
        segments = new ArrayList<>();
        known = new HashSet<>();
        uncounted = new HashSet<>();
        created = NOT_LISTED;
        broken = null;
    }

    private void findSegments(long snapshot) throws IOException {
        long createdNow = control.created();
        if (created == createdNow) return;
        created = NOT_LISTED;
        Set<String> names = new HashSet<>(medium.list());
        List<Segment> found = new ArrayList<>();
        for (String name : names) {
            if (!SegmentFormat.isSegment(name) || known.contains(name)) continue;
            Segment segment = open(name);
            if (segment != null) found.add(segment);
        }
        foundSegments = !found.isEmpty();
        found.sort(Comparator.comparingLong(segment -> segment.header.created()));
        int number = segments.size();
        List<Segment> all = new ArrayList<>(segments); // readers may hold the old list
        all.addAll(found);
        segments = all;
        for (Segment segment : found) {
            known.add(segment.name);
            load(segment, number++, names, snapshot);
        }
        older = Map.of();
        created = createdNow;
    }

    private void load(Segment segment, int number, Set<String> names, long snapshot) throws IOException {
        if (older.containsKey(segment.name)) segment.adopt(older.get(segment.name));
        boolean hasSidecar = names.contains(segment.name + SegmentFormat.SIDECAR);
        try {
            loader.load(segment, hasSidecar, index, number, snapshot);
        } catch (CorruptPartdException e) {
            fail(segment, e);
        }
    }

    /** The segment of this name, or null where it does not count, or its first append is not complete. */
    private Segment open(String name) throws IOException {
        if (manifest.startOf(name) == Manifest.WHOLLY) {
            uncounted.add(name);
            return null;
        }
        ByteBuffer bytes = SegmentFormat.allocate(SegmentHeader.SIZE);
        try {
            if (medium.read(name, 0, bytes) < SegmentHeader.SIZE) return null;
            if (SegmentFormat.isZero(bytes, 0, SegmentHeader.SIZE)) return null; // lost with the power
            SegmentHeader header = SegmentHeader.read(bytes, medium.describe(name));
            if (!header.fileName().equals(name)) {
                throw new CorruptPartdException(
                        medium.describe(name),
                        0,
                        "the file is of another segment, which is named " + header.fileName());
            }
            if (manifest.counts(name, header)) return new Segment(medium, name, header, manifest.startOf(name, header));
            uncounted.add(name);
            return null;
        } catch (CorruptPartdException e) {
            if (broken == null) broken = e;
            known.add(name);
            return null;
        }
    }

    private void scan(int number, long snapshot) throws IOException {
        Segment segment = segments.get(number);
        long before = segment.scanned;
        try {
            loader.scan(segment, index, number, snapshot);
            foundRecords |= segment.scanned > before;
        } catch (NoSuchFileException e) {
            if (segment.scanned > segment.start || segment.start == SegmentHeader.SIZE) throw e;
            segment.finished = true; // replaced before, and its writer has removed it since
        } catch (CorruptPartdException e) {
            fail(segment, e);
        }
    }

    /** Any key may have lost bytes with this segment: nothing is read any more until the store is dropped. */
    private void fail(Segment segment, CorruptPartdException e) {
        segment.finished = true;
        if (broken == null) broken = e;
    }

    /** Throws where some segment cannot be read: what a key holds is not known then. */
    void checkReadable() {
        if (broken == null) return;
        String advice = broken.reason() + "; restore the file from a copy, or drop the store";
        throw new CorruptPartdException(broken.file(), broken.offset(), advice, broken);
    }

    /**
     * Reads all there is, whatever its stamp, and makes sure that stamps and generations to come are greater. For a
     * control file that knows nothing of the segments, while no other handle is opened.
     */
    void rebuildControl() throws IOException {
        control.raiseGeneration(Manifest.load(medium).generation());
        readOn(control.generation(), Long.MAX_VALUE, control.commits());
        control.advanceStamp(Math.max(index.lastStamp(), manifest.dropped()));
    }

    /** The generation that the index is of. */
    long generation() {
        return generation;
    }

    /** Files that do not count: replaced, or the outputs of a compaction that is not finished or never was. */
    Set<String> uncounted() {
        return uncounted;
    }

    /** Whether the segments' maps of an older generation may keep room that was given back; asking forgets it. */
    boolean takeRetired() {
        boolean was = retired;
        retired = false;
        return was;
    }

    /** Reads the segments of writers that died since they were found to their ends; while nobody appends. */
    void finishDead() throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            // first that the writer is gone, then all that he wrote: the other way round there might be more
            if (segment.finished || loader.isAlive(segment)) continue;
            scan(i, control.stamp());
            segment.finished = true;
        }
        checkReadable();
    }

    /** Grows when the index takes in a delete, and when it is made anew. Needs no monitor. */
    long removals() {
        return removals;
    }

    Index index() {
        return index;
    }

    Manifest manifest() {
        return manifest;
    }

    /** All segments that count; a chunk's segment number is its place here. */
    List<Segment> segments() {
        return segments;
    }

    /** Whether the key has a chunk with bytes in it. */
    boolean holdsBytes(String key) {
        ChunkList list = index.get(key);
        if (list == null) return false;
        ChunkList.View chunks = list.view();
        for (int i = 0; i < chunks.count(); i++) {
            if (chunks.length(i, index.longChunks) > 0) return true;
        }
        return false;
    }

    /** Those of the keys that exist. */
    List<String> present(Collection<String> keys) {
        Set<String> present = new LinkedHashSet<>();
        for (String key : keys) {
            ChunkList list = index.get(key);
            if (list != null && list.exists()) present.add(key);
        }
        return List.copyOf(present);
    }

    /**
     * What there is, in figures.
     *
     * @param liveBytes the bytes of all values
     * @param deadBytes the bytes of values that were deleted
     * @param fileBytes the bytes of all segments
     * @param segments the number of segments
     * @param chunksPerKey the number of chunks of each key
     */
    record Figures(
            long liveBytes, long deadBytes, long fileBytes, int segments, SortedMap<String, Integer> chunksPerKey) {}

    Figures figures() throws IOException {
        SortedMap<String, Integer> chunksPerKey = new TreeMap<>();
        long live = 0;
        for (var entry : index.views().entrySet()) {
            ChunkList.View chunks = entry.getValue();
            chunksPerKey.put(entry.getKey(), chunks.count());
            for (int i = 0; i < chunks.count(); i++) live += chunks.length(i, index.longChunks);
        }
        long fileBytes = 0;
        int files = 0;
        for (Segment segment : segments) {
            long size = sizeOf(segment);
            fileBytes += size;
            if (size > 0) files++;
        }
        return new Figures(live, index.valueBytes() - live, fileBytes, files, chunksPerKey);
    }

    /** The size of the segment's file, which its writer may have removed if nothing in it counts. */
    private long sizeOf(Segment segment) throws IOException {
        try {
            return medium.size(segment.name);
        } catch (NoSuchFileException e) {
            if (segment.scanned > segment.start) throw e;
            return 0;
        }
    }

    /** Up to where the segment's records are read; 0 where it is not known. */
    long scannedOf(String name) {
        for (Segment segment : segments) {
            if (segment.name.equals(name)) return segment.scanned;
        }
        return 0;
    }

    /** What each key holds, as of now; the bytes are read when they are touched, if they lie in a map. */
    List<List<Piece>> read(Collection<String> keys) throws IOException {
        List<List<Piece>> values = new ArrayList<>(keys.size());
        ChunkReader reader = new ChunkReader(segments, index.longChunks);
        for (String key : keys) {
            ChunkList list = index.get(key);
            values.add(list == null ? List.of() : reader.read(list.view()));
        }
        return values;
    }
}
