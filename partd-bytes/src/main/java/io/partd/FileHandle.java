package io.partd;

import io.partd.marks.Claim;
import io.partd.marks.Mark;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

/**
 * One handle of a file store: its locks, its part of the log, and its view of it. Locks are taken in this order: the
 * store's lock, the handle's life, the catalog's monitor.
 */
final class FileHandle extends Handle {
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final FileOptions options;
    private final SharedDirectory store;
    private final ControlFile control;
    private final StoreLock lock;
    private final long writer;
    private final AppenderPool appenders;

    /** What the control file's removals were before some refresh. */
    private volatile long refreshedAt = -1;

    private FileHandle(Path directory, FileOptions options, SharedDirectory store, Medium medium) {
        super(directory, medium, store.control(), new SegmentLoader(medium, store::isAlive));
        this.options = options;
        this.store = store;
        this.control = store.control();
        this.lock = store.lock();
        this.writer = store.newWriter();
        this.appenders = new AppenderPool(medium, control, options, writer);
    }

    static FileHandle open(Path directory, FileOptions options) throws IOException {
        SharedDirectory store = SharedDirectory.acquire(directory);
        FileHandle handle = null;
        boolean ready = false;
        try {
            handle = new FileHandle(directory, options, store, new LocalMedium(directory));
            handle.load();
            RoomKeeper.add(handle);
            ready = true;
            return handle;
        } finally {
            if (!ready) {
                if (handle == null) store.release();
                else handle.closeAll();
            }
        }
    }

    private void load() throws IOException {
        store.enter(catalog::rebuildControl);
        maintenance().removeLeftovers(look(Catalog::uncounted));
        medium.reserve();
    }

    @Override
    FileHandle writing() {
        return this;
    }

    Lock lock() {
        return lock;
    }

    /** Does a step under the shared lock. */
    void shared(Step step) {
        requireOpen();
        lock.lockShared();
        try {
            whileOpen(step);
        } finally {
            lock.unlockShared();
        }
    }

    /** Does a step while nobody else appends to the store or changes it. */
    void exclusive(Step step) {
        requireOpen();
        lock.lockExclusive();
        boolean done = false;
        try {
            whileOpen(step);
            done = true;
        } finally {
            if (!done) lock.changeFailed();
            lock.unlock();
        }
    }

    /**
     * Does a step that removes something, while nobody else appends to the store or changes it. Where it fails, whoever
     * takes the lock next settles what was begun.
     */
    void removing(Step step) {
        exclusive(() -> {
            control.beginRemoval();
            step.run();
            control.endRemoval();
        });
    }

    /**
     * The removals that the index has taken in. Looks for more only where some were made: appends cost nothing here.
     */
    @Override
    long removals() throws IOException {
        long now = control.removals(); // before the refresh: what is removed later is looked for next time
        if (ControlFile.isSettled(now) && now == refreshedAt) return catalog.removals();
        long removals = read(Catalog::removals);
        refreshedAt = now;
        return removals;
    }

    /** Up to where the records of a segment are in the index; 0 where it is not known. */
    long scannedOf(String name) {
        synchronized (catalog) {
            return catalog.scannedOf(name);
        }
    }

    /** Lets go of segments that were replaced: what is deleted keeps its room while it is mapped. */
    void forgetReplaced() throws IOException {
        synchronized (catalog) {
            catalog.refresh();
        }
    }

    /** Writes a record; under the store's lock. */
    void write(RecordContent batch) throws IOException {
        if (options.fsync()) syncOthers();
        try {
            appenders.append(batch);
        } catch (IOException e) {
            if (!Failures.isFull(e) || !freeMaps()) throw e;
            appenders.append(batch);
        }
    }

    /**
     * Segments that were dropped keep their room while they are mapped, and Java 17 unmaps garbage only: true if there
     * may be room now.
     */
    private boolean freeMaps() {
        synchronized (catalog) {
            if (!catalog.takeRetired()) return false;
        }
        System.gc();
        return true;
    }

