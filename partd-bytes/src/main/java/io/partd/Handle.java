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

    /** Waits for the operations in flight, but not for those that wait for the store's lock: they fail then. */
    void close() {
        life.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            release();
        } catch (IOException e) {
            throw Failures.world("closing the store in " + directory, e);
        } finally {
            life.writeLock().unlock();
        }
    }
}
