package io.partd.file;

import io.partd.CorruptPartdException;
import io.partd.FileOptions;
import io.partd.base.Failures;
import io.partd.base.Log;
import io.partd.disk.LocalMedium;
import io.partd.log.Compaction;
import io.partd.log.GrowingMedium;
import io.partd.log.RecordContent;
import io.partd.log.RecoveringLoader;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * One handle of a file store: its locks, its part of the log, and its view of it. Locks are taken in this order: the
 * store's lock, the handle's life, the catalog's monitor.
 */
public final class FileHandle extends Handle {
    /** An emptied store gives its room back at once if it is at least this much. */
    private static final long WORTH_DROPPING = 1 << 20;

    private final FileOptions options;
    private final SharedDirectory store;
    private final ControlFile control;
    private final StoreLock lock;
    private final long writer;
    private final AppenderPool appenders;
    private final Syncing syncing;
    private final Maintenance maintenance;

    /** What the control file's removals were before some refresh. */
    private volatile long refreshedAt = -1;

    private FileHandle(Path directory, FileOptions options, SharedDirectory store, GrowingMedium medium) {
        super(directory, medium, store.control(), new RecoveringLoader(medium, store::isAlive));
        this.options = options;
        this.store = store;
        this.control = store.control();
        this.lock = store.lock();
        this.writer = store.newWriter();
        this.appenders = new AppenderPool(medium, control, options, writer);
        this.syncing = new Syncing(medium, control, catalog, appenders);
        this.maintenance = new Maintenance(store, medium, catalog, appenders, writer, options.segmentBytes());
    }

    /** Opens the store in a directory, which is there. */
    public static FileHandle open(Path directory, FileOptions options) throws IOException {
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
        if (lookAgain(known -> known.contents().manifest().closed())) {
            exclusive(() -> {
                maintenance.takeOver();
                return null;
            });
        }
        maintenance.removeLeftovers(lookAgain(known -> known.contents().uncounted()));
        reserve();
    }

    /** Not while a drop or compaction may put its manifest there: that does it then. */
    private void reserve() throws IOException {
        if (!lock.tryLockShared()) return;
        try {
            medium.reserve();
        } finally {
            lock.unlockShared();
        }
    }

    @Override
    public FileHandle writing() {
        return this;
    }

    public Lock lock() {
        return lock;
    }

    @Override
    public <T> T sharing(Supplier<T> work) {
        requireOpen();
        lock.lockShared();
        try {
            return work.get();
        } finally {
            lock.unlockShared();
        }
    }

    /** Does work while nobody changes the store, though others may append to it. */
    private <T> T shared(Work<T> work) {
        return sharing(() -> whileOpen(work));
    }

    /** Does work while nobody else appends to the store or changes it. */
    private <T> T exclusive(Work<T> work) {
        requireOpen();
        lock.lockExclusive();
        boolean done = false;
        try {
            T result = whileOpen(work);
            done = true;
            return result;
        } finally {
            if (!done) lock.changeFailed();
            lock.unlock();
        }
    }

    /** Appends, with those of the heads of these keys whose keys hold no bytes; gives them. */
    public Set<String> append(RecordContent content, Set<String> heads) {
        if (content.isEmpty()) return Set.of();
        boolean done = shared(() -> headless(heads).isEmpty() && write(content.withHeadsOf(Set.of())));
        if (done) return Set.of();
        return exclusive(() -> {
            Set<String> missing = headless(heads);
            write(content.withHeadsOf(missing));
            return missing;
        });
    }

    /** Those of the keys that hold no bytes; under a lock that keeps it so, or more of them. */
    private Set<String> headless(Set<String> keys) throws IOException {
        if (keys.isEmpty()) return Set.of();
        return lookAgain(known -> known.readable().headless(keys));
    }

