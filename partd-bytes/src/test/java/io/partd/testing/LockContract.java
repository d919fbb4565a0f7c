package io.partd.testing;

import io.partd.Partd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.on;
import static io.partd.testing.StoreContract.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code lock()}: while a thread holds it, nobody else appends or changes; reading goes on. */
interface LockContract extends StoreContract {
    Map<String, Consumer<Partd<List<Integer>>>> CHANGES = Map.of(
            "append", store -> store.append("a", List.of(100)),
            "append of many", store -> store.append(on(List.of("a", "c"), 100), on(List.of("c"), 1)),
            "putIfAbsent", store -> store.putIfAbsent("new", List.of(100)),
            "delete", store -> store.delete("a"),
            "drop", Partd::drop);

    @Test
    default void lock_excludesTheChangesOfOtherThreads() throws InterruptedException {
        for (Map.Entry<String, Consumer<Partd<List<Integer>>>> change : CHANGES.entrySet()) {
            List<Partd<List<Integer>>> handles = handles();
            Partd<List<Integer>> mine = handles.get(0);
            mine.append("a", List.of(0));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Workers workers = new Workers();
            mine.lock().lock();
            try {
                workers.start(change.getKey(), () -> {
                    begun.countDown();
                    change.getValue().accept(handles.get(1));
                    done.countDown();
                });
                Workers.await(begun);
                for (int i = 1; i < 20; i++) mine.append("a", List.of(i));
                assertFalse(
                        done.await(20, TimeUnit.MILLISECONDS),
                        () -> change.getKey() + " went on while another held the lock");
                assertEquals(range(0, 20), mine.get("a"), change.getKey());
                assertEquals(Set.of("a"), mine.keys(), change.getKey());
            } finally {
                mine.lock().unlock();
            }
            Workers.await(done);
            workers.join();
        }
    }

    @Test
    default void lock_readingGoesOn() throws InterruptedException {
        List<Partd<List<Integer>>> handles = handles();
        handles.get(0).append("a", List.of(1));
        Workers workers = new Workers();
        CountDownLatch read = new CountDownLatch(1);
        handles.get(0).lock().lock();
        try {
            handles.get(0).append("a", List.of(2));
            workers.start("reader", () -> {
                assertEquals(List.of(1, 2), handles.get(1).get("a"));
                assertEquals(List.of(List.of(1, 2)), handles.get(1).get(List.of("a")));
                assertEquals(Set.of("a"), handles.get(1).keys());
                read.countDown();
            });
            workers.join();
            Workers.await(read);
        } finally {
            handles.get(0).lock().unlock();
        }
    }

    @Test
    default void lock_isReentrantAndItsHolderMayDoEverything() {
        Partd<List<Integer>> store = open();
        Lock lock = store.lock();
        lock.lock();
        store.lock().lock();
        assertTrue(lock.tryLock());
        try {
            store.append("a", List.of(1));
            assertEquals(Set.of("b"), store.append(on(List.of("a", "b"), 2), on(List.of("b"), 0)));
            assertFalse(store.putIfAbsent("a", List.of(3)));
            assertTrue(store.putIfAbsent("c", List.of(3)));
            store.delete("b");
            store.flush();
            assertEquals(List.of(List.of(1, 2), List.of(), List.of(3)), store.get(List.of("a", "b", "c")));
            store.drop();
            store.append("d", List.of(4));
        } finally {
            for (int i = 0; i < 3; i++) lock.unlock();
        }
        Workers workers = new Workers();
        workers.start("other", () -> store.append("d", List.of(5)));
        workers.join();
        assertEquals(List.of(4, 5), store.get("d"));
        assertThrows(IllegalMonitorStateException.class, lock::unlock, "it was given back as often as it was taken");
    }

    @Test
    default void lock_unlockWithoutHoldingIsRefused() {
        Partd<List<Integer>> store = open();
        assertThrows(IllegalMonitorStateException.class, () -> store.lock().unlock());
        Workers workers = new Workers();
        store.lock().lock();
        workers.start(
                "other",
                () -> assertThrows(
                        IllegalMonitorStateException.class, () -> store.lock().unlock()));
        workers.join();
        store.lock().unlock();
        store.append("a", List.of(1));
        assertThrows(UnsupportedOperationException.class, () -> store.lock().newCondition());
    }

    @Test
    default void lock_tryLockSaysWhetherItIsFree() {
        List<Partd<List<Integer>>> handles = handles();
        assertTrue(handles.get(0).lock().tryLock());
        Workers workers = new Workers();
        workers.start("other", () -> {
            assertFalse(handles.get(1).lock().tryLock());
            assertFalse(handles.get(1).lock().tryLock(5, TimeUnit.MILLISECONDS));
            assertThrows(
                    IllegalMonitorStateException.class,
                    () -> handles.get(1).lock().unlock());
        });
        workers.join();
        handles.get(0).lock().unlock();
        Workers later = new Workers();
        later.start("other", () -> {
            assertTrue(handles.get(1).lock().tryLock(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
            handles.get(1).lock().unlock();
        });
        later.join();
    }

    @Test
    default void lock_makesReadThenAppendOneStep() {
        List<Partd<List<Integer>>> handles = handles();
        Workers workers = new Workers();
        int each = rounds() / 4;
        for (int t = 0; t < 4; t++) {
            Partd<List<Integer>> store = handles.get(t % 2);
            workers.start("counter " + t, () -> {
                for (int i = 0; i < each; i++) {
                    store.lock().lock();
                    try {
                        store.append("n", List.of(store.get("n").size()));
                    } finally {
                        store.lock().unlock();
                    }
                }
            });
        }
        workers.join();
        assertEquals(range(0, 4 * each), handles.get(0).get("n"));
    }
}
