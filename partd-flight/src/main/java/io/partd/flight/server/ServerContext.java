package io.partd.flight.server;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowPartd;
import io.partd.base.Closing;
import io.partd.flight.ServerOptions;
import io.partd.flight.protocol.Failures;
import io.partd.flight.server.access.Access;
import io.partd.flight.server.connection.ServerLog;
import io.partd.flight.server.memory.MemoryPlan;
import io.partd.flight.server.memory.SlowClientWatch;
import io.partd.flight.server.memory.SpillFiles;
import io.partd.flight.server.metrics.ServerMetrics;
import io.partd.flight.server.once.Appends;
import io.partd.marks.Claim;
import io.partd.marks.Marks;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * What a server's calls share. What may wait for the disk or for a lock runs in threads of this: reads and changes
 * apart, since changes wait while somebody holds the store's lock, and reads do not.
 */
final class ServerContext {
    private static final int THREADS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(6);

    final Access access;
    final ServerMetrics metrics = new ServerMetrics();
    final Partd<Bytes> store;
    final ArrowPartd tables;
    final BufferAllocator allocator;
    final Appends appends;
    final LockKeeper keeper;
    final MemoryPlan plan;
    final SlowClientWatch slowClients;
    final SpillFiles spills;
    private final Claim claim;
    private final ScheduledExecutorService timer = timer();
    private final ExecutorService reads = pool("partd-read");
    private final ExecutorService changes = pool("partd-change");

    ServerContext(Partd<Bytes> served, Marks<Bytes> marks, Claim claim, ServerOptions options) {
        this.claim = claim;
        this.access = new Access(options);
        this.store = served;
        this.allocator = new RootAllocator();
        this.tables = ArrowPartd.over(store, allocator);
        this.appends = new Appends(served, marks, System::nanoTime);
        this.keeper = new LockKeeper(served, LEASE_NANOS, timer);
        this.plan = new MemoryPlan(options);
        this.slowClients = new SlowClientWatch(options.patience().toNanos(), timer);
        this.spills = new SpillFiles(
                options.limits().spillDirectory(), options.limits().spillBytes());
        metrics.show(plan, keeper::isHeld, keeper::waiting, appends::clients);
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("partd-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ExecutorService pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Does what may wait for the disk, but not for a lock. */
    void read(Runnable task) {
        try {
            reads.execute(task);
        } catch (RejectedExecutionException e) {
            // The store is closed, or will be: all that is left of the call is to be freed.
            task.run();
        }
    }

    /** Does what changes the store: for the holder of the lock, if the lease is given, or when nobody else holds it. */
    void change(String lease, Runnable task, Consumer<RuntimeException> refused) {
        if (lease == null) {
            try {
                changes.execute(task);
            } catch (RejectedExecutionException e) {
                refused.accept(new IllegalStateException("the server is closed"));
            }
        } else if (!keeper.submit(lease, task)) {
            refused.accept(ServerLockCall.gone());
        }
    }

    /** Notes that a call was refused or failed. */
    void refused(String method, Throwable failure) {
        if (failure instanceof Error || Failures.status(failure).getCode() == Status.Code.INTERNAL) {
            ServerLog.LOG.log(System.Logger.Level.WARNING, method + " failed", failure);
        } else {
            ServerLog.LOG.log(System.Logger.Level.DEBUG, () -> method + " was refused: " + failure.getMessage());
        }
    }

    /** Ends without having served: the store stays as it was given. */
    void abandon() {
        keeper.close();
        timer.shutdownNow();
        access.close();
        allocator.close();
    }

    /** Waits for what runs, and closes the store. */
    void close() {
        keeper.close();
        end(changes);
        end(reads);
        timer.shutdownNow();
        access.close();
        // Nobody else serves the store before it is closed.
        Closing.each(List.<Runnable>of(store::close, claim::close, allocator::close), Runnable::run);
    }

    private static void end(ExecutorService pool) {
        pool.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.HOURS)) break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
