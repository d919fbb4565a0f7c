package io.partd.file;

import io.partd.base.Failures;
import io.partd.disk.Poll;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The lock of a store, for the threads of this JVM and for other processes: shared by appends, exclusive for changes.
 * Above is a read-write lock for the threads; below it the process holds a {@link ProcessLock} while any of its threads
 * holds this one.
 *
 * <p>A process that waits for the exclusive lock says so in the control file, and appends elsewhere stand back for a
 * moment: otherwise appends that overlap would never let it in.
 */
final class StoreLock implements Lock {
    /** For how long a wish for the exclusive lock holds if it is not renewed, as when its process was killed. */
    private static final long WISH_MILLIS = 20;
    /** For how long an append stands back at most, so that a row of changes cannot keep it out. */
    private static final long STAND_BACK_MILLIS = 20;
    /** What is done while the lock is taken, or given back, goes less deep. */
    private static final int FRAMES = 60;

    private final ReentrantReadWriteLock threads = new ReentrantReadWriteLock();
    private final ReentrantLock shareGate = new ReentrantLock();
    private final ProcessLock process;
    private final ControlFile control;
    private int sharers;

    StoreLock(ProcessLock process, ControlFile control) {
        this.process = process;
        this.control = control;
    }

    /**
     * Takes the shared lock.
     *
     * @throws UncheckedIOException if this thread is interrupted while it waits; the interrupt flag is set then, and
     *     the lock not taken
     */
    void lockShared() {
        requireStack(FRAMES, 0, 0, 0, 0);
        try {
            if (threads.hasQueuedThreads() || !threads.readLock().tryLock())
                threads.readLock().lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        boolean locked = false;
        try {
            if (threads.isWriteLockedByCurrentThread()) {
                process.mendFailed();
                locked = true;
                return;
            }
            boolean first = threads.getReadHoldCount() == 1;
            // before the gate, which those who leave need; nobody gets in while this thread has the lock already
            if (first && control.exclusiveWantedUntil() != 0) standBack();
            if (!shareGate.tryLock()) shareGate.lockInterruptibly();
            try {
                if (sharers == 0) Poll.until(process::tryShared);
                sharers++;
            } finally {
                shareGate.unlock();
            }
            locked = true;
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            if (!locked) threads.readLock().unlock();
        }
    }

    /**
     * Ends with a {@link StackOverflowError} now, if one threatens: in the middle of taking a lock, it would leave that
     * half taken for ever. The numbers are there to make frames large.
     */
    private static long requireStack(int frames, long a, long b, long c, long d) {
        return frames == 0 ? a : requireStack(frames - 1, b, c, d, a + 1) + 1;
    }

    /** Takes the shared lock if that takes no longer than a moment. */
    boolean tryLockShared() {
        requireStack(FRAMES, 0, 0, 0, 0);
        if (!threads.readLock().tryLock()) return false;
        boolean locked = false;
        try {
            locked = threads.isWriteLockedByCurrentThread() || tryShare();
        } finally {
            if (!locked) threads.readLock().unlock();
        }
        return locked;
    }

    private boolean tryShare() {
        if (!shareGate.tryLock()) return false;
        try {
            if (sharers == 0 && !process.tryShared()) return false;
            sharers++;
            return true;
        } finally {
            shareGate.unlock();
        }
    }

    private void standBack() throws InterruptedException {
        long deadline = System.currentTimeMillis() + STAND_BACK_MILLIS;
        Poll.until(() -> {
            long now = System.currentTimeMillis();
            long wanted = control.exclusiveWantedUntil();
            // nobody wishes that far ahead: the clock was set back, or the word is wrong
            return wanted <= now || wanted > now + 2 * WISH_MILLIS || now >= deadline;
        });
    }

    void unlockShared() {
        if (!threads.isWriteLockedByCurrentThread()) {
            shareGate.lock();
            try {
                if (--sharers == 0) process.leaveShared();
            } finally {
                shareGate.unlock();
            }
        }
        threads.readLock().unlock();
    }

    /** Takes the exclusive lock, with the same exception for an interrupt as {@link #lockShared}. */
    void lockExclusive() {
        requireStack(FRAMES, 0, 0, 0, 0);
        try {
            if (!tryLock()) lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        boolean ready = false;
        try {
            process.mendFailed();
            ready = true;
        } finally {
            if (!ready) unlock();
        }
    }

    private static UncheckedIOException interrupted() {
        return Failures.interrupted("interrupted while waiting for the store's lock; nothing was changed");
    }

    @Override
    public void lock() {
        requireStack(FRAMES, 0, 0, 0, 0);
        threads.writeLock().lock();
        if (threads.getWriteHoldCount() > 1) return;
        boolean interrupted = false;
        boolean locked = false;
        try {
            while (!locked) {
                try {
                    takeFileLock();
                    locked = true;
                } catch (InterruptedException e) {
                    interrupted = true; // Lock.lock() goes on waiting
                }
            }
        } finally {
            if (!locked) threads.writeLock().unlock();
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        requireStack(FRAMES, 0, 0, 0, 0);
        threads.writeLock().lockInterruptibly();
        if (threads.getWriteHoldCount() > 1) return;
        boolean locked = false;
        try {
            takeFileLock();
            locked = true;
        } finally {
            if (!locked) threads.writeLock().unlock();
        }
    }

    private void takeFileLock() throws InterruptedException {
        if (process.tryExclusive()) return;
        Poll.until(() -> {
            control.setExclusiveWantedUntil(System.currentTimeMillis() + WISH_MILLIS);
            return process.tryExclusive();
        });
        control.setExclusiveWantedUntil(0);
    }

    @Override
    public boolean tryLock() {
        requireStack(FRAMES, 0, 0, 0, 0);
        if (!threads.writeLock().tryLock()) return false;
        return threads.getWriteHoldCount() > 1 || tryFileLock();
    }

    private boolean tryFileLock() {
        boolean locked = false;
        try {
            locked = process.tryExclusive();
        } finally {
            if (!locked) threads.writeLock().unlock();
        }
        return locked;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        requireStack(FRAMES, 0, 0, 0, 0);
        long deadline = System.nanoTime() + unit.toNanos(time);
        if (!threads.writeLock().tryLock(time, unit)) return false;
        if (threads.getWriteHoldCount() > 1) return true;
        boolean[] locked = {false};
        try {
            Poll.until(() -> {
                locked[0] = process.tryExclusive();
                return locked[0] || System.nanoTime() - deadline >= 0;
            });
        } finally {
            if (!locked[0]) threads.writeLock().unlock();
        }
        return locked[0];
    }

    /** Unlocks; an {@link IllegalMonitorStateException} if this thread does not hold the lock. */
    @Override
    public void unlock() {
        if (threads.isWriteLockedByCurrentThread() && threads.getWriteHoldCount() == 1) process.leaveExclusive();
        threads.writeLock().unlock();
    }

    /** To be called by the exclusive lock's holder where a change has failed that may have left something. */
    void changeFailed() {
        process.changeFailed();
    }

    boolean isHeldByCurrentThread() {
        return threads.isWriteLockedByCurrentThread();
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("the lock of a store has no conditions");
    }
}
