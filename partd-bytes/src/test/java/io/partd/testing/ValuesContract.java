package io.partd.testing;

import io.partd.Partd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.countPerWriter;
import static io.partd.testing.StoreContract.number;
import static io.partd.testing.StoreContract.range;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Points 1 and 2: absent and empty values, and order. */
interface ValuesContract extends StoreContract {

    @Test
    default void point01_absentKeyReadsAsEmpty() {
        Partd<List<Integer>> store = open();
        assertEquals(List.of(), store.get("absent"));
        assertEquals(List.of(List.of(), List.of()), store.get(List.of("absent", "other")));
        assertEquals(Set.of(), store.keys(), "reading makes no key");
        store.append("a", List.of(1));
        assertEquals(List.of(), store.get("absent"));
    }

    @Test
    default void point01_appendedEmptyMakesTheKeyExist() {
        Partd<List<Integer>> store = open();
        store.append("a", List.of());
        assertEquals(Set.of("a"), store.keys());
        assertEquals(List.of(), store.get("a"));
        store = restart(store);
        assertEquals(Set.of("a"), store.keys());
        store.append("a", List.of(1));
        store.append("a", List.of());
        store.append("a", List.of(2));
        assertEquals(List.of(1, 2), store.get("a"));
    }

    @Test
    default void point01_emptyMapsAppendNothing() {
        Partd<List<Integer>> store = open();
        store.append(Map.of());
        assertEquals(Set.of(), store.append(Map.of(), Map.of()));
        assertEquals(Set.of(), store.putIfAbsent(Map.of()));
        assertEquals(List.of(), store.get(List.of()));
        store.delete(List.of());
        assertEquals(Set.of(), store.keys());
    }

    @Test
    default void point02_readsAppendsInOrder() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < 100; i++) {
            store.append(i % 2 == 0 ? "even" : "odd", List.of(i));
            store.append(Map.of("all", List.of(i, -i), "one", List.of(i)));
        }
        Partd<List<Integer>> again = restart(store);
        assertEquals(range(0, 50).stream().map(i -> 2 * i).toList(), again.get("even"));
        assertEquals(range(0, 50).stream().map(i -> 2 * i + 1).toList(), again.get("odd"));
        assertEquals(range(0, 100), again.get("one"));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) all.addAll(List.of(i, -i));
        assertEquals(all, again.get("all"));
    }

    @Test
    default void point02_readsItsOwnAppends() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < 50; i++) {
            store.append("a", List.of(i));
            assertEquals(range(0, i + 1), store.get("a"));
        }
    }

    @Test
    default void point02_anAppendThatReturnedComesBeforeOneThatBeginsLaterInAnotherThread() {
        List<Partd<List<Integer>>> handles = handles();
        SynchronousQueue<Integer> turn = new SynchronousQueue<>();
        Workers workers = new Workers();
        int count = rounds() / 2 * 2;
        workers.start("even", () -> {
            for (int i = 0; i < count; i += 2) {
                handles.get(0).append("a", List.of(i));
                assertTrue(turn.offer(i + 1, Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
                if (i + 2 < count) assertEquals(i + 2, turn.poll(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        });
        workers.start("odd", () -> {
            for (int i = 1; i < count; i += 2) {
                assertEquals(i, turn.poll(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
                assertEquals(
                        range(0, i), handles.get(1).get("a"), "the other's appends are there when it has returned");
                handles.get(1).append("a", List.of(i));
                if (i + 1 < count) assertTrue(turn.offer(i + 1, Workers.PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        });
        workers.join();
        assertEquals(range(0, count), handles.get(0).get("a"));
        assertEquals(range(0, count), handles.get(1).get("a"));
    }

    @Test
    default void point02_getsInTheOrderAskedFor() {
        Partd<List<Integer>> store = open();
        store.append(Map.of("a", List.of(1), "b", List.of(2), "c", List.of(3)));
        assertEquals(
                List.of(List.of(3), List.of(1), List.of(), List.of(3), List.of(2)),
                store.get(List.of("c", "a", "absent", "c", "b")));
        assertEquals(2, store.get(new TreeSet<>(Set.of("a", "b"))).size());
    }

    @Test
    default void point02_keysAreSortedAndACopy() {
        Partd<List<Integer>> store = open();
        List<String> keys = List.of("b", "a", "B", "aa", "é", "\uD83D\uDE00", "\uFFFD", "10", "9");
        for (String key : keys) store.append(key, List.of(1));
        SortedSet<String> found = store.keys();
        assertEquals(List.copyOf(new TreeSet<>(keys)), List.copyOf(found));
        assertDoesNotThrow(found::clear, "the set is the caller's");
        assertTrue(found.add("mine"));
        assertEquals(new TreeSet<>(keys), store.keys());
        SortedSet<String> before = store.keys();
        store.append("later", List.of(1));
        assertEquals(new TreeSet<>(keys), before);
    }

    @Test
    default void point07_manyThreadsAppendAndRead() {
        List<Partd<List<Integer>>> handles = handles();
        Workers workers = new Workers();
        int writers = 4;
        List<String> keys = List.of("a", "b", "c");
        for (int w = 0; w < writers; w++) {
            int writer = w;
            Partd<List<Integer>> store = handles.get(w % 2);
            workers.start("writer " + w, () -> {
                int[] seen = new int[writers];
                for (int i = 0; i < rounds(); i++) {
                    Map<String, List<Integer>> values = new HashMap<>();
                    for (String key : keys) values.put(key, List.of(number(writer, i)));
                    store.append(values);
                    int[] now = countPerWriter(store.get(keys.get(i % 3)), writers);
                    assertEquals(i + 1, now[writer], "what this thread appended is there, and no more");
                    for (int other = 0; other < writers; other++) {
                        assertTrue(now[other] >= seen[other], "what was seen once stays");
                    }
                    seen = now;
                    if (i % 16 == 0) assertEquals(Set.copyOf(keys), store.keys());
                    if (i % 64 == 0) store.flush();
                }
            });
        }
        workers.join();
        for (Partd<List<Integer>> store : handles) {
            for (List<Integer> numbers : store.get(keys)) {
                for (int count : countPerWriter(numbers, writers)) assertEquals(rounds(), count);
            }
        }
    }
}
