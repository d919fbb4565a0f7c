package io.partd;

import io.partd.marks.Mark;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One rewriting of a store: writes what each key held at a moment as one chunk, in the order of the keys. Appends and
 * deletes go on meanwhile; their records come behind. The outputs count once a manifest names them. For one thread,
 * which holds the compaction lock, or the store's lock all the time.
 */
final class Compaction {
    private static final long BATCH_BYTES = 1 << 20;
    private static final int BATCH_ENTRIES = 10_000;

    private final Medium medium;
    private final FileOptions options;
    private final long writer;
    private final Snapshot snapshot;
    private final RecordWriter records = new RecordWriter();
    private final Set<String> outputs = new LinkedHashSet<>();
    private SegmentWriter output;

    /** Is told how far it is: so many more keys of so many are written. */
    interface Report {
        void written(int more, int all);
    }

    /**
     * What there was, read while nobody appended.
     *
     * @param stamp greater than those of all records that are replaced, and smaller than all to come
     * @param generation the manifest's generation then
     * @param chunks the chunks of each key
     * @param positions up to where each segment is rewritten
     * @param sizes how large the files are that will not grow any more
     * @param marks what is to be remembered of appends
     */
    record Snapshot(
            long stamp,
            long generation,
            SortedMap<String, ChunkList.View> chunks,
            List<Segment> segments,
            LargeChunks longChunks,
            Map<String, Long> positions,
            Map<String, Long> sizes,
            List<Mark> marks) {

        /** Of nothing but marks. */
        static Snapshot of(List<Mark> marks, long stamp, long generation) {
            return new Snapshot(
                    stamp, generation, new TreeMap<>(), List.of(), new LargeChunks(), Map.of(), Map.of(), marks);
        }

        static Snapshot of(Catalog catalog, ControlFile control, Medium medium, long forgettable) throws IOException {
            catalog.finishDead();
            Map<String, Long> positions = new LinkedHashMap<>();
            Map<String, Long> sizes = new HashMap<>();
            for (Segment segment : catalog.segments()) {
                positions.put(segment.name, segment.scanned);
                if (segment.finished) sizes.put(segment.name, sizeOf(medium, segment.name));
            }
            Index index = catalog.index();
            return new Snapshot(
                    control.nextStamp(),
                    catalog.manifest().generation(),
                    index.views(),
                    catalog.segments(),
                    index.longChunks,
                    positions,
                    sizes,
                    index.marks.folded(forgettable));
        }

        /**
         * Up to where the segment does not count any more: all of it only if nobody has written to it since, whatever
         * was known of its writer.
         */
        private long replaced(String name, Medium medium) throws IOException {
            Long size = sizes.get(name);
            return size != null && size == sizeOf(medium, name) ? Manifest.WHOLLY : positions.get(name);
        }

        /** A file whose writer has removed it, as nothing in it counted, has no bytes. */
        private static long sizeOf(Medium medium, String name) throws IOException {
            try {
                return medium.size(name);
            } catch (NoSuchFileException e) {
                return 0;
            }
        }
    }

    Compaction(Medium medium, FileOptions options, long writer, Snapshot snapshot) {
        this.medium = medium;
        this.options = options;
        this.writer = writer;
        this.snapshot = snapshot;
    }

    /** Writes the outputs, and returns when they are on the medium. */
    Set<String> write(Report report) throws IOException {
        boolean done = false;
        try {
            report.written(0, snapshot.chunks().size());
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
            appendMarks();
            finishOutput();
            medium.syncNames();
            done = true;
            return outputs;
        } finally {
            if (!done) discard();
        }
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
        if (output != null && !output.hasRoom(batch, options.segmentBytes())) finishOutput();
        if (output == null) {
            long id = ThreadLocalRandom.current().nextLong();
            SegmentHeader header = new SegmentHeader(id, writer, snapshot.stamp(), 0, true);
            output = new SegmentWriter(medium, header, snapshot.generation(), records);
            outputs.add(output.name);
        }
        output.append(batch, snapshot.stamp());
    }

    private void finishOutput() throws IOException {
        if (output == null) return;
        output.sync();
        output.finish();
        medium.sync(output.name);
        output = null;
    }

    /** Writes what a drop leaves: what is remembered of appends, and nothing else. */
    Set<String> writeMarks() throws IOException {
        boolean done = false;
        try {
            appendMarks();
            finishOutput();
            done = true;
            return outputs;
        } finally {
            if (!done) discard();
        }
    }

    /** Removes the outputs: they will never count. */
    void discard() throws IOException {
        if (output != null) output.discard(false);
        for (String name : outputs) medium.delete(name);
    }

    /** The manifest that puts the outputs in the place of what they were made from. */
    Manifest manifest(Manifest before, long generation) throws IOException {
        Map<String, Long> replaced = new LinkedHashMap<>();
        for (String name : snapshot.positions().keySet()) replaced.put(name, snapshot.replaced(name, medium));
        List<String> present = new ArrayList<>(medium.list());
        before.replaced().forEach((name, upTo) -> {
            if (upTo == Manifest.WHOLLY && present.contains(name)) replaced.put(name, upTo);
        });
        return new Manifest(generation, before.dropped(), outputs, replaced);
    }
}