    /** Writes a record, if there is anything to write; under the store's lock. True when it is there. */
    private boolean write(RecordContent content) throws IOException {
        if (content.isEmpty()) return true;
        if (options.fsync()) syncing.whatIsRead();
        try {
            appenders.append(content);
        } catch (IOException e) {
            if (!Failures.isFull(e) || !freeMaps()) throw e;
            appenders.append(content);
        }
        return true;
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

    /** Removes those of the keys that are there. Where it fails, whoever takes the lock next settles what was begun. */
    public void delete(List<String> keys) {
        exclusive(() -> {
            control.beginRemoval();
            List<String> present = lookAgain(known -> known.readable().present(keys));
            if (!present.isEmpty()) {
                write(RecordContent.delete(present));
                boolean emptied = lookAgain(
                        known -> known.readable().isEmpty() && known.readable().valueBytes() >= WORTH_DROPPING);
                if (emptied) dropAll();
            }
            control.endRemoval();
            return null;
        });
    }

    /** Removes everything, whether it can be read or not. */
    public void drop() {
        exclusive(() -> {
            control.beginRemoval();
            dropAll();
            control.endRemoval();
            return null;
        });
    }

    /** Marks that find no room before may find some now. */
    private void dropAll() throws IOException {
        for (RecordContent marks : maintenance.drop(marks())) write(marks);
    }

    /**
     * The removals that the index has taken in. Looks for more only where some were made: appends cost nothing here.
     */
    @Override
    public long removals() {
        requireOpen();
        long now = control.removals(); // before the refresh: what is removed later is looked for next time
        if (ControlFile.isSettled(now) && now == refreshedAt) return catalog.removals();
        long removals = look(known -> {
            known.readable();
            return known.removals();
        });
        refreshedAt = now;
        return removals;
    }

    @Override
    public void flush() {
        whileOpen(() -> {
            syncing.all();
            return null;
        });
    }

    /**
     * Rewrites the store. Whoever has the store's lock for all of it does not wait for another compaction, which may be
     * waiting for the lock: that one will find that it was too late.
     */
    public void compact(Compaction.Report report) {
        requireOpen();
        if (lock.isHeldByCurrentThread()) {
            rewrite(report);
            return;
        }
        maintenance.lockCompaction();
        try {
            rewrite(report);
        } finally {
            maintenance.unlockCompaction();
        }
    }

    private void rewrite(Compaction.Report report) {
        Compaction compaction = exclusive(maintenance::beginCompaction);
        if (!whileOpen(() -> maintenance.write(compaction, report))) return;
        boolean[] finishing = {false};
        try {
            exclusive(() -> {
                finishing[0] = true;
                maintenance.finish(compaction);
                return null;
            });
        } finally {
            if (!finishing[0]) maintenance.discard(compaction);
        }
    }

    @Override
    boolean leaveReplaced() throws IOException {
        if (!lock.tryLockShared()) return false;
        try {
            if (!beginUse()) return false;
            try {
                appenders.leaveReplaced();
                return true;
            } finally {
                endUse();
            }
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

    /**
     * Writes footers only under the lock: a drop or compaction elsewhere must not see its segments grow. Segments of
     * which nothing counts any more go.
     */
    private void closeSegments() throws IOException {
        if (!lock.tryLockShared()) {
            appenders.closeAll();
            return;
        }
        try {
            appenders.leaveReplaced();
        } finally {
            try {
                appenders.finishAll();
            } finally {
                lock.unlockShared();
            }
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
    public Claim claim(String who) {
        requireOpen();
        return store.claim(who);
    }

    /** All marks that are not to be forgotten yet, as far as the store can be read. */
    private List<Mark> marks() {
        long forgettable = store.ages().forgettable();
        synchronized (catalog) {
            try {
                catalog.refresh();
            } catch (IOException | CorruptPartdException e) {
                Log.get().log(Level.WARNING, "some of what is known of appends may be lost: " + e.getMessage(), e);
            }
            return catalog.contents().marks().folded(forgettable);
        }
    }

    /** Forgets marks once they are old; looks seldom. */
    public void forgetOldMarks() {
        if (!store.ages().tick()) return;
        long forgettable = store.ages().forgettable();
        look(known -> {
            known.contents().marks().forgetUpTo(forgettable);
            return null;
        });
    }
}
