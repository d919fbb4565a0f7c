package io.partd.testing;

import io.partd.Partd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * What the parts of the contract share: the stores that they run against, as stores of numbers. The parts are
 * interfaces, so that one class, {@link PartdContract}, is all of them.
 */
interface StoreContract {

    /** A fresh, empty store, closed when the test ends. */
    Partd<List<Integer>> open();

    /** Another handle on the store that {@link #open} gave last, closed when the test ends. */
    Partd<List<Integer>> reopen();

    Persistence persistence();

    /** How often a race is run: fewer where each append is expensive. */
    int rounds();

    /** Two handles on one store where several may be used together, else the same one twice. */
    default List<Partd<List<Integer>>> handles() {
        Partd<List<Integer>> store = open();
        return List.of(store, persistence() == Persistence.SHARED ? reopen() : store);
    }

    /** The store after it was closed and opened again, where that gives the same values, else as it is. */
    default Partd<List<Integer>> restart(Partd<List<Integer>> store) {
        if (!persistence().persists()) return store;
        store.close();
        return reopen();
    }

    static Map<String, List<Integer>> on(List<String> keys, Integer... numbers) {
        Map<String, List<Integer>> values = new LinkedHashMap<>();
        for (String key : keys) values.put(key, List.of(numbers));
        return values;
    }

    static List<Integer> range(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) numbers.add(i);
        return numbers;
    }

    /** Numbers written by several threads: a thread's own are consecutive multiples, so that they can be told apart. */
    static int number(int writer, int sequence) {
        return writer * 1_000_000 + sequence;
    }

    /** Checks that each writer's numbers are there exactly once, in order, from its first on, and counts them. */
    static int[] countPerWriter(List<Integer> numbers, int writers) {
        int[] next = new int[writers];
        for (int number : numbers) {
            int writer = number / 1_000_000;
            assertEquals(
                    next[writer]++,
                    number % 1_000_000,
                    () -> "writer " + writer + ": lost, twice or out of order in " + numbers);
        }
        return next;
    }
}
