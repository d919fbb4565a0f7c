package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.Piece;
import io.partd.marks.MarkBook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a manifest names: its segments, the index of their records up to a stamp, and their values. It grows where the
 * segments do, and another manifest has another. For one thread at a time; what it has handed out is for all.
 */
public final class Contents {
    private final Medium medium;
    private final SegmentLoader loader;
    private final Manifest manifest;
    private final Index index = new Index();
    private final Set<String> known = new HashSet<>();
    private final Set<String> uncounted = new HashSet<>();
    /** The sources of those segments that were open before, for some of their bytes may be kept. */
    private final Map<String, Source> sources = new HashMap<>();

    private List<Segment> segments = new ArrayList<>();
    private CorruptPartdException broken;
    /**
     * The number of segments that are in the indexes that the manifest names, and come first; -1 before these are read.
     */
    private int committed = -1;

    /** Nothing, before {@link #find} is called. What the contents before had open is used on. */
    public Contents(Medium medium, SegmentLoader loader, Manifest manifest, List<Segment> before) {
        this.medium = medium;
        this.loader = loader;
        this.manifest = manifest;
        for (Segment segment : before) sources.put(segment.name, segment.source);
    }

    /** Reads the indexes that the manifest names, once; true if there were any. Lists nothing. */
    public boolean findCommitted() throws IOException {
        if (committed >= 0) return false;
        for (IndexPart part : manifest.parts()) {
            String file = medium.describe(part.name());
            try {
                add(part.decode(medium.load(part.name()), file), part.stamp(), file);
            } catch (CorruptPartdException e) {
                if (broken == null) broken = e;
            }
        }
        committed = segments.size();
        return !manifest.parts().isEmpty();
    }

    /** Adds what an index of segments has, whose chunks get this stamp, or their own where it is 0. */
    public void add(SegmentIndexes indexes, long stamp, String file) {
        for (String key : indexes.removed()) {
            byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
            index.delete(ByteBuffer.wrap(utf8), 0, utf8.length, stamp);
        }
        List<Segment> all = new ArrayList<>(segments); // readers may hold the old list
        for (SealedSegment sealed : indexes.segments()) {
            known.add(sealed.name());
            int number = all.size();
            if (number == ChunkList.MAX_SEGMENTS) {
                throw new IllegalStateException(file + " is of a store with more than " + number
                        + " segments: whoever writes to it should compact it more often");
            }
            all.add(open(sealed));
            ByteBuffer entries = sealed.index().duplicate().order(sealed.index().order());
            IndexCodec.decode(entries, index, number, sealed.start(), sealed.footer(), stamp, file);
        }
        segments = all;
    }

    private Segment open(SealedSegment sealed) {
        Source source = sources.get(sealed.name());
        if (source == null) source = medium.open(sealed.name(), sealed.length());
        Segment segment = new Segment(sealed.name(), sealed.header(), source, sealed.start());
        segment.scanned = sealed.dataEnd();
        segment.synced = sealed.dataEnd();
        segment.finished = true;
        return segment;
    }

    /** Looks for segments that are not known yet, and reads them up to a stamp; true if there were any. */
    public boolean find(long snapshot) throws IOException {
        boolean foundCommitted = findCommitted();
        Set<String> names = new HashSet<>(medium.list());
        List<Segment> found = new ArrayList<>();
        for (String name : names) {
            if (!SegmentFormat.isSegment(name) || known.contains(name)) continue;
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
            load(segment, number++, names.contains(segment.name + SegmentFormat.SIDECAR), snapshot);
        }
        sources.clear();
        return foundCommitted || !found.isEmpty();
    }

    /** The segment of this name, or null where it does not count, or its first append is not complete. */
    private Segment open(String name) throws IOException {
        if (SegmentFormat.isWrittenElsewhere(name)) return null; // no index has it: perhaps one will
        if (manifest.closed() || manifest.startOf(name) == Manifest.WHOLLY) {
            uncounted.add(name);
            return null;
        }
        ByteBuffer bytes = SegmentFormat.allocate(SegmentHeader.SIZE);
        Source source = sources.containsKey(name) ? sources.get(name) : medium.open(name, medium.size(name));
        try {
            if (source.read(0, bytes) < SegmentHeader.SIZE) return null;
            if (SegmentFormat.isZero(bytes, 0, SegmentHeader.SIZE)) return null; // lost with the power
            SegmentHeader header = SegmentHeader.read(bytes, source.describe());
            if (!header.fileName().equals(name)) {
                throw new CorruptPartdException(
                        source.describe(), 0, "the file is of another segment, which is named " + header.fileName());
            }
            if (manifest.counts(name, header)) return new Segment(name, header, source, manifest.startOf(name, header));
            uncounted.add(name);
            return null;
        } catch (CorruptPartdException e) {
            if (broken == null) broken = e;
            known.add(name);
            return null;
        }
    }

    private void load(Segment segment, int number, boolean hasSidecar, long snapshot) throws IOException {
        try {
            loader.load(segment, hasSidecar, index, number, snapshot);
        } catch (CorruptPartdException e) {
            fail(segment, e);
        }
    }