    /**
     * What others appended and this handle has read must be on the medium before what rests on it: no row may outlive
     * its head, and no new head a delete that went before.
     */
    private void syncOthers() throws IOException {
        Unsynced others;
        synchronized (catalog) {
            if (catalog.isForgotten()) catalog.refresh(); // what it had read before is still what this rests on
            others = unsynced(segment -> segment.header.writer() != writer);
        }
        if (!others.upTo.isEmpty()) sync(others);
    }

    /** Returns when all that was appended before is on the medium. */
    @Override
    void sync() throws IOException {
        if (control.syncFailed()) {
            throw new IOException("an earlier fsync failed, and what was written before it may be lost with the power: "
                    + "compact() writes it anew, drop() removes it");
        }
        Unsynced all;
        synchronized (catalog) {
            catalog.refresh();
            all = unsynced(segment -> true);
        }
        sync(all);
    }

    /** The segments with bytes in the index that may not be on the medium, and up to where they are read. */
    private record Unsynced(Map<Segment, Long> upTo, long generation) {}

    /** With the catalog's monitor. */
    private Unsynced unsynced(Predicate<Segment> kind) {
        Map<Segment, Long> upTo = new LinkedHashMap<>();
        for (Segment segment : catalog.segments()) {
            if (segment.synced < segment.scanned && kind.test(segment)) upTo.put(segment, segment.scanned);
        }
        return new Unsynced(upTo, catalog.generation());
    }

    private void sync(Unsynced unsynced) throws IOException {
        try {
            for (Segment segment : unsynced.upTo.keySet()) sync(segment, unsynced.generation);
            medium.syncNames();
        } catch (IOException e) {
            control.setSyncFailed(true);
            throw e;
        }
        Map<String, Long> synced = new HashMap<>();
        unsynced.upTo.forEach((segment, upTo) -> {
            segment.synced = Math.max(segment.synced, upTo);
            synced.put(segment.name, upTo);
        });
        appenders.synced(synced);
    }

    private void sync(Segment segment, long generation) throws IOException {
        try {
            medium.sync(segment.name);
        } catch (NoSuchFileException e) {
            // what a newer manifest has taken away was synced with the segment that replaced it
            if (control.generation() == generation) throw e;
        }
    }

    @Override
    boolean leaveReplaced() throws IOException {
        if (!lock.tryLockShared()) return false;
        try {
            return ifOpen(appenders::leaveReplaced);
        } finally {
            lock.unlockShared();
        }
    }

    @Override
    void release() throws IOException {
        try {
            closeSegments();
        } finally {
            closeAll();
        }
    }

    /** Writes footers only under the lock: a drop or compaction elsewhere must not see its segments grow. */
    private void closeSegments() throws IOException {
        if (!lock.tryLockShared()) {
            appenders.closeAll();
            return;
        }
        try {
            appenders.finishAll();
        } finally {
            lock.unlockShared();
        }
    }

    /** Gives back what the handle holds, all of it even if some of that fails. */
    private void closeAll() throws IOException {
        try {
            store.endWriter(writer);
        } finally {
            try {
                medium.close();
            } finally {
                store.release();
            }
        }
    }

    /** Makes somebody the only server of the store, until the claim is given back. */
    Claim claim(String who) {
        requireOpen();
        return store.claim(who);
    }

    /** All marks that are not to be forgotten yet, as far as the store can be read. */
    List<Mark> marks() {
        long forgettable = store.ages().forgettable();
        synchronized (catalog) {
            try {
                catalog.refresh();
            } catch (IOException | CorruptPartdException e) {
                LOG.log(Level.WARNING, "some of what is known of appends may be lost: " + e.getMessage(), e);
            }
            return catalog.index().marks.folded(forgettable);
        }
    }

    /** Forgets marks once they are old; looks seldom. */
    void forgetOldMarks() {
        if (!store.ages().tick()) return;
        long forgettable = store.ages().forgettable();
        reading(() -> look(known -> {
            known.index().marks.forgetUpTo(forgettable);
            return null;
        }));
    }

    Maintenance maintenance() {
        return new Maintenance(this, store, medium, writer, appenders, options);
    }
}
