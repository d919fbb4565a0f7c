package io.partd.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of {@link ReferencePartd}: reentrant within a thread, exclusive within the JVM, and by a file between
 * processes.
 */
final class ReferenceLock implements Lock {
    private static final Map<Path, ReferenceLock> ALL = new HashMap<>();

    private final ReentrantLock threads = new ReentrantLock();
    private final Path path;
    private final RandomAccessFile file;
    private FileLock held;
    private int users;

    private ReferenceLock(Path path) {
        this.path = path;
        try {
            this.file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException("no lock file " + path, e);
        }
    }

    /** One per file and JVM: a second channel of the file would lose the locks of the first when it closes. */
    static ReferenceLock of(Path path) {
        synchronized (ALL) {
            ReferenceLock lock = ALL.computeIfAbsent(path.toAbsolutePath(), ReferenceLock::new);
            lock.users++;
            return lock;
        }
    }

    /** Called with the lock held, by each handle once. */
    void release() {
        synchronized (ALL) {
            if (--users == 0) ALL.remove(path.toAbsolutePath());
        }
    }

    private boolean tryFile() {
        if (threads.getHoldCount() > 1) return true;
        try {
            held = file.getChannel().tryLock();
            return held != null;
        } catch (ClosedChannelException e) {
            throw new IllegalStateException("the store is closed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("lock file " + path + " cannot be locked", e);
        }
    }

    @Override
    public void lock() {
        threads.lock();
        try {
            while (!tryFile()) LockSupport.parkNanos(20_000);
        } catch (UncheckedIOException | IllegalStateException e) {
            threads.unlock();
            throw e;
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        lock();
    }

    @Override
    public boolean tryLock() {
        if (!threads.tryLock()) return false;
        if (tryFile()) return true;
        threads.unlock();
        return false;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(time);
        while (!tryLock()) {
            if (Thread.interrupted()) throw new InterruptedException();
            if (System.nanoTime() - deadline > 0) return false;
            LockSupport.parkNanos(20_000);
        }
        return true;
    }

    @Override
    public void unlock() {
        if (threads.getHoldCount() == 1) {
            try {
                // the last handle closes it here, where nobody holds it
                held.release();
                if (users == 0) file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("lock file " + path + " cannot be unlocked", e);
            }
        }
        threads.unlock();
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("the store's lock has no conditions");
    }
}
