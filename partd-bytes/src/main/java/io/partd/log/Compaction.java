package io.partd.log;

import io.partd.base.Piece;
import io.partd.marks.Mark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One rewriting of a store: writes what each key held at a moment as one chunk, in the order of the keys. Appends and
 * deletes may go on meanwhile; their records come behind. The outputs count once a manifest names them. For one thread,
 * which sees to it that nobody else rewrites the store.
 */
public final class Compaction {
    /** The size of a segment that others may still write to. */
    static final long GROWING = -1;

    private static final long BATCH_BYTES = 1 << 20;
    private static final int BATCH_ENTRIES = 10_000;

    private final Medium medium;
    private final long segmentBytes;
    private final long writer;
    private final Snapshot snapshot;
    private final RecordWriter records = new RecordWriter();
    private final Set<String> outputs = new LinkedHashSet<>();
    private final List<SealedSegment> sealed = new ArrayList<>();
    private SegmentWriter output;

    /** Is told how far it is: so many more keys of so many are written. */
    public interface Report {
        void written(int more, int all);
    }

    /** Up to where a segment is rewritten, and how large its file was then; {@link #GROWING} if that may change. */
    record Part(long position, long size) {}

    /**
     * What there was, read while nobody appended.
     *
     * @param stamp greater than those of all records that are replaced, and smaller than all to come
     * @param generation the manifest's generation then
     * @param chunks the chunks of each key
     * @param parts what is rewritten, by the segments' names
     * @param marks what is to be remembered of appends
     */
    record Snapshot(
            long stamp,
            long generation,
            SortedMap<String, ChunkList.View> chunks,
            List<Segment> segments,
            LargeChunks longChunks,
            Map<String, Part> parts,
            List<Mark> marks) {}

    Compaction(Medium medium, long segmentBytes, long writer, Snapshot snapshot) {
        this.medium = medium;
        this.segmentBytes = segmentBytes;
        this.writer = writer;
        this.snapshot = snapshot;
    }

    /** One of nothing but marks. */
    public static Compaction ofMarks(
            Medium medium, long segmentBytes, long writer, List<Mark> marks, long stamp, long generation) {
        Snapshot only = new Snapshot(stamp, generation, new TreeMap<>(), List.of(), new LargeChunks(), Map.of(), marks);
        return new Compaction(medium, segmentBytes, writer, only);
    }

    /** The generation of the manifest that it replaces. */
    public long generation() {
        return snapshot.generation();
    }

    /** A file whose writer has removed it, as nothing in it counted, has no bytes. */
    static long sizeOf(Medium medium, String name) throws IOException {
        try {
            return medium.size(name);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Writes the outputs, and returns when they are on the medium. */
    public void write(Report report) throws IOException {
        boolean done = false;
        try {
            report.written(0, snapshot.chunks().size());
            writeKeys(report);
            appendMarks();
            finishOutput();
            medium.syncNames();
            done = true;
        } finally {
            if (!done) discard();
        }
    }

    private void writeKeys(Report report) throws IOException {
        ChunkReader reader = new ChunkReader(snapshot.segments(), snapshot.longChunks());
        RecordContent batch = RecordContent.append(0, List.of());
        for (var entry : snapshot.chunks().entrySet()) {
            List<Piece> value = reader.read(entry.getValue());
            batch.add(entry.getKey(), false, value.toArray(Piece[]::new), sizeOf(value));
            if (batch.payloadBytes() < BATCH_BYTES && batch.entries.size() < BATCH_ENTRIES) continue;
            appendKeys(batch, report);
            batch = RecordContent.append(0, List.of());
        }
        if (!batch.isEmpty()) appendKeys(batch, report);
    }

    private static long sizeOf(List<Piece> value) {
        long size = 0;
        for (Piece piece : value) size += piece.size();
        return size;
    }

    private void appendKeys(RecordContent batch, Report report) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the compaction was interrupted; nothing was changed");
        }
        append(batch.checkSize());
        report.written(batch.entries.size(), snapshot.chunks().size());
    }

    private void appendMarks() throws IOException {
        for (RecordContent batch : RecordContent.ofMarks(snapshot.marks())) append(batch);
    }

    private void append(RecordContent batch) throws IOException {
        if (output != null && !output.hasRoom(batch, segmentBytes)) finishOutput();
        if (output == null) {
            output = SegmentWriter.begin(medium, writer, snapshot.stamp(), true, generation(), records);
            outputs.add(output.name);
        }
        output.append(batch, snapshot.stamp());
    }

    private void finishOutput() throws IOException {
        if (output == null) return;
        sealed.add(output.seal());
        output = null;
    }

    /**
     * Writes what a drop leaves: what is remembered of appends, and nothing else. Gives the names of the outputs, which
     * are on the medium.
     */
    public Set<String> writeMarks() throws IOException {
        boolean done = false;
        try {
            appendMarks();
            finishOutput();
            if (!outputs.isEmpty()) medium.syncNames();
            done = true;
            return outputs;
        } finally {
            if (!done) discard();
        }
    }

    /** Removes the outputs: they will never count. */
    public void discard() throws IOException {
        if (output != null) output.leave();
        for (String name : outputs) medium.delete(name);
    }

    /** The manifest that puts the outputs in the place of what they were made from. */
    public Manifest manifest(Manifest before, long generation) throws IOException {
        Map<String, Long> replaced = new LinkedHashMap<>();
        for (var part : snapshot.parts().entrySet())
            replaced.put(part.getKey(), replaced(part.getKey(), part.getValue()));
        Set<String> present = new HashSet<>(medium.list());
        before.replaced().forEach((name, upTo) -> {
            if (upTo == Manifest.WHOLLY && present.contains(name)) replaced.put(name, upTo);
        });
        return new Manifest(generation, before.dropped(), outputs, replaced);
    }

    /**
     * Up to where the segment does not count any more: all of it only if nobody has written to it since, whatever was
     * known of its writer.
     */
    private long replaced(String name, Part part) throws IOException {
        boolean whole = part.size() != GROWING && part.size() == sizeOf(medium, name);
        return whole ? Manifest.WHOLLY : part.position();
    }

    /** What was written, in order, once it is. */
    public List<SealedSegment> sealed() {
        return sealed;
    }

    /** Whether a manifest names what was written. */
    public boolean isIn(Manifest manifest) {
        return manifest.outputs().containsAll(outputs);
    }

    /** Whether a manifest that this has made leaves nothing of what it was made from. */
    public boolean replacesAll(Manifest manifest) {
        return snapshot.parts().keySet().stream().allMatch(name -> manifest.startOf(name) == Manifest.WHOLLY);
    }
}
