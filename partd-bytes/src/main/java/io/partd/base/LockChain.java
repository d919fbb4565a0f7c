package io.partd.base;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Several locks as one, taken front to back and given back in reverse; reentrant where all of them are, and without
 * conditions.
 */
public final class LockChain implements Lock {
    private final List<Lock> locks;
    private final Runnable whenLocked;

    public LockChain(Lock... locks) {
        this(() -> {}, locks);
    }

    /** The same, and something is done each time that all of them were taken; if that fails, they are given back. */
    public LockChain(Runnable whenLocked, Lock... locks) {
        this.locks = List.of(locks);
        this.whenLocked = whenLocked;
    }

    /**
     * Takes the lock, or fails when the thread is interrupted while it waits; an interrupt does not matter where it
     * need not wait.
     */
    public static void acquire(Lock lock) {
        if (Thread.currentThread().isInterrupted() && lock.tryLock()) return;
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted("waited for another thread's lock: nothing was changed", e);
        }
    }

    static UncheckedIOException interrupted(String what, InterruptedException cause) {
        InterruptedIOException failure = new InterruptedIOException("interrupted while it " + what);
        failure.initCause(cause);
        return new UncheckedIOException(failure);
    }

    @Override
    public void lock() {
        int taken = 0;
        try {
            for (; taken < locks.size(); taken++) locks.get(taken).lock();
        } finally {
            unlockUnlessAll(taken);
        }
        begin();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        int taken = 0;
        try {
            for (; taken < locks.size(); taken++) locks.get(taken).lockInterruptibly();
        } finally {
            unlockUnlessAll(taken);
        }
        begin();
    }

    @Override
    public boolean tryLock() {
        int taken = 0;
        try {
            while (taken < locks.size() && locks.get(taken).tryLock()) taken++;
        } finally {
            unlockUnlessAll(taken);
        }
        return begun(taken);
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(time);
        int taken = 0;
        try {
            while (taken < locks.size() && locks.get(taken).tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS))
                taken++;
        } finally {
            unlockUnlessAll(taken);
        }
        return begun(taken);
    }

    private boolean begun(int taken) {
        if (taken < locks.size()) return false;
        begin();
        return true;
    }

    private void begin() {
        boolean done = false;
        try {
            whenLocked.run();
            done = true;
        } finally {
            if (!done) unlock();
        }
    }

    private void unlockUnlessAll(int taken) {
        if (taken < locks.size()) unlockFrom(taken - 1);
    }

    @Override
    public void unlock() {
        unlockFrom(locks.size() - 1);
    }

    /** Gives all of them back, even if one fails. */
    private void unlockFrom(int last) {
        if (last < 0) return;
        try {
            locks.get(last).unlock();
        } finally {
            unlockFrom(last - 1);
        }
    }

    /**
     * Not offered: a lock that spans processes cannot wait for conditions.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a store's lock has no conditions: use one of java.util.concurrent");
    }
}
