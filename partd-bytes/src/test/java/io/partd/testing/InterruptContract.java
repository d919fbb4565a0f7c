package io.partd.testing;

import io.partd.CorruptPartdException;
import io.partd.Partd;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 11: an interrupt may end its own call, whole or not at all, and nobody else's. */
interface InterruptContract extends StoreContract {
    List<String> KEYS = List.of("a", "b");

    @Test
    default void point11_appendOfAnInterruptedThreadIsThereOrThrew() {
        Partd<List<Integer>> store = open();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < rounds(); i++) {
            Thread.currentThread().interrupt();
            boolean appended = attempt(() -> store.append(on(KEYS, 1), on(KEYS, 0)));
            assertTrue(Thread.interrupted(), "the flag stays set");
            if (appended && expected.isEmpty()) expected.add(0);
            if (appended) expected.add(1);
            assertEquals(List.of(expected, expected), store.get(KEYS), "it " + (appended ? "succeeded" : "threw"));
        }
        othersStillWork(store);
    }

    @Test
    default void point11_everyCallOfAnInterruptedThreadLeavesTheStoreUsable() {
        Map<String, Consumer<Partd<List<Integer>>>> calls = new TreeMap<>(LockContract.CHANGES);
        calls.put("get", store -> assertEquals(List.of(1), store.get("a")));
        calls.put("get many", store -> assertEquals(List.of(List.of(1), List.of()), store.get(List.of("a", "x"))));
        calls.put("keys", store -> assertEquals(Set.of("a"), store.keys()));
        calls.put("removals", Partd::removals);
        calls.put("flush", Partd::flush);
        calls.put("lock", store -> {
            store.lock().lock();
            store.lock().unlock();
        });
        calls.forEach((name, call) -> {
            Partd<List<Integer>> store = open();
            store.append("a", List.of(1));
            Thread.currentThread().interrupt();
            attempt(() -> call.accept(store));
            assertTrue(Thread.interrupted(), name + " leaves the flag set");
            othersStillWork(store);
        });
    }

    /** What lies in memory above another store is written, whatever came before. */
    @Test
    default void point11_closeByAnInterruptedThreadLosesNothing() {
        Partd<List<Integer>> store = open();
        store.append(on(KEYS, 1));
        Thread.currentThread().interrupt();
        Partd<List<Integer>> again = restart(store);
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(List.of(List.of(1), List.of(1)), again.get(KEYS));
    }

    @Test
    default void point11_interruptsAtAnyMomentLoseNothingAcknowledged() {
        Partd<List<Integer>> store = open();
        List<Integer> acknowledged = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Workers workers = new Workers();
        Thread victim = workers.start("victim", () -> {
            for (int i = 0; i < 4 * rounds(); i++) {
                int number = i;
                Thread.interrupted(); // so that the next one meets a call that has begun
                if (attempt(() -> store.append(on(KEYS, number)))) acknowledged.add(number);
                if (i % 4 == 0) attempt(() -> store.get(KEYS).forEach(list -> assertTrue(list.size() <= number + 1)));
            }
            done.countDown();
            Thread.interrupted();
        });
        workers.start("bystander", () -> {
            int own = 0;
            while (done.getCount() > 0 && !workers.failed()) {
                store.append("own", List.of(own++));
                assertEquals(
                        StoreContract.range(0, own), store.get("own"), "an interrupt of another thread is not mine");
            }
        });
        workers.start("interrupter", () -> {
            while (done.getCount() > 0) {
                victim.interrupt();
                LockSupport.parkNanos(20_000);
            }
        });
        workers.join();
        assertEquals(List.of(acknowledged, acknowledged), restart(store).get(KEYS));
    }

    @Test
    default void point11_interruptWhileWaitingForTheLock() throws InterruptedException {
        List<Partd<List<Integer>>> handles = handles();
        Partd<List<Integer>> mine = handles.get(0);
        boolean[] appended = {false};
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Workers workers = new Workers();
        mine.lock().lock();
        try {
            Thread waiting = workers.start("waiting", () -> {
                begun.countDown();
                appended[0] = attempt(() -> handles.get(1).append(on(KEYS, 5)));
                assertTrue(Thread.interrupted(), "the flag stays set");
                ended.countDown();
            });
            Workers.await(begun);
            ended.await(5, TimeUnit.MILLISECONDS);
            waiting.interrupt();
            mine.append("a", List.of(1));
            assertEquals(List.of(List.of(1), List.of()), mine.get(KEYS));
        } finally {
            mine.lock().unlock();
        }
        workers.join();
        List<List<Integer>> expected =
                appended[0] ? List.of(List.of(1, 5), List.of(5)) : List.of(List.of(1), List.of());
        assertEquals(expected, mine.get(KEYS));
        othersStillWork(mine);
    }

    @Test
    default void point11_lockInterruptiblyEnds() {
        Partd<List<Integer>> store = open();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> store.lock().lockInterruptibly());
        assertFalse(Thread.interrupted(), "as for every InterruptedException");
        assertThrows(IllegalMonitorStateException.class, () -> store.lock().unlock());
        othersStillWork(store);
    }

    /** Runs a call that may throw for an interrupt, and says whether it returned. */
    private static boolean attempt(Runnable call) {
        try {
            call.run();
            return true;
        } catch (UncheckedIOException e) {
            assertFalse(e instanceof CorruptPartdException, () -> "nothing is broken: " + e);
            assertTrue(Thread.currentThread().isInterrupted(), () -> "it was not for the interrupt: " + e);
            return false;
        }
    }

    private static void othersStillWork(Partd<List<Integer>> store) {
        Workers workers = new Workers();
        workers.start("other", () -> {
            store.append("other", List.of(1, 2));
            assertEquals(List.of(1, 2), store.get("other"));
            assertTrue(store.keys().contains("other"));
            store.delete("other");
            store.flush();
        });
        workers.join();
    }
}
