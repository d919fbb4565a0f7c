package io.partd.testing;

import io.partd.Partd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.number;
import static io.partd.testing.StoreContract.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 3: an append of several keys, heads included, is there whole or not at all. */
interface AtomicityContract extends StoreContract {
    List<String> KEYS = List.of("c", "a", "b");

    @Test
    default void point03_readersSeeAllKeysOfAnAppendOrNone() {
        List<Partd<List<Integer>>> handles = handles();
        AtomicInteger writing = new AtomicInteger(2);
        Workers workers = new Workers();
        for (int w = 0; w < 2; w++) {
            int writer = w;
            workers.start("writer " + w, () -> {
                for (int i = 0; i < rounds(); i++) handles.get(writer).append(on(KEYS, number(writer, i)));
                writing.decrementAndGet();
            });
            workers.start("reader " + w, () -> {
                while (writing.get() > 0 && !workers.failed())
                    assertWhole(handles.get(writer).get(KEYS));
            });
        }
        workers.join();
        for (Partd<List<Integer>> store : handles) {
            assertWhole(store.get(KEYS));
            assertEquals(2 * rounds(), store.get("a").size());
        }
    }

    @Test
    default void point03_readersSeeHeadsAndValuesTogether() {
        List<Partd<List<Integer>>> handles = handles();
        AtomicInteger round = new AtomicInteger();
        Workers workers = new Workers();
        workers.start("writer", () -> {
            for (int i = 0; i < rounds(); i++) {
                round.set(i);
                List<String> keys = List.of("x" + i, "y" + i);
                handles.get(0).append(on(keys, 1), on(keys, 0));
            }
            round.set(-1);
        });
        workers.start("reader", () -> {
            for (int i = 0; i >= 0 && !workers.failed(); i = round.get()) {
                List<List<Integer>> both = handles.get(1).get(List.of("x" + i, "y" + i));
                assertTrue(
                        both.equals(List.of(List.of(), List.of()))
                                || both.equals(List.of(List.of(0, 1), List.of(0, 1))),
                        () -> "neither nothing nor both heads and both values: " + both);
            }
        });
        workers.join();
    }

    @Test
    default void point03_aRefusedAppendLeavesNothing() {
        Partd<List<Integer>> store = open();
        store.append("old", List.of(1));
        Map<String, List<Integer>> good = on(List.of("old", "new"), 2);
        for (String bad : List.of("", "\uD800", "k".repeat(65_536))) {
            Map<String, List<Integer>> values = new HashMap<>(good);
            values.put(bad, List.of(3));
            assertThrows(IllegalArgumentException.class, () -> store.append(values));
            assertThrows(IllegalArgumentException.class, () -> store.append(good, values));
            assertThrows(IllegalArgumentException.class, () -> store.append(Map.of(), values));
            assertThrows(IllegalArgumentException.class, () -> store.putIfAbsent(values));
        }
        Map<String, List<Integer>> values = new HashMap<>(good);
        values.put("null", null);
        assertThrows(NullPointerException.class, () -> store.append(values));
        assertThrows(NullPointerException.class, () -> store.append(good, values));
        assertThrows(NullPointerException.class, () -> store.putIfAbsent(values));
        assertEquals(Set.of("old"), store.keys());
        assertEquals(List.of(1), restart(store).get("old"));
    }

    @Test
    default void point05_anAppendThatMeetsADeleteIsRemovedOrKeptWhole() {
        appendsMeet("delete", store -> store.delete(KEYS));
    }

    @Test
    default void point05_anAppendThatMeetsADropIsRemovedOrKeptWhole() {
        appendsMeet("drop", Partd::drop);
    }

    private void appendsMeet(String name, Consumer<Partd<List<Integer>>> change) {
        List<Partd<List<Integer>>> handles = handles();
        AtomicBoolean done = new AtomicBoolean();
        Workers workers = new Workers();
        workers.start("writer", () -> {
            for (int i = 0; i < rounds(); i++) handles.get(0).append(on(KEYS, i));
            done.set(true);
        });
        workers.start(name, () -> {
            while (!done.get() && !workers.failed()) {
                change.accept(handles.get(1));
                assertWhole(handles.get(1).get(KEYS));
                Thread.yield();
            }
        });
        workers.start("reader", () -> {
            while (!done.get() && !workers.failed()) assertWhole(handles.get(0).get(KEYS));
        });
        workers.join();
        List<List<Integer>> before = handles.get(0).get(KEYS);
        assertWhole(before);
        assertEquals(before, restart(handles.get(0)).get(KEYS), "nothing comes back, nothing gets lost");
    }

    private static void assertWhole(List<List<Integer>> values) {
        Set<Integer> first = new TreeSet<>(values.get(0));
        for (List<Integer> other : values) {
            assertEquals(first, new TreeSet<>(other), "half of an append");
            assertEquals(first.size(), other.size(), "an append twice");
        }
    }
}
