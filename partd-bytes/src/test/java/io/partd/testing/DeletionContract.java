package io.partd.testing;

import io.partd.Partd;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.partd.testing.StoreContract.on;
import static io.partd.testing.StoreContract.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 5: delete and drop, for one thread; {@link AtomicityContract} has the races. */
interface DeletionContract extends StoreContract {
    List<Consumer<Partd<List<Integer>>>> REMOVALS =
            List.of(store -> store.delete("a"), store -> store.delete(List.of("b", "absent")), Partd::drop);

    @Test
    default void point05_deleteRemovesTheKeysNamed() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < 3; i++) store.append(on(List.of("a", "b", "c", "d"), i));
        store.delete("a");
        store.delete(List.of("b", "c", "b"));
        assertEquals(Set.of("d"), store.keys());
        assertEquals(List.of(List.of(), List.of(), List.of(), range(0, 3)), store.get(List.of("a", "b", "c", "d")));
        assertEquals(Set.of("d"), restart(store).keys());
    }

    @Test
    default void point05_keysThatAreNotThereArePassedOver() {
        Partd<List<Integer>> store = open();
        store.delete("absent");
        store.append("a", List.of(1));
        store.delete(List.of("absent", "a", "other"));
        store.delete("a");
        assertEquals(Set.of(), store.keys());
    }

    @Test
    default void point05_aKeyBeginsAnewAfterDelete() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < 5; i++) {
            store.append("a", List.of(i));
            store.append("a", List.of(-i));
            assertEquals(List.of(i, -i), store.get("a"));
            if (i < 4) store.delete("a");
            if (i < 4) assertEquals(List.of(), store.get("a"));
        }
        assertEquals(List.of(4, -4), restart(store).get("a"));
    }

    @Test
    default void point05_deleteRemovesAnEmptyKeyToo() {
        Partd<List<Integer>> store = open();
        store.append("a", List.of());
        store.delete("a");
        assertEquals(Set.of(), restart(store).keys());
    }

    @Test
    default void point05_dropRemovesEverythingAndTheStoreStaysUsable() {
        Partd<List<Integer>> store = open();
        store.drop();
        store.append(on(List.of("a", "b"), 1), on(List.of("a"), 0));
        store.drop();
        store.drop();
        assertEquals(Set.of(), store.keys());
        assertEquals(List.of(List.of(), List.of()), store.get(List.of("a", "b")));
        store.append("a", List.of(2));
        assertEquals(List.of(2), store.get("a"));
        assertEquals(Set.of("a"), store.keys());
    }

    @Test
    default void point05_nothingComesBackAfterReopen() {
        Partd<List<Integer>> store = open();
        store.append(on(List.of("deleted", "again", "kept"), 1));
        store = restart(store);
        store.delete(List.of("deleted", "again"));
        store.append("again", List.of(2));
        store = restart(store);
        assertEquals(new TreeSet<>(Set.of("again", "kept")), store.keys());
        assertEquals(List.of(List.of(), List.of(2), List.of(1)), store.get(List.of("deleted", "again", "kept")));
        store.drop();
        store = restart(store);
        assertEquals(Set.of(), store.keys());
        store.append("kept", List.of(3));
        store.flush();
        store = restart(store);
        assertEquals(Set.of("kept"), store.keys());
        assertEquals(List.of(3), store.get("kept"));
    }

    @Test
    default void point05_anotherHandleSeesDeleteAndDropAtOnce() {
        List<Partd<List<Integer>>> handles = handles();
        Partd<List<Integer>> mine = handles.get(0);
        Partd<List<Integer>> other = handles.get(1);
        for (int i = 0; i < 5; i++) {
            mine.append(on(List.of("a", "b"), i));
            assertEquals(List.of(List.of(i), List.of(i)), other.get(List.of("a", "b")));
            other.delete("a");
            assertEquals(Set.of("b"), mine.keys());
            mine.append("a", List.of(-i));
            assertEquals(List.of(-i), other.get("a"));
            other.drop();
            assertEquals(List.of(List.of(), List.of()), mine.get(List.of("a", "b")));
        }
    }

    @Test
    default void point05_removalsMoveWithEachDeleteAndDrop() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < 3; i++) {
            for (Consumer<Partd<List<Integer>>> removal : REMOVALS) {
                store.append(on(List.of("a", "b"), i));
                store.flush();
                store.append(on(List.of("a", "b"), i));
                long before = store.removals();
                removal.accept(store);
                assertNotEquals(before, store.removals());
            }
        }
    }

    @Test
    default void point05_removalsByAnotherHandleMoveThemToo() {
        List<Partd<List<Integer>>> handles = handles();
        for (int i = 0; i < 3; i++) {
            for (Consumer<Partd<List<Integer>>> removal : REMOVALS) {
                handles.get(0).append(on(List.of("a", "b"), i));
                long before = handles.get(0).removals();
                removal.accept(handles.get(1));
                assertNotEquals(before, handles.get(0).removals());
            }
        }
    }

    @Test
    default void point05_nothingElseMovesRemovals() {
        List<Partd<List<Integer>>> handles = handles();
        handles.get(0).append(on(List.of("a", "b"), 1));
        handles.get(1).delete("a");
        long before = handles.get(0).removals();
        for (Partd<List<Integer>> store : handles) {
            store.append(on(List.of("a", "c"), 2), on(List.of("b", "d"), 3));
            store.append("e", List.of());
            store.putIfAbsent(on(List.of("e", "f"), 4));
            assertEquals(List.of(1), handles.get(0).get("b").subList(0, 1));
            store.keys();
            store.flush();
            store.append("a", List.of(5));
            assertEquals(before, handles.get(0).removals());
        }
    }

    @Test
    default void point05_whereRemovalsDidNotMoveNothingWentAway() {
        List<Partd<List<Integer>>> handles = handles();
        AtomicInteger round = new AtomicInteger();
        Workers workers = new Workers();
        workers.start("writer", () -> {
            for (int i = 0; i < rounds(); i++) {
                handles.get(1).append("a", List.of(i));
                if (i % 2 == 0) handles.get(1).append("a", List.of(-i));
                handles.get(1).delete("a");
                round.incrementAndGet();
            }
            round.set(-1);
        });
        workers.start("reader", () -> {
            Partd<List<Integer>> mine = handles.get(0);
            while (round.get() >= 0 && !workers.failed()) {
                long before = mine.removals();
                int first = round.get();
                List<Integer> earlier = mine.get("a");
                List<Integer> later = mine.get("a");
                int last = round.get();
                if (before != mine.removals()) continue;
                assertTrue(last < first + 2, "a delete that began and returned meanwhile");
                assertEquals(earlier, later.subList(0, Math.min(later.size(), earlier.size())));
            }
        });
        workers.join();
    }
}