    /** Reads what was appended to the segments that are known, up to a stamp; true if there was anything. */
    public boolean readOn(long snapshot) throws IOException {
        boolean found = false;
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).finished) found |= scan(i, snapshot);
        }
        return found;
    }

    private boolean scan(int number, long snapshot) throws IOException {
        Segment segment = segments.get(number);
        long before = segment.scanned;
        try {
            loader.scan(segment, index, number, snapshot);
            return segment.scanned > before;
        } catch (NoSuchFileException e) {
            if (segment.scanned > segment.start || segment.start == SegmentHeader.SIZE) throw e;
            segment.finished = true; // replaced before, and its writer has removed it since
        } catch (CorruptPartdException e) {
            fail(segment, e);
        }
        return false;
    }

    /** Any key may have lost bytes with this segment: nothing is read any more until the store is dropped. */
    private void fail(Segment segment, CorruptPartdException e) {
        segment.finished = true;
        if (broken == null) broken = e;
    }

    /** To be called when all records up to some stamp are in. */
    public void settle() {
        index.settle();
    }

    /** Reads the segments of writers that died since they were found to their ends; while nobody appends. */
    public void finishDead(long stamp) throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            // first that the writer is gone, then all that he wrote: the other way round there might be more
            if (segment.finished || loader.isAlive(segment)) continue;
            scan(i, stamp);
            segment.finished = true;
        }
        checkReadable();
    }

    /** Throws where some segment cannot be read: what a key holds is not known then. */
    public void checkReadable() {
        if (broken == null) return;
        String advice = broken.reason() + "; restore the file from a copy, or drop the store";
        throw new CorruptPartdException(broken.file(), broken.offset(), advice, broken);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** All segments that count; a chunk's segment number is its place here. */
    public List<Segment> segments() {
        return segments;
    }

    /**
     * Files that do not count: replaced, or the outputs of a compaction that is not finished or never was, or with
     * nothing behind where they would begin to count.
     */
    public Set<String> uncounted() {
        Set<String> all = new HashSet<>(uncounted);
        for (Segment segment : segments) {
            if (segment.start > SegmentHeader.SIZE && segment.scanned == segment.start) all.add(segment.name);
        }
        return all;
    }

    /** What the records say of who appended. */
    public MarkBook marks() {
        return index.marks;
    }

    /** How often something was deleted from some key. */
    public long removals() {
        return index.removals();
    }

    public long lastStamp() {
        return index.lastStamp();
    }

    /** Whether no key exists. */
    public boolean isEmpty() {
        return index.isEmpty();
    }

    /** The bytes of all values that there were, those deleted since too. */
    public long valueBytes() {
        return index.valueBytes();
    }

    public SortedSet<String> keys() {
        return index.keys();
    }

    /** Those of the keys that exist. */
    public List<String> present(Collection<String> keys) {
        Set<String> present = new LinkedHashSet<>();
        for (String key : keys) {
            ChunkList list = index.get(key);
            if (list != null && list.exists()) present.add(key);
        }
        return List.copyOf(present);
    }

    /** Those of the keys that have no chunk with bytes in it. */
    public Set<String> headless(Collection<String> keys) {
        Set<String> missing = new HashSet<>();
        for (String key : keys) {
            if (!holdsBytes(key)) missing.add(key);
        }
        return missing;
    }

    private boolean holdsBytes(String key) {
        ChunkList list = index.get(key);
        if (list == null) return false;
        ChunkList.View chunks = list.view();
        for (int i = 0; i < chunks.count(); i++) {
            if (chunks.length(i, index.longChunks) > 0) return true;
        }
        return false;
    }

    /** What each key holds, as of now; the bytes are read when they are touched, if they are kept. */
    public List<List<Piece>> read(Collection<String> keys) throws IOException {
        List<List<Piece>> values = new ArrayList<>(keys.size());
        ChunkReader reader = new ChunkReader(segments, index.longChunks);
        for (String key : keys) {
            ChunkList list = index.get(key);
            values.add(list == null ? List.of() : reader.read(list.view()));
        }
        return values;
    }

    /** What there is, in figures. */
    public Figures figures() throws IOException {
        return Figures.of(index, segments, medium);
    }

    /** The chunks of a key, in order, each with its size; none where there is no such key. */
    public long[] chunkBytes(String key) {
        ChunkList list = index.get(key);
        if (list == null) return new long[0];
        ChunkList.View chunks = list.view();
        long[] sizes = new long[chunks.count()];
        for (int i = 0; i < sizes.length; i++) sizes[i] = chunks.length(i, index.longChunks);
        return sizes;
    }

    /** Brings together where some chunks of keys lie. */
    public Excerpt excerpt() {
        return new Excerpt(index, segments);
    }

    /**
     * What is known of the segments that were found by listing, each with its records' own stamps: for an index of
     * several.
     */
    public List<SealedSegment> sealed() throws IOException {
        checkReadable();
        List<SealedSegment> all = new ArrayList<>();
        for (Segment segment : segments.subList(committed, segments.size())) {
            Index own = new Index();
            Segment again = new Segment(segment.name, segment.header, segment.source, segment.start);
            loader.load(again, false, own, 0, Long.MAX_VALUE);
            if (own.isUnused()) continue;
            all.add(SealedSegment.of(segment.name, medium.size(segment.name), again.start, own, again.scanned));
        }
        return all;
    }

    /**
     * A rewriting of all of it.
     *
     * @param segmentBytes the size of its segments
     * @param writer whose they are
     * @param stamp greater than those of all records, and smaller than all to come
     * @param forgettable marks up to this stamp are forgotten
     */
    public Compaction compaction(long segmentBytes, long writer, long stamp, long forgettable) throws IOException {
        Map<String, Compaction.Part> parts = new LinkedHashMap<>();
        for (Segment segment : segments) {
            boolean counted = segment.finished && !segment.source.isFar(); // to ask for a size costs a request
            long size = counted ? Compaction.sizeOf(medium, segment.name) : Compaction.GROWING;
            parts.put(segment.name, new Compaction.Part(segment.scanned, size));
        }
        Compaction.Snapshot now = new Compaction.Snapshot(
                stamp,
                manifest.generation(),
                index.views(),
                segments,
                index.longChunks,
                parts,
                index.marks.folded(forgettable));
        return new Compaction(medium, segmentBytes, writer, now);
    }
}
