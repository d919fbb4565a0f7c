package io.partd.file;

import io.partd.base.Failures;
import io.partd.base.Piece;
import io.partd.log.Figures;
import io.partd.log.GrowingMedium;
import io.partd.log.SegmentLoader;
import io.partd.marks.Mark;
import io.partd.marks.OwnerMarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** One handle of a file store as its readers know it: its view of the store, and whether it is open. */
public abstract class Handle {
    final Path directory;
    final GrowingMedium medium;
    final Catalog catalog;
    private final StoreState state;
    /** Held shared by whoever works on the handle, and exclusively to close it. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private volatile boolean closed;
    /** The generation whose replaced segments the handle has let go of; for the {@link RoomKeeper}. */
    private long tidied;

    /** Work that may fail as the world does, and gives something. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** A look into the catalog, with its monitor. */
    interface Look<T> {
        T at(Catalog catalog) throws IOException;
    }

    Handle(Path directory, GrowingMedium medium, StoreState state, SegmentLoader loader) {
        this.directory = directory;
        this.medium = medium;
        this.state = state;
        this.catalog = new Catalog(medium, state, loader);
        this.tidied = state.announcedGeneration();
    }

    /**
     * This handle, to write to the store.
     *
     * @throws UnsupportedOperationException if it was opened for reading only
     */
    public abstract FileHandle writing();

    /** The removals that the index has taken in. */
    public abstract long removals();

    /**
     * Does work while appends without heads need not wait for the store's lock. Who only reads is kept out by nobody:
     * what he would change is refused where he changes it.
     */
    public <T> T sharing(Supplier<T> work) {
        return work.get();
    }

    /** Returns when all that was appended before is on the medium. */
    public abstract void flush();

    /** Leaves segments of its own that were replaced; false if that is to be tried again. */
    abstract boolean leaveReplaced() throws IOException;

    /** Gives back what the handle holds, all of it even if some of that fails. */
    abstract void release() throws IOException;

    public Path directory() {
        return directory;
    }

    void requireOpen() {
        if (closed) throw new IllegalStateException("the store in " + directory + " is closed: open another");
    }

    /** What each key holds, as of now; the bytes are read when they are touched, if they are kept. */
    public final List<List<Piece>> read(Collection<String> keys) {
        return look(known -> known.readable().read(keys));
    }

    public final SortedSet<String> keys() {
        return look(known -> known.readable().keys());
    }

    public final Figures figures() {
        return look(known -> known.readable().figures());
    }

    /** What is remembered of an owner. */
    public final OwnerMarks marks(UUID owner) {
        return look(known -> known.readable().marks().of(owner));
    }

    /** All that is remembered of appends. */
    public final List<Mark> allMarks() {
        return look(known -> known.readable().marks().folded(-1));
    }

    /** Looks at what is stored, as of now. */
    final <T> T look(Look<T> look) {
        return whileOpen(() -> lookAgain(look));
    }

    /** A compaction may take files away meanwhile: then it looks again. */
    final <T> T lookAgain(Look<T> look) throws IOException {
        while (true) {
            long generation = state.generation();
            try {
                synchronized (catalog) {
                    catalog.refresh();
                    return look.at(catalog);
                }
            } catch (NoSuchFileException e) {
                if (generation == state.generation()) throw e;
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException) || generation == state.generation()) throw e;
            }
        }
    }

    /** Does work that needs the handle open. */
    final <T> T whileOpen(Work<T> work) {
        life.readLock().lock();
        try {
            requireOpen();
            return work.run();
        } catch (IOException e) {
            throw Failures.world("store in " + directory, e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** Closes files that nobody reads, and lets go of segments that were replaced. Called a few times a second. */
    void tidy() throws IOException {
        medium.closeIdle();
        long now = state.announcedGeneration();
        if (now == tidied || !leaveReplaced() || !letGo()) return;
        tidied = now;
    }

    /** Reads nothing: whoever uses the handle next does. False if the handle is just being closed. */
    private boolean letGo() throws IOException {
        if (!beginUse()) return false;
        try {
            synchronized (catalog) {
                catalog.forgetReplaced();
            }
            return true;
        } finally {
            endUse();
        }
    }

    /** Keeps the handle from being closed; false if it is closed, or is just being. */
    final boolean beginUse() {
        if (!life.readLock().tryLock()) return false;
        if (!closed) return true;
        life.readLock().unlock();
        return false;
    }

    final void endUse() {
        life.readLock().unlock();
    }

    /** Waits for the operations in flight, but not for those that wait for the store's lock: they fail then. */
    public void close() {
        life.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            RoomKeeper.remove(this);
            release();
        } catch (IOException e) {
            throw Failures.world("closing the store in " + directory, e);
        } finally {
            life.writeLock().unlock();
        }
    }
}
