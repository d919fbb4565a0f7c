package io.partd.file;

import io.partd.CorruptPartdException;
import io.partd.base.Failures;
import io.partd.base.Log;
import io.partd.disk.FileLocks;
import io.partd.disk.Poll;
import io.partd.log.Compaction;
import io.partd.log.Contents;
import io.partd.log.GrowingMedium;
import io.partd.log.Manifest;
import io.partd.log.RecordContent;
import io.partd.log.Segment;
import io.partd.log.SegmentFile;
import io.partd.log.SegmentFormat;
import io.partd.marks.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What changes the set of segments: drop, compaction, and removing what a killed process has left. */
final class Maintenance {
    private final SharedDirectory store;
    private final GrowingMedium medium;
    private final ControlFile control;
    private final Catalog catalog;
    private final AppenderPool appenders;
    private final long writer;
    private final long segmentBytes;

    /** That of a handle: its catalog, its appenders and its writer's number. */
    Maintenance(
            SharedDirectory store,
            GrowingMedium medium,
            Catalog catalog,
            AppenderPool appenders,
            long writer,
            long segmentBytes) {
        this.store = store;
        this.medium = medium;
        this.control = store.control();
        this.catalog = catalog;
        this.appenders = appenders;
        this.writer = writer;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Removes everything, whether it can be read or not, but these marks; under the exclusive lock. Gives what is to be
     * appended now, for there was no room for the marks before.
     */
    List<RecordContent> drop(List<Mark> marks) throws IOException {
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
                Log.get().log(Level.DEBUG, "a compaction that ended has just removed {0}", name); // which needs no lock
            }
        }
        Set<String> kept = keep(marks, before);
        commit(before, new Manifest(nextGeneration(before), stamp, kept, replaced), dropped);
        control.setSyncFailed(false);
        return kept.isEmpty() ? RecordContent.ofMarks(marks) : List.of();
    }

    /**
     * Lets what is appended here count from now on, though the store was written elsewhere, where a manifest names all
     * that counts; under the exclusive lock. What it did not name goes on counting for nothing.
     */
    void takeOver() throws IOException {
        Manifest before = Manifest.load(medium);
        if (!before.closed()) return; // another handle was faster
        Map<String, Long> replaced = new LinkedHashMap<>();
        synchronized (catalog) {
            catalog.refresh();
            Set<String> named = catalog.readable().segments().stream()
                    .map(segment -> segment.name)
                    .collect(Collectors.toSet());
            for (String name : medium.list()) {
                boolean counts = named.contains(name) || SegmentFormat.isWrittenElsewhere(name);
                if (SegmentFormat.isSegment(name) && !counts) replaced.put(name, Manifest.WHOLLY);
            }
        }
        commit(before, before.opened(nextGeneration(before), replaced), replaced.keySet());
    }

    /** Decides what becomes of a segment: a position in it, or that it goes. */
    private void drop(String name, Manifest before, long stamp, Map<String, Long> replaced, List<String> dropped)
            throws IOException {
        boolean hasHeader = SegmentFile.hasHeader(medium.size(name)); // first, for it may grow
        SegmentFile file = SegmentFile.look(medium, name);
        boolean unfinishedOutput = file.isCompacted() && !before.outputs().contains(name);
        if (hasHeader ? unfinishedOutput : isOfAlive(name)) return;
        if (isGrowing(file)) {
            replaced.put(name, file.end(scannedOf(name)));
            return;
        }
        dropped.add(name);
        // few are named, for which a full disk has room: the stamp says it of the others
        if (!file.isOlderThan(stamp)) replaced.put(name, Manifest.WHOLLY);
    }

    /** The segments with the marks; none where there are no marks, or no room for them. */
    private Set<String> keep(List<Mark> marks, Manifest before) throws IOException {
        Compaction only =
                Compaction.ofMarks(medium, segmentBytes, writer, marks, control.nextStamp(), before.generation());
        try {
            return only.writeMarks();
        } catch (IOException e) {
            if (!Failures.isFull(e)) throw e;
            Log.get().log(Level.DEBUG, "no room for what is remembered of appends before the drop", e);
            return Set.of();
        }
    }

    /** Differs from all before, also where the control file has a wrong one. */
    private long nextGeneration(Manifest before) {
        return Math.max(before.generation(), control.generation()) + 1;
    }

    /**
     * Whether the writer of a segment is alive. If that has no header yet, while nobody appends, it is an output of a
     * compaction, which needs no lock to write, and removes it when it finds that it was too late.
     */
    private boolean isOfAlive(String name) {
        OptionalLong of = SegmentFile.writerOf(name);
        return of.isPresent() && store.isAlive(of.getAsLong());
    }

    /** Whether another handle may still write to the segment. */
    private boolean isGrowing(SegmentFile file) throws IOException {
        return file.isBegun()
                && !file.isCompacted()
                && file.writer() != writer
                && store.isAlive(file.writer())
                && !file.hasFooter();
    }

    /** Up to where the records of a segment are in the index; 0 where it is not known. */
    private long scannedOf(String name) {
        synchronized (catalog) {
            for (Segment segment : catalog.contents().segments()) {
                if (segment.name.equals(name)) return segment.scanned;
            }
        }
        return 0;
    }

    /** Puts a manifest in force, and deletes what does not count any more. */
    private void commit(Manifest before, Manifest manifest, Collection<String> doomed) throws IOException {
        if (!publish(manifest)) {
            throw new IOException("there is a manifest of generation " + manifest.generation() + " or later, though "
                    + "nobody else changes the store: is it on a file system without locks?");
        }
        control.raiseGeneration(manifest.generation());
        doomed.forEach(this::delete);
        new CommittedElsewhere(medium, manifest).remove(medium.list(), before.parts());
        medium.reserve();
        synchronized (catalog) {
            catalog.forgetReplaced(); // what is deleted keeps its room while it is mapped
        }
    }

    /** A manifest that was renamed and whose name was not synced is in force until the power is lost. */
    private boolean publish(Manifest manifest) throws IOException {
        try {
            return manifest.publish(medium);
        } catch (IOException e) {
            if (mayBeInForce(manifest, e)) control.setSyncFailed(true);
            throw e;
        }
    }

    private boolean mayBeInForce(Manifest manifest, IOException failure) {
        try {
            return Manifest.load(medium).generation() >= manifest.generation();
        } catch (IOException e) {
            failure.addSuppressed(e);
            return true;
        }
    }

    /** Deletes a file that does not count; if that fails, the next handle that is opened tries again. */
    private void delete(String name) {
        try {
            medium.delete(name);
            medium.delete(name + SegmentFormat.SIDECAR);
        } catch (IOException e) {
            Log.get()
                    .log(
                            Level.WARNING,
                            "could not delete " + medium.describe(name) + ", which is not needed any more",
                            e);
        }
    }

    /** Waits until no other compaction of the store runs, in any process. */
    void lockCompaction() {
        try {
            Poll.until(() -> store.files().tryExclusive(FileLocks.COMPACTION));
        } catch (InterruptedException e) {
            throw Failures.interrupted("interrupted while waiting for another compaction; nothing was changed");
        }
    }

    void unlockCompaction() {
        store.files().release(FileLocks.COMPACTION);
    }

    /** A compaction of what there is; under the exclusive lock. */
    Compaction beginCompaction() throws IOException {
        appenders.finishAll();
        long forgettable = store.ages().forgettable();
        synchronized (catalog) {
            catalog.refresh();
            Contents contents = catalog.readable();
            contents.finishDead(control.stamp());
            return contents.compaction(segmentBytes, writer, control.nextStamp(), forgettable);
        }
    }

    /**
     * Writes the compaction's outputs; false where the store was dropped meanwhile, and there is nothing to do any
     * more.
     */
    boolean write(Compaction compaction, Compaction.Report report) throws IOException {
        try {
            compaction.write(report);
            return true;
        } catch (IOException | UncheckedIOException e) {
            if (Manifest.load(medium).generation() == compaction.generation()) throw e;
            Log.get().log(Level.DEBUG, "the store was dropped while it was compacted", e);
            return false;
        }
    }

    /** Puts what was written in force, unless the store was dropped meanwhile; under the exclusive lock. */
    void finish(Compaction compaction) throws IOException {
        boolean done = false;
        try {
            Manifest before = Manifest.load(medium);
            if (before.generation() != compaction.generation()) return;
            Manifest manifest = compaction.manifest(before, nextGeneration(before));
            commit(before, manifest, manifest.wholly());
            if (compaction.replacesAll(manifest)) control.setSyncFailed(false);
            done = true;
        } finally {
            if (!done) discard(compaction);
        }
    }

    /**
     * Removes what a compaction has written in vain; if that fails, the next open tries again. One that failed after
     * its manifest was put in force is in force.
     */
    void discard(Compaction compaction) {
        try {
            if (!compaction.isIn(Manifest.load(medium))) compaction.discard();
        } catch (IOException | CorruptPartdException e) {
            Log.get().log(Level.WARNING, "could not remove what a compaction of this store has written in vain", e);
        }
    }

    /**
     * Removes what a process has left that was killed: files that do not count. Not while a compaction runs, whose
     * outputs do not count yet, and not where a failed fsync makes it doubtful what counts when the power is lost.
     */
    void removeLeftovers(Set<String> suspects) throws IOException {
        if (!store.files().tryExclusive(FileLocks.COMPACTION)) return;
        try {
            if (store.lock().tryLock()) removeUncounted(control.syncFailed() ? Set.of() : suspects);
        } finally {
            unlockCompaction();
        }
    }

    /** While nobody changes the set of segments. */
    private void removeUncounted(Set<String> suspects) throws IOException {
        try {
            Manifest manifest = Manifest.load(medium);
            Set<String> present = new HashSet<>(medium.list());
            new CommittedElsewhere(medium, manifest).remove(present, List.of());
            for (String name : suspects) {
                boolean replaced = present.contains(name) && isReplaced(name, manifest);
                if (replaced || manifest.startOf(name) == Manifest.WHOLLY) {
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

    /** Whether nothing in a segment counts, and nothing will. */
    private boolean isReplaced(String name, Manifest manifest) throws IOException {
        SegmentFile file = SegmentFile.look(medium, name);
        if (file.isReplaced(manifest)) return true;
        long start = manifest.startOf(name);
        return start > 0 && file.isBegun() && !store.isAlive(file.writer()) && file.endsAt(start);
    }

    /** Whether the segment's writer died before its first append was complete. */
    private boolean isUnborn(String name) throws IOException {
        if (!SegmentFormat.isSegment(name) || SegmentFile.hasRecord(medium.size(name))) return false;
        OptionalLong of = SegmentFile.writerOf(name);
        return of.isPresent() && !store.isAlive(of.getAsLong());
    }
}
