package io.partd;

import io.partd.marks.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changes the set of segments: drop, compaction, and removing what a killed process has left. */
final class Maintenance {
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final FileHandle handle;
    private final SharedDirectory store;
    private final Medium medium;
    private final ControlFile control;
    private final long writer;
    private final AppenderPool appenders;
    private final FileOptions options;

    Maintenance(
            FileHandle handle,
            SharedDirectory store,
            Medium medium,
            long writer,
            AppenderPool appenders,
            FileOptions options) {
        this.handle = handle;
        this.store = store;
        this.medium = medium;
        this.control = store.control();
        this.writer = writer;
        this.appenders = appenders;
        this.options = options;
    }

    /**
     * Removes everything, whether it can be read or not, but what is remembered of appends; under the exclusive lock.
     */
    void drop() throws IOException {
        List<Mark> marks = handle.marks();
        appenders.closeAll();
        Manifest before = Manifest.load(medium);
        long stamp = control.nextStamp();
        Map<String, Long> replaced = new LinkedHashMap<>();
        List<String> dropped = new ArrayList<>();
        for (String name : medium.list()) {
            if (!SegmentFormat.isSegment(name)) continue;
            try {
                drop(name, before, stamp, replaced, dropped);
            } catch (NoSuchFileException e) {
                LOG.log(Level.DEBUG, "a compaction that ended has just removed {0}", name); // which needs no lock
            }
        }
        Set<String> kept = keep(marks, before);
        commit(new Manifest(nextGeneration(before), stamp, kept, replaced), dropped);
        control.setSyncFailed(false);
        if (!kept.isEmpty()) return;
        for (RecordContent batch : RecordContent.ofMarks(marks)) handle.write(batch); // now there is room
    }

    /** Decides what becomes of a segment: a position in it, or that it goes. */
    private void drop(String name, Manifest before, long stamp, Map<String, Long> replaced, List<String> dropped)
            throws IOException {
        boolean begun = medium.size(name) < SegmentHeader.SIZE; // first, for it may grow
        SegmentHeader header = header(name);
        if (begun ? hasLiveWriter(name) : isUnfinished(name, header, before)) return;
        if (isGrowing(name, header)) {
            replaced.put(name, endOf(name, header));
            return;
        }
        dropped.add(name);
        // few are named, for which a full disk has room: the stamp says it of the others
        boolean told = header != null && (header.compacted() || header.created() < stamp);
        if (!told) replaced.put(name, Manifest.WHOLLY);
    }

    /** The segments with the marks; none where there are no marks, or no room for them. */
    private Set<String> keep(List<Mark> marks, Manifest before) throws IOException {
        Compaction.Snapshot only = Compaction.Snapshot.of(marks, control.nextStamp(), before.generation());
        try {
            return new Compaction(medium, options, writer, only).writeMarks();
        } catch (IOException e) {
            if (!Failures.isFull(e)) throw e;
            LOG.log(Level.DEBUG, "no room for what is remembered of appends before the drop", e);
            return Set.of();
        }
    }

    /** Differs from all before, also where the control file has a wrong one. */
    private long nextGeneration(Manifest before) {
        return Math.max(before.generation(), control.generation()) + 1;
    }

    /** The segment's header, or null where there is none that checks. */
    private SegmentHeader header(String name) throws IOException {
        ByteBuffer bytes = SegmentFormat.allocate(SegmentHeader.SIZE);
        if (medium.read(name, 0, bytes) < SegmentHeader.SIZE) return null;
        try {
            return SegmentHeader.read(bytes, medium.describe(name));
        } catch (CorruptPartdException e) {
            LOG.log(Level.DEBUG, "dropping what cannot be read: {0}", e.getMessage());
            return null;
        }
    }

    /** Whether it is an output of a compaction that goes on, or never came to its end. */
    private static boolean isUnfinished(String name, SegmentHeader header, Manifest manifest) {
        return header != null && header.compacted() && !manifest.outputs().contains(name);
    }

    /**
     * Whether the writer of a segment is alive. If that has no header yet, while nobody appends, it is an output of a
     * compaction, which needs no lock to write, and removes it when it finds that it was too late.
     */
    private boolean hasLiveWriter(String name) {
        long writer = SegmentHeader.writerOf(name);
        return isWriter(writer) && store.isAlive(writer);
    }

    private static boolean isWriter(long writer) {
        return writer >= 0 && writer <= SegmentHeader.MAX_WRITER;
    }

    /** Whether another handle may still write to the segment. */
    private boolean isGrowing(String name, SegmentHeader header) throws IOException {
        return header != null
                && !header.compacted()
                && header.writer() != writer
                && store.isAlive(header.writer())
                && Footer.find(medium, name, medium.size(name), header.id()) == null;
    }

    /** Where the segment's records end, while nobody appends. */
    private long endOf(String name, SegmentHeader header) throws IOException {
        long size = medium.size(name);
        long known = Math.max(SegmentHeader.SIZE, handle.scannedOf(name));
        SegmentScanner scanner = new SegmentScanner(medium, name, header.id(), known, size);
        try {
            while (scanner.peek() != null) scanner.take();
            return scanner.position();
        } catch (CorruptPartdException e) {
            LOG.log(Level.DEBUG, "dropping what cannot be read: {0}", e.getMessage());
            return size;
        }
    }

