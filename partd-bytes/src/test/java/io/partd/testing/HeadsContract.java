package io.partd.testing;

import io.partd.Partd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 6: heads and putIfAbsent. */
interface HeadsContract extends StoreContract {

    @Test
    default void point06_headComesBeforeTheFirstValueOnly() {
        Partd<List<Integer>> store = open();
        assertEquals(Set.of("a"), store.append(Map.of("a", List.of(1)), Map.of("a", List.of(0))));
        assertEquals(Set.of(), store.append(Map.of("a", List.of(2)), Map.of("a", List.of(9))));
        assertEquals(List.of(0, 1, 2), store.get("a"));
        assertEquals(List.of(0, 1, 2), restart(store).get("a"));
    }

    @Test
    default void point06_headsOfSomeKeysAndValuesOfOthers() {
        Partd<List<Integer>> store = open();
        store.append("old", List.of(1));
        Set<String> written = store.append(on(List.of("old", "new", "bare"), 5), on(List.of("old", "new", "lone"), 0));
        assertEquals(Set.of("new", "lone"), written);
        assertEquals(
                List.of(List.of(1, 5), List.of(0, 5), List.of(5), List.of(0)),
                store.get(List.of("old", "new", "bare", "lone")));
    }

    @Test
    default void point06_headWithoutValueFillsTheKey() {
        Partd<List<Integer>> store = open();
        assertTrue(store.putIfAbsent("a", List.of(7)));
        assertFalse(store.putIfAbsent("a", List.of(8)));
        assertEquals(Set.of("a"), store.keys());
        assertEquals(List.of(7), store.get("a"));
        store = restart(store);
        assertFalse(store.putIfAbsent("a", List.of(8)));
        store.append("a", List.of(1));
        assertEquals(List.of(7, 1), store.get("a"));
    }

    @Test
    default void point06_putIfAbsentOfManyWritesTheAbsentOnes() {
        Partd<List<Integer>> store = open();
        store.append("b", List.of(1));
        assertEquals(Set.of("a", "c"), store.putIfAbsent(on(List.of("a", "b", "c"), 9)));
        assertEquals(List.of(List.of(9), List.of(1), List.of(9)), store.get(List.of("a", "b", "c")));
    }

    @Test
    default void point06_aKeyWithNothingButEmptyValuesTakesAHead() {
        Partd<List<Integer>> store = open();
        store.append("a", List.of());
        store = restart(store);
        assertTrue(store.putIfAbsent("a", List.of(5)), "it holds no bytes yet");
        assertFalse(store.putIfAbsent("a", List.of(6)));
        assertEquals(Set.of("b"), store.append(Map.of("b", List.of()), Map.of("b", List.of(4))));
        assertEquals(List.of(List.of(5), List.of(4)), store.get(List.of("a", "b")));
    }

    @Test
    default void point06_anEmptyHeadMakesTheKeyAndLeavesRoomForAnother() {
        Partd<List<Integer>> store = open();
        assertTrue(store.putIfAbsent("a", List.of()), "it held no bytes");
        assertEquals(Set.of("a"), store.keys());
        assertEquals(List.of(), store.get("a"));
        assertEquals(Set.of("b"), store.append(Map.of("b", List.of(1)), Map.of("b", List.of())));
        assertTrue(store.putIfAbsent("a", List.of(3)));
        assertFalse(store.putIfAbsent("b", List.of(3)));
        assertEquals(List.of(List.of(3), List.of(1)), store.get(List.of("a", "b")));
    }

    @Test
    default void point06_deleteAndDropThenPutIfAbsentSetsAgain() {
        Partd<List<Integer>> store = open();
        assertTrue(store.putIfAbsent("a", List.of(1)));
        store.delete("a");
        assertTrue(store.putIfAbsent("a", List.of(2)));
        assertEquals(List.of(2), store.get("a"));
        store.drop();
        store = restart(store);
        assertEquals(Set.of("a"), store.append(Map.of("a", List.of(4)), Map.of("a", List.of(3))));
        assertEquals(List.of(3, 4), store.get("a"));
    }

    @Test
    default void point06_ofRacingThreadsExactlyOneSets() {
        List<Partd<List<Integer>>> handles = handles();
        int threads = 4;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        AtomicInteger[] winners = new AtomicInteger[rounds()];
        AtomicInteger[] heads = new AtomicInteger[rounds()];
        for (int i = 0; i < rounds(); i++) {
            winners[i] = new AtomicInteger();
            heads[i] = new AtomicInteger();
        }
        Workers workers = new Workers();
        for (int t = 1; t <= threads; t++) {
            int me = t;
            Partd<List<Integer>> store = handles.get(t % 2);
            workers.start("racer " + t, () -> {
                for (int i = 0; i < rounds(); i++) {
                    barrier.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS);
                    if (store.putIfAbsent("put" + i, List.of(me))) winners[i].addAndGet(me);
                    Map<String, List<Integer>> value = Map.of("head" + i, List.of(me));
                    if (!store.append(value, Map.of("head" + i, List.of(0))).isEmpty()) heads[i].addAndGet(me);
                }
            });
        }
        workers.join();
        for (int i = 0; i < rounds(); i++) {
            assertEquals(
                    List.of(winners[i].get()), handles.get(0).get("put" + i), "the one that was told so has set it");
            List<Integer> numbers = handles.get(1).get("head" + i);
            Map<Integer, Integer> counts = new HashMap<>();
            for (int number : numbers) counts.merge(number, 1, Integer::sum);
            assertEquals(Map.of(0, 1, 1, 1, 2, 1, 3, 1, 4, 1), counts, "one head, and every value once");
            assertEquals(
                    List.of(0, heads[i].get()), numbers.subList(0, 2), "the head, and right after it its own value");
        }
    }
}
