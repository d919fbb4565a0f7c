package io.partd.arrow.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Two locks as one: the first is taken before the second, and given back after it, and something is done each time that
 * both are held; if that fails, they are not. Reentrant if both are.
 */
final class BothLocks implements Lock {
    private final Lock first;
    private final Lock second;
    private final Runnable whenLocked;

    BothLocks(Lock first, Lock second, Runnable whenLocked) {
        this.first = first;
        this.second = second;
        this.whenLocked = whenLocked;
    }

    @Override
    public void lock() {
        first.lock();
        boolean locked = false;
        try {
            second.lock();
            locked = true;
        } finally {
            if (!locked) first.unlock();
        }
        begin();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        first.lockInterruptibly();
        boolean locked = false;
        try {
            second.lockInterruptibly();
            locked = true;
        } finally {
            if (!locked) first.unlock();
        }
        begin();
    }

    @Override
    public boolean tryLock() {
        if (!first.tryLock()) return false;
        boolean locked = false;
        try {
            locked = second.tryLock();
        } finally {
            if (!locked) first.unlock();
        }
        if (locked) begin();
        return locked;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(time);
        if (!first.tryLock(time, unit)) return false;
        boolean locked = false;
        try {
            locked = second.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!locked) first.unlock();
        }
        if (locked) begin();
        return locked;
    }

    private void begin() {
        boolean begun = false;
        try {
            whenLocked.run();
            begun = true;
        } finally {
            if (!begun) unlock();
        }
    }

    @Override
    public void unlock() {
        try {
            second.unlock();
        } finally {
            first.unlock();
        }
    }

    @Override
    public Condition newCondition() {
        return first.newCondition();
    }
}
