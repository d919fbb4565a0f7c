package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.testing.SmallTables;
import io.partd.testing.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two staged layers over one store, and who holds the lock of one, or of the store, uses the other. */
class StageLocksTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int PATIENCE_SECONDS = 30;
    private static final int THREADS = 4;
    private static final int STEPS = 150;

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stage locks");
        thread.setDaemon(true);
        return thread;
    });
    private ArrowPartd first;
    private ArrowPartd second;

    /** How the two share a store. */
    enum Shared {
        DICT,
        FILE,
        BUFFER,
        TWO_HANDLES
    }

    /** What hangs must not hang the other tests, too. */
    @AfterEach
    void close() throws Exception {
        Future<?> closing = threads.submit(() -> {
            first.close();
            second.close();
            allocator.close();
        });
        closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        threads.shutdownNow();
    }

    private void open(Shared shared) {
        Partd<Bytes> below = below(shared);
        first = staged(below);
        second = staged(shared == Shared.TWO_HANDLES ? below(shared) : below);
    }

    private Partd<Bytes> below(Shared shared) {
        return switch (shared) {
            case DICT -> Partds.dict();
            case FILE, TWO_HANDLES -> Partds.file(directory);
            case BUFFER -> Partds.buffer(Partds.dict(), Partds.file(directory), 5_000);
        };
    }

    private ArrowPartd staged(Partd<Bytes> below) {
        return ArrowPartd.over(below, allocator, ArrowOptions.defaults().withStageBytes(5_000));
    }

    private void append(ArrowPartd store, String key) {
        try (VectorSchemaRoot table = SmallTables.typed(0, 1, allocator)) {
            store.append(key, table);
        }
    }

    private static int rows(ArrowPartd store, String key) {
        try (VectorSchemaRoot table = store.get(key)) {
            return table.getRowCount();
        }
    }

    /** The holder of the first's lock does everything with the second while another thread waits in there. */
    @ParameterizedTest
    @EnumSource
    void theHolderOfOnesLockUsesTheOther(Shared shared) throws Exception {
        open(shared);
        append(second, "staged");
        CountDownLatch held = new CountDownLatch(1);
        Thread[] other = new Thread[1];
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch flushing = new CountDownLatch(1);
        Future<?> flush = threads.submit(() -> {
            other[0] = Thread.currentThread();
            started.countDown();
            held.await();
            flushing.countDown();
            second.flush();
            return null;
        });
        Future<Integer> holder = threads.submit(() -> {
            started.await();
            first.lock().lock();
            try {
                held.countDown();
                flushing.await();
                Patience.untilWaiting(other[0]);
                append(second, "new");
                append(second, "staged");
                assertEquals(2, rows(second, "staged"));
                second.flush();
                second.delete("new");
                second.lock().lock();
                second.lock().unlock();
                return rows(second, "staged");
            } finally {
                first.lock().unlock();
            }
        });
        assertEquals(2, holder.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        flush.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(2, rows(first, "staged"));
    }

    /** Threads do all of it at once; each row that was appended is there in the end, once. */
    @ParameterizedTest
    @EnumSource
    void manyThreadsUseBothAndTheirLocks(Shared shared) throws Exception {
        open(shared);
        System.out.println("seed " + SEED);
        AtomicInteger appended = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(SEED * THREADS + i);
            running.add(threads.submit((Callable<Void>) () -> {
                for (int step = 0; step < STEPS; step++) step(random, appended);
                return null;
            }));
        }
        for (Future<?> each : running) each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        first.flush();
        second.flush();
        int rows = 0;
        for (String key : first.keys()) rows += rows(first, key);
        assertEquals(appended.get(), rows);
    }

    private void step(Random random, AtomicInteger appended) {
        ArrowPartd one = random.nextBoolean() ? first : second;
        ArrowPartd other = random.nextBoolean() ? first : second;
        String key = "key " + random.nextInt(20);
        switch (random.nextInt(6)) {
            case 0 -> rows(one, key);
            case 1 -> one.flush();
            case 2 -> {
                one.lock().lock();
                try {
                    append(other, key);
                    append(one, key);
                    rows(other, key);
                } finally {
                    one.lock().unlock();
                }
                appended.addAndGet(2);
            }
            case 3 -> {
                one.store().lock().lock();
                try {
                    append(other, key);
                } finally {
                    one.store().lock().unlock();
                }
                appended.incrementAndGet();
            }
            default -> {
                append(one, key);
                appended.incrementAndGet();
            }
        }
    }
}
