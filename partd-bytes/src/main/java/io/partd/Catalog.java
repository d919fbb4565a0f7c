package io.partd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * What one handle knows of its store: the segments, and the index of all their records up to a stamp. {@link #refresh} reads on from where it was. Its methods
 * are called under its monitor.
 */
final class Catalog {
    private final Medium medium;
    private final Control control;
    private final SegmentLoader loader;

    private Index index = new Index();
    private List<Segment> segments = new ArrayList<>();
    private Set<String> known = new HashSet<>();
    private Manifest manifest = Manifest.NONE;
    private long generation = -1;
    private long commits = -1;
    private long created = -1;
    private CorruptPartdException broken;
    /** While a new generation is read: the segments of the old one, whose maps are still good. */
    private Map<String, Segment> older = Map.of();

    /** A catalog that {@link #refresh} has to fill; {@code isAlive} says whether a writer may still write to its segments. */
    Catalog(Medium medium, Control control, LongPredicate isAlive) {
        this.medium = medium;
        this.control = control;
        this.loader = new SegmentLoader(medium, isAlive);
    }

    /**
     * Reads what was appended since the last time: every append that returned before this was called is in, each wholly or not at all. Costs no system call where nothing
     * was.
     */
    void refresh() throws IOException {
        if (generation == control.generation() && commits == control.commits()) return;
        while (!readOn()) Thread.onSpinWait();
    }

    /** Reads on once; false where the generation has moved meanwhile. */
    private boolean readOn() throws IOException {
        long commitsNow = control.commits();
        long generationNow = control.generation();
        long snapshot = control.stamp();
        try {
            if (generation != generationNow) reload();
            findSegments(snapshot);
            for (int i = 0; i < segments.size(); i++) {
                if (!segments.get(i).finished) scan(i, snapshot);
            }
        } catch (NoSuchFileException e) {
            generation = -1; // a half-read index is not to be used
            if (generationNow == control.generation()) throw e;
            return false;
        } catch (IOException | RuntimeException e) {
            generation = -1;
            throw e;
        }
        generation = generationNow;
        if (generationNow != control.generation()) return false;
        commits = commitsNow;
        index.settle();
        return true;
    }

    /** Forgets the index, for a new manifest is in force. */
    private void reload() throws IOException {
        manifest = Manifest.load(medium);
        index = new Index();
        older = new HashMap<>();
        for (Segment segment : segments) older.put(segment.name, segment);
        segments = new ArrayList<>();
        known = new HashSet<>();
        created = -1;
        broken = null;
    }

    private void findSegments(long snapshot) throws IOException {
        long createdNow = control.created();
        if (created == createdNow) return;
        Set<String> names = new HashSet<>(medium.list());
        List<Segment> found = new ArrayList<>();
        for (String name : names) {
            if (!name.endsWith(Format.SEGMENT) || known.contains(name)) continue;
            Segment segment = open(name);
            if (segment != null) found.add(segment);
        }
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
        boolean hasSidecar = names.contains(segment.name + Format.SIDECAR);
        try {
            loader.load(segment, hasSidecar, index, number, snapshot);
        } catch (CorruptPartdException e) {
            fail(segment, e);
        }
    }

    /** The segment of this name, or null where it does not count, or its first append is not complete. */
    private Segment open(String name) throws IOException {
        if (manifest.startOf(name) == Manifest.WHOLLY) return null;
        ByteBuffer bytes = Format.allocate(SegmentHeader.SIZE);
        try {
            if (medium.read(name, 0, bytes) < SegmentHeader.SIZE) return null;
            if (Format.isZero(bytes, 0, SegmentHeader.SIZE)) return null; // lost with the power
            SegmentHeader header = SegmentHeader.read(bytes, medium.describe(name));
            return manifest.counts(name, header) ? new Segment(medium, name, header, manifest.startOf(name)) : null;
        } catch (CorruptPartdException e) {
            if (broken == null) broken = e;
            known.add(name);
            return null;
        }
    }

    private void scan(int number, long snapshot) throws IOException {
        try {
            loader.scan(segments.get(number), index, number, snapshot);
        } catch (CorruptPartdException e) {
            fail(segments.get(number), e);
        }
    }

    /** Any key may have lost bytes with this segment: nothing is read any more until the store is dropped. */
    private void fail(Segment segment, CorruptPartdException e) {
        segment.finished = true;
        if (broken == null) broken = e;
    }

    /** Throws where some segment cannot be read: what a key holds is not known then. */
    void checkReadable() {
        if (broken != null) throw new CorruptPartdException(broken.source(), broken.offset(), broken.reason(), broken);
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

    /** What each key holds, as of now; the bytes are read when they are touched, if they lie in a map. */
    List<Bytes> read(Collection<String> keys) throws IOException {
        List<Bytes> values = new ArrayList<>(keys.size());
        ChunkReader reader = new ChunkReader(segments, index.longChunks);
        for (String key : keys) {
            ChunkList list = index.get(key);
            values.add(list == null ? Bytes.EMPTY : reader.read(list.view()));
        }
        return values;
    }
}
