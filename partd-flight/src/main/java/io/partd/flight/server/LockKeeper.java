package io.partd.flight.server;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that takes the store's lock, for one client after the other in the order in which they asked, and does
 * there what the holder asks for. A holder that is not heard of for a while loses the lock.
 */
final class LockKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LockKeeper.class.getName());

    private final Partd<Bytes> store;
    private final long leaseNanos;
    private final ScheduledExecutorService timer;
    private final Queue<Lease> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "partd-lock");
    private Lease current;
    private boolean closed;

    /** What is told of a lease: it may call back. */
    interface Holder {
        /** The lock is held from now on. */
        void granted();

        /** It is not, and will not be. */
        void refused();

        /** It was taken away. */
        void lost();

        /** It was given back. */
        void released();
    }

    /** A client's turn with the lock. */
    final class Lease {
        final String id;
        private final Holder holder;
        private final long deadline;
        private final boolean impatient;
        private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private volatile long heard = System.nanoTime();
        private boolean taking;
        private boolean ended;

        private Lease(String id, Holder holder, long waitNanos) {
            this.id = id;
            this.holder = holder;
            this.impatient = waitNanos == 0;
            this.deadline = waitNanos < 0 ? Long.MAX_VALUE : System.nanoTime() + waitNanos;
        }

        /** Asks for the lock: the holder is told what came of it, maybe before this returns. */
        void ask() {
            if (!enqueue(this)) holder.refused();
        }

        /** Its client is there. */
        void hear() {
            heard = System.nanoTime();
        }

        /** Its client wants it no more, or is gone. */
        void end() {
            synchronized (LockKeeper.this) {
                ended = true;
                waiting.remove(this);
                if (taking) thread.interrupt();
            }
            tasks.add(() -> {});
        }

        private boolean ended() {
            synchronized (LockKeeper.this) {
                return ended;
            }
        }

        private long leftNanos() {
            return leaseNanos - (System.nanoTime() - heard);
        }
    }

    LockKeeper(Partd<Bytes> store, long leaseNanos, ScheduledExecutorService timer) {
        this.store = store;
        this.timer = timer;
        this.leaseNanos = leaseNanos;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A turn that has not been asked for yet.
     *
     * @param waitNanos how long to wait for it: 0 not at all, negative without end
     */
    Lease lease(String id, Holder holder, long waitNanos) {
        return new Lease(id, holder, waitNanos);
    }

    private synchronized boolean enqueue(Lease lease) {
        boolean busy = current != null || !waiting.isEmpty();
        if (closed || lease.ended || busy && lease.impatient) return false;
        waiting.add(lease);
        notifyAll();
        long left = lease.deadline - System.nanoTime();
        boolean limited = lease.deadline != Long.MAX_VALUE && !lease.impatient;
        if (limited) timer.schedule(() -> expire(lease), left, TimeUnit.NANOSECONDS);
        return true;
    }

    /** Its time is over: it is refused if it is still waiting for its turn. */
    private void expire(Lease lease) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(lease);
        }
        if (waited) tell(lease.holder::refused);
    }

    /** What a call throws that is told of its lease is nothing to the others. */
    private static void tell(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "what was done for a call under the lock, or told to it, failed", e);
        }
    }

    /** Whether this is the lease that has the lock. */
    synchronized boolean holds(String id) {
        return current != null && !current.taking && !current.ended && current.id.equals(id);
    }

    /** Whether somebody holds the lock. */
    synchronized boolean isHeld() {
        return current != null && !current.taking;
    }

    /** How many wait for it, the one included whose turn is next. */
    synchronized int waiting() {
        return waiting.size() + (current != null && current.taking ? 1 : 0);
    }

    /** Does this under the lock; false where the lease does not hold it. */
    synchronized boolean submit(String id, Runnable task) {
        return holds(id) && current.tasks.add(task);
    }

    /** Whatever is thrown over one lease, the next one has its turn: all locks depend on this thread. */
    private void run() {
        for (Lease lease = next(); lease != null; lease = next()) {
            try {
                turn(lease);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "the store's lock cannot be taken or given back", e);
                Lease failed = lease;
                tell(failed.holder::refused);
            }
        }
    }

    private void turn(Lease lease) {
        if (take(lease)) hold(lease);
        else tell(lease.holder::refused);
    }

    private synchronized Lease next() {
        current = null;
        try {
            while (waiting.isEmpty() && !closed) wait();
        } catch (InterruptedException e) {
            // Meant for a lease that had just ended.
            return next();
        }
        current = waiting.poll();
        if (current != null) current.taking = true;
        return current;
    }

    private boolean take(Lease lease) {
        boolean taken = false;
        try {
            if (lease.impatient) {
                taken = store.lock().tryLock();
            } else if (lease.deadline == Long.MAX_VALUE) {
                store.lock().lockInterruptibly();
                taken = true;
            } else {
                taken = store.lock().tryLock(Math.max(0, lease.deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            taken = false;
        } finally {
            // Also where the store's lock throws: who ends this lease later is not to interrupt the next one.
            synchronized (this) {
                lease.taking = false;
                // One that came too late for the wait is not for what follows.
                Thread.interrupted();
            }
        }
        return taken;
    }

    private void hold(Lease lease) {
        boolean lost = false;
        try {
            lease.hear();
            if (!lease.ended()) tell(lease.holder::granted);
            while (!lease.ended() && !lost) {
                Runnable task = lease.tasks.poll(Math.max(1, lease.leftNanos()), TimeUnit.NANOSECONDS);
                if (task != null) tell(task);
                lost = lease.leftNanos() <= 0;
            }
        } catch (InterruptedException e) {
            lost = true;
        } finally {
            lease.end();
            // What came between the last look and the end.
            for (Runnable task = lease.tasks.poll(); task != null; task = lease.tasks.poll()) tell(task);
            store.lock().unlock();
        }
        tell(lost ? lease.holder::lost : lease.holder::released);
    }

    /** Refuses who waits, and takes the lock from who holds it. */
    @Override
    public void close() {
        Queue<Lease> refused;
        synchronized (this) {
            closed = true;
            refused = new ArrayDeque<>(waiting);
            waiting.clear();
            notifyAll();
        }
        refused.forEach(lease -> tell(lease.holder::refused));
        Lease held;
        synchronized (this) {
            held = current;
        }
        if (held != null) held.end();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
