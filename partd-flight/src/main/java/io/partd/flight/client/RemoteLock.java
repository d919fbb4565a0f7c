package io.partd.flight.client;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a served store: a thread of this process first takes a lock of its own, and then, with a call that stays
 * open, that of the store.
 */
final class RemoteLock implements Lock, AutoCloseable {
    private static final long WITHOUT_END = -1;

    private final Calls calls;
    private final InFlight inFlight;
    private final ReentrantLock mine = new ReentrantLock();
    private final ScheduledExecutorService timer;
    private volatile ClientLockCall lease;

    RemoteLock(Calls calls, InFlight inFlight) {
        this.calls = calls;
        this.inFlight = inFlight;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "partd-lease");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        this.timer = executor;
    }

    /** The lease under which this thread holds the lock, or null. */
    String lease() {
        return mine.isHeldByCurrentThread() && lease != null ? lease.id() : null;
    }

    @Override
    public void lock() {
        inFlight.requireOpen();
        mine.lock();
        acquire(false, WITHOUT_END);
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        inFlight.requireOpen();
        mine.lockInterruptibly();
        if (acquire(true, WITHOUT_END)) return;
        Thread.interrupted();
        throw new InterruptedException("interrupted while it waited for the lock");
    }

    @Override
    public boolean tryLock() {
        inFlight.requireOpen();
        return mine.tryLock() && acquire(false, 0);
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        inFlight.requireOpen();
        long deadline = System.nanoTime() + unit.toNanos(time);
        if (!mine.tryLock(time, unit)) return false;
        long millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        boolean taken = acquire(true, millis);
        if (!taken && Thread.interrupted()) throw new InterruptedException("interrupted while it waited for the lock");
        return taken;
    }

    /** Takes the store's lock for this thread, which holds this process's; false, and neither, where it does not. */
    private boolean acquire(boolean interruptible, long waitMillis) {
        if (mine.getHoldCount() > 1) return true;
        boolean taken = false;
        try {
            inFlight.requireOpen();
            ClientLockCall call = calls.retry(
                    "taking the lock", deadline -> ask(interruptible, waitMillis, deadline), Outcome.ofRead());
            taken = call.isGranted();
            if (taken) lease = call;
            return taken;
        } finally {
            if (!taken) mine.unlock();
        }
    }

    private ClientLockCall ask(boolean interruptible, long waitMillis, Deadline deadline) throws CallFailure {
        ClientLockCall call = ClientLockCall.start(calls, waitMillis, timer, deadline);
        call.await(interruptible);
        if (call.isRefused() && waitMillis == WITHOUT_END) throw call.failure();
        return call;
    }

    /**
     * Gives the lock back.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it
     * @throws java.io.UncheckedIOException if the lock was lost meanwhile, because this process was away too long
     */
    @Override
    public void unlock() {
        if (!mine.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("this thread does not hold the store's lock");
        }
        boolean last = mine.getHoldCount() == 1;
        ClientLockCall held = lease;
        try {
            if (last) lease = null;
            if (last && held != null) held.release(calls);
        } finally {
            mine.unlock();
        }
    }

    /** Gives the store's lock back, if this thread holds it, as the handle is closed. */
    void abandon() {
        ClientLockCall held = lease;
        if (!mine.isHeldByCurrentThread() || held == null) return;
        lease = null;
        held.release(calls);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** There are none. */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a store's lock has no conditions: use one of java.util.concurrent");
    }
}
