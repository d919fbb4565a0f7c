package io.partd.disk;

import io.partd.base.Failures;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Locks on single bytes of one file, held by this process and seen by the others. There is one of these for a file in a
 * JVM, and nobody else opens that file: closing any channel of a file gives up all of the process's locks on it.
 * Nothing here waits, so that no interrupt can close the channel. Safe for several threads.
 */
public final class FileLocks implements Closeable {
    /** The lock that appends share. */
    public static final long MAIN = 0;
    /** Held while a handle is opened. */
    public static final long OPEN = 1;
    /** Held while a compaction runs. */
    public static final long COMPACTION = 2;
    /** Shared by all processes that have the store open. */
    public static final long PRESENCE = 3;
    /** Held by the server of the store. */
    public static final long SERVER = 4;
    /** A writer that is alive holds the byte that is its number behind this one. */
    public static final long WRITERS = 1L << 62;

    private final Path path;
    private final FileChannel channel;
    /** The locks that are held; null for one that is just being taken. */
    private final Map<Long, FileLock> held;

    public FileLocks(Path path) throws IOException {
        this(path, new HashMap<>());
    }

    FileLocks(Path path, Map<Long, FileLock> held) throws IOException {
        this.path = path;
        this.held = held;
        this.channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    public boolean tryShared(long at) {
        return tryLock(at, true);
    }

    public boolean tryExclusive(long at) {
        return tryLock(at, false);
    }

    private synchronized boolean tryLock(long at, boolean shared) {
        if (!channel.isOpen()) throw new IllegalStateException("the store of " + path + " is closed: open another");
        Long key = at;
        if (held.containsKey(key)) return false;
        held.put(key, null); // before: there may be no memory to remember a lock that the system has given
        FileLock lock = null;
        try {
            lock = channel.tryLock(at, 1, shared);
            held.replace(key, lock);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            throw Failures.world(
                    "cannot lock " + path + ": this JVM has byte " + at + " locked, and not for this store:"
                            + " by other code, or since taking the lock was cut short by an error");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + path + ": " + e.getMessage(), e);
        } finally {
            if (lock == null) held.remove(key);
        }
    }

    /** Gives a lock back; closing has given back all of them. */
    public synchronized void release(long at) {
        FileLock lock = held.remove(at);
        try {
            if (lock != null) lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + path + ": " + e.getMessage(), e);
        }
    }

    /** Whether this or another process holds the byte. */
    public synchronized boolean isHeld(long at) {
        if (!tryLock(at, true)) return true;
        release(at);
        return false;
    }

    /** Whether this holds the byte. */
    public synchronized boolean holds(long at) {
        return held.containsKey(at);
    }

    /** Closes this, unless it holds the byte; {@code last} comes before, while no other thread takes a lock. */
    public synchronized boolean closeUnlessHeld(long at, Runnable last) throws IOException {
        if (held.containsKey(at)) return false;
        try {
            last.run();
        } finally {
            close();
        }
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        held.clear();
        channel.close();
    }
}
