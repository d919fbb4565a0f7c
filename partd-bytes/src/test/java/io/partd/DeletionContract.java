package io.partd;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static io.partd.StoreContract.on;
import static io.partd.StoreContract.range;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Point 5: delete and drop, for one thread; {@link AtomicityContract} has the races. */
interface DeletionContract extends StoreContract {

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
}
