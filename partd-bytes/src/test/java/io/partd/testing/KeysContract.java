package io.partd.testing;

import io.partd.Partd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 13: what may be a key, and what may not. */
interface KeysContract extends StoreContract {
    int LONGEST = 65_535;
    List<String> STRANGE = List.of(
            "../x",
            "/etc/x",
            "a/b",
            "a",
            "A",
            "a ",
            " a",
            "aa",
            "a\0",
            "\0",
            "\0\0",
            "a.b",
            "a\\b",
            ".",
            "..",
            "/",
            "con",
            "nul",
            "\n",
            "%2e",
            "\u00e9",
            "e\u0301",
            "\u00df",
            "ss",
            "I",
            "\u0131",
            "\u212a",
            "K",
            "\ufeff",
            "\uffff",
            "\uD83D\uDE00",
            "\uDBFF\uDFFF",
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(4096));
    List<String> REFUSED = List.of(
            "",
            "\uD800",
            "a\uDC00",
            "\uDC00\uD800",
            "ok\uD83D",
            "k".repeat(LONGEST + 1),
            "\u20ac".repeat(LONGEST / 3) + "k",
            "\u00e9".repeat(LONGEST / 2 + 1));

    @Test
    default void point13_strangeKeysAreJustKeys() {
        Partd<List<Integer>> store = open();
        for (int i = 0; i < STRANGE.size(); i++) {
            store.append(STRANGE.get(i), List.of(i));
            assertTrue(store.putIfAbsent("head of " + STRANGE.get(i), List.of(-i)));
        }
        store = restart(store);
        for (int i = 0; i < STRANGE.size(); i++) {
            assertEquals(List.of(i), store.get(STRANGE.get(i)), STRANGE.get(i));
            assertEquals(List.of(-i), store.get("head of " + STRANGE.get(i)));
            store.delete("head of " + STRANGE.get(i));
        }
        assertEquals(new TreeSet<>(STRANGE), store.keys());
        Set<String> left = new TreeSet<>(STRANGE);
        for (String key : STRANGE) {
            store.delete(key);
            left.remove(key);
            assertEquals(left, store.keys(), "deleting one leaves the others");
        }
    }

    @Test
    default void point13_keysOfUpTo65535Utf8Bytes() {
        Partd<List<Integer>> store = open();
        String ascii = "k".repeat(LONGEST - 1);
        List<String> keys = List.of(
                ascii + "a",
                ascii + "b",
                ascii,
                "\u20ac".repeat(LONGEST / 3),
                "\uD83D\uDE00".repeat(LONGEST / 4) + "abc");
        for (int i = 0; i < keys.size(); i++) store.append(keys.get(i), List.of(i));
        store = restart(store);
        assertEquals(new TreeSet<>(keys), store.keys());
        assertEquals(List.of(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4)), store.get(keys));
    }

    @Test
    default void point13_otherKeysAreRefused() {
        Partd<List<Integer>> store = open();
        for (String key : REFUSED) {
            List<String> withGood = List.of("good", key);
            List<Executable> calls = List.of(
                    () -> store.append(key, List.of(1)),
                    () -> store.append(Map.of(key, List.of(1))),
                    () -> store.append(Map.of("good", List.of(1)), Map.of(key, List.of(1))),
                    () -> store.putIfAbsent(key, List.of(1)),
                    () -> store.putIfAbsent(Map.of(key, List.of(1))),
                    () -> store.get(key),
                    () -> store.get(withGood),
                    () -> store.delete(key),
                    () -> store.delete(withGood));
            for (Executable call : calls) {
                String message =
                        assertThrows(IllegalArgumentException.class, call).getMessage();
                assertTrue(message != null && message.contains("key"), () -> "says what it is about: " + message);
                if (key.length() > LONGEST / 3) {
                    assertTrue(message.contains(key.substring(0, 10)), () -> "names the key: " + message);
                    assertTrue(message.length() < 1000, "does not repeat all of it");
                }
            }
        }
        assertEquals(Set.of(), store.keys());
        assertEquals(Set.of(), restart(store).keys());
    }

    @Test
    default void point13_aDeleteWithARefusedKeyRemovesNothing() {
        Partd<List<Integer>> store = open();
        store.append("good", List.of(1));
        for (String key : REFUSED)
            assertThrows(IllegalArgumentException.class, () -> store.delete(List.of("good", key)));
        assertThrows(NullPointerException.class, () -> store.delete(Arrays.asList("good", null)));
        assertEquals(List.of(1), store.get("good"));
    }

    @Test
    default void point13_nullIsRefusedAndWritesNothing() {
        Partd<List<Integer>> store = open();
        Map<String, List<Integer>> good = Map.of("good", List.of(1));
        Map<String, List<Integer>> nullKey = new HashMap<>(good);
        nullKey.put(null, List.of(1));
        Map<String, List<Integer>> nullValue = new HashMap<>(good);
        nullValue.put("the-key", null);
        List<String> nullAmong = new ArrayList<>(Arrays.asList("good", null));
        List<Executable> calls = List.of(
                () -> store.append((String) null, List.of(1)),
                () -> store.append("a", null),
                () -> store.append((Map<String, List<Integer>>) null),
                () -> store.append(good, null),
                () -> store.append(null, good),
                () -> store.append(nullKey),
                () -> store.append(nullValue),
                () -> store.append(good, nullKey),
                () -> store.append(good, nullValue),
                () -> store.putIfAbsent((String) null, List.of(1)),
                () -> store.putIfAbsent("a", null),
                () -> store.putIfAbsent((Map<String, List<Integer>>) null),
                () -> store.putIfAbsent(nullKey),
                () -> store.putIfAbsent(nullValue),
                () -> store.get((String) null),
                () -> store.get((Collection<String>) null),
                () -> store.get(nullAmong),
                () -> store.delete((String) null),
                () -> store.delete((Collection<String>) null),
                () -> store.delete(nullAmong));
        for (int i = 0; i < calls.size(); i++) assertThrows(NullPointerException.class, calls.get(i), "call " + i);
        for (Executable call :
                List.<Executable>of(() -> store.append(nullValue), () -> store.append(good, nullValue))) {
            String message = assertThrows(NullPointerException.class, call).getMessage();
            assertTrue(message != null && message.contains("the-key"), () -> "names the key: " + message);
        }
        assertEquals(Set.of(), store.keys());
        assertEquals(Set.of(), restart(store).keys());
    }
}