    /** Puts a manifest in force, and deletes what does not count any more. */
    private void commit(Manifest manifest, Collection<String> doomed) throws IOException {
        manifest.publish(medium);
        control.raiseGeneration(manifest.generation());
        doomed.forEach(this::delete);
        medium.reserve();
        handle.forgetReplaced();
    }

    /** Deletes a file that does not count; if that fails, the next handle that is opened tries again. */
    private void delete(String name) {
        try {
            medium.delete(name);
            medium.delete(name + SegmentFormat.SIDECAR);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not delete " + medium.describe(name) + ", which is not needed any more", e);
        }
    }

    /**
     * Rewrites the store. Whoever has the store's lock for all of it does not wait for another compaction, which may be
     * waiting for the lock: that one will find that it was too late.
     */
    void compact(Compaction.Report report) {
        handle.requireOpen();
        if (store.lock().isHeldByCurrentThread()) {
            rewrite(report);
            return;
        }
        lockCompaction();
        try {
            rewrite(report);
        } finally {
            store.files().release(FileLocks.COMPACTION);
        }
    }

    private void rewrite(Compaction.Report report) {
        Compaction.Snapshot[] snapshot = {null};
        handle.exclusive(() -> {
            appenders.finishAll();
            long forgettable = store.ages().forgettable();
            snapshot[0] = handle.read(catalog -> Compaction.Snapshot.of(catalog, control, medium, forgettable));
        });
        Compaction compaction = new Compaction(medium, options, writer, snapshot[0]);
        if (!write(compaction, report, snapshot[0].generation())) return;
        boolean[] finishing = {false};
        try {
            handle.exclusive(() -> {
                finishing[0] = true;
                finish(compaction, snapshot[0]);
            });
        } finally {
            if (!finishing[0]) discard(compaction);
        }
    }

    /** Removes what will not count, because the lock could not be had; if that fails, the next open tries again. */
    private void discard(Compaction compaction) {
        try {
            compaction.discard();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove what an interrupted compaction of this store has written", e);
        }
    }

    private void lockCompaction() {
        try {
            Poll.until(() -> store.files().tryExclusive(FileLocks.COMPACTION));
        } catch (InterruptedException e) {
            throw Failures.interrupted("interrupted while waiting for another compaction; nothing was changed");
        }
    }

    /**
     * Writes the compaction's outputs; false where the store was dropped meanwhile, and there is nothing to do any
     * more.
     */
    private boolean write(Compaction compaction, Compaction.Report report, long generation) {
        try {
            handle.reading(() -> compaction.write(report));
            return true;
        } catch (UncheckedIOException e) {
            if (handle.reading(() -> Manifest.load(medium)).generation() == generation) throw e;
            LOG.log(Level.DEBUG, "the store was dropped while it was compacted", e);
            return false;
        }
    }

    private void finish(Compaction compaction, Compaction.Snapshot snapshot) throws IOException {
        Manifest before = Manifest.load(medium);
        if (before.generation() != snapshot.generation()) {
            compaction.discard();
            return;
        }
        Manifest manifest = compaction.manifest(before, nextGeneration(before));
        commit(manifest, manifest.wholly());
        boolean allRewritten =
                snapshot.positions().keySet().stream().allMatch(name -> manifest.startOf(name) == Manifest.WHOLLY);
        if (allRewritten) control.setSyncFailed(false);
    }

    /**
     * Removes what a process has left that was killed: files that do not count. Not while a compaction runs, whose
     * outputs do not count yet.
     */
    void removeLeftovers(Set<String> suspects) throws IOException {
        if (!store.files().tryExclusive(FileLocks.COMPACTION)) return;
        try {
            if (store.lock().tryLock()) removeUncounted(suspects);
        } finally {
            store.files().release(FileLocks.COMPACTION);
        }
    }

    /** While nobody changes the set of segments. */
    private void removeUncounted(Set<String> suspects) throws IOException {
        try {
            Manifest manifest = Manifest.load(medium);
            Set<String> present = new HashSet<>(medium.list());
            for (String name : suspects) {
                SegmentHeader header = present.contains(name) ? header(name) : null;
                if (manifest.startOf(name) == Manifest.WHOLLY || header != null && !manifest.counts(name, header)) {
                    delete(name);
                    present.remove(name);
                }
            }
            for (String name : present) {
                boolean orphan = SegmentFormat.isSidecar(name) && !present.contains(SegmentFormat.segmentOf(name));
                // whoever publishes a sidecar just now can do without it
                if (orphan || SegmentFormat.isTemporary(name) || isUnborn(name)) medium.delete(name);
            }
        } finally {
            store.lock().unlock();
        }
    }

    /** Whether the segment's writer died before its first append was complete. */
    private boolean isUnborn(String name) throws IOException {
        if (!SegmentFormat.isSegment(name) || medium.size(name) >= SegmentHeader.SIZE + RecordHeader.SIZE) return false;
        long writer = SegmentHeader.writerOf(name);
        return isWriter(writer) && !store.isAlive(writer);
    }
}
