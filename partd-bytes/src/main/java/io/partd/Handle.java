package io.partd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** One handle of a file store as its readers know it: its view of the store, and whether it is open. */
abstract class Handle {
    final Path directory;
    final Medium medium;
    final Catalog catalog;
    private final StoreState state;
    /** Held shared by whoever works on the handle, and exclusively to close it. */
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

    private volatile boolean closed;
    /** The generation whose replaced segments the handle has let go of; for the {@link RoomKeeper}. */
    private long tidied;

    /** Work that may fail as the world does. */
    interface Step {
        void run() throws IOException;
    }

    /** Work that gives something. */
    interface Query<T> {
        T run() throws IOException;
    }

    /** A look into the catalog. */
    interface Look<T> {
        T at(Catalog catalog) throws IOException;
    }

    Handle(Path directory, Medium medium, StoreState state, SegmentLoader loader) {
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
    abstract FileHandle writing();

    /** The removals that the index has taken in. */
    abstract long removals() throws IOException;

    /** Returns when all that was appended before is on the medium. */
    abstract void sync() throws IOException;

    /** Leaves segments of its own that were replaced; false if that is to be tried again. */
    abstract boolean leaveReplaced() throws IOException;

    /** Gives back what the handle holds, all of it even if some of that fails. */
    abstract void release() throws IOException;

    Path directory() {
        return directory;
    }

    void requireOpen() {
        if (closed) throw new IllegalStateException("the store in " + directory + " is closed: open another");
    }

    /** Does a step that needs the handle open. */
    void whileOpen(Step step) {
        reading(() -> {
            step.run();
            return null;
        });
    }

    /** Does what needs the handle open, and gives something. */
    <T> T reading(Query<T> query) {
        life.readLock().lock();
        try {
            requireOpen();
            return query.run();
        } catch (IOException e) {
            throw Failures.world("store in " + directory, e);
        } finally {
            life.readLock().unlock();
        }
    }

    /** Looks into a catalog that has all that was appended before, and can be read. */
    <T> T read(Look<T> look) throws IOException {
        return look(readable -> {
            readable.checkReadable();
            return look.at(readable);
        });
    }

    /** Looks into a catalog. A compaction may take files away meanwhile: then it looks again. */
    <T> T look(Look<T> look) throws IOException {
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

    /** Closes files that nobody reads, and lets go of segments that were replaced. Called a few times a second. */
    void tidy() throws IOException {
        medium.closeIdle();
        long now = state.announcedGeneration();
        if (now != tidied && leaveReplaced() && ifOpen(this::letGo)) tidied = now;
    }

    /** Reads nothing: whoever uses the handle next does. */
    private void letGo() throws IOException {
        synchronized (catalog) {
            catalog.forgetReplaced();
        }
    }

    /** Does a step if the handle is open; false if it is just being closed. */
    boolean ifOpen(Step step) throws IOException {
        if (!life.readLock().tryLock()) return false;
        try {
            if (!closed) step.run();
            return true;
        } finally {
            life.readLock().unlock();
        }
    }

    /** Waits for the operations in flight, but not for those that wait for the store's lock: they fail then. */
    void close() {
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
