package io.partd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KeysTest {

    @Test
    void keysAreReadable() {
        assertEquals("a|b|1", Keys.of("a", "b", 1));
        assertEquals("ATL", Keys.of("ATL"));
        assertEquals("Smith, John|2024-01-31|2.5", Keys.of("Smith, John", java.time.LocalDate.of(2024, 1, 31), 2.5));
        assertEquals("a\\|b|c\\\\d", Keys.of("a|b", "c\\d"));
        assertEquals("\\e", Keys.of(""));
        assertEquals("\\e|\\e|x", Keys.of("", "", "x"));
        assertEquals("\\\\N|\\\\E|\\\\\\\\N", Keys.of("\\N", "\\E", "\\\\N"));
    }

    @Test
    void partsComeBackAsText() {
        assertEquals(List.of("a", "b", "1"), Keys.parts(Keys.of("a", "b", 1)));
        assertEquals(List.of("\\N", "\\E", "\\\\N", "\\e", ""), Keys.parts(Keys.of("\\N", "\\E", "\\\\N", "\\e", "")));
        assertEquals(List.of("a plain key"), Keys.parts("a plain key"));
    }

    @Test
    void anyPartsComeBackAndNoTwoListsShareAKey() {
        long seed = System.nanoTime();
        System.out.println("KeysTest from seed " + seed);
        Random random = new Random(seed);
        Map<String, List<String>> byKey = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            List<String> parts = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) parts.add(part(random));
            String key = Keys.of(parts.toArray());
            assertEquals(parts, Keys.parts(key), () -> "seed " + seed);
            assertEquals(parts, byKey.computeIfAbsent(key, k -> parts), () -> "seed " + seed + ", key " + key);
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(key), () -> "seed " + seed);
        }
    }

    /** Whatever is accepted as a key is the one key of its parts. */
    @Test
    void anyKeyIsTheKeyOfItsPartsOrRefused() {
        long seed = System.nanoTime();
        System.out.println("KeysTest from seed " + seed);
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            String key = part(random);
            try {
                assertEquals(key, Keys.of(Keys.parts(key).toArray()), () -> "seed " + seed);
                accepted++;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("is not a key made by Keys.of"), e.getMessage());
            }
        }
        assertTrue(accepted > 1_000);
    }

    private static String part(Random random) {
        String alphabet = "||\\\\eNE/ a.é漢";
        StringBuilder part = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            if (random.nextInt(12) == 0) part.appendCodePoint(0x1F600 + random.nextInt(16));
            else part.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return part.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|", "a|", "|a", "a||b", "a\\", "a\\x", "\\ea", "a\\e", "a|\\", "\\N", "\ud800"})
    void keysThatOfDoesNotMakeAreRefused(String key) {
        assertThrows(IllegalArgumentException.class, () -> Keys.parts(key));
    }

    @Test
    void theRuleOfKeysIsThatOfStores() {
        Keys.check("../x");
        Keys.check("x".repeat(Keys.MAX_UTF8_BYTES));
        for (String key : List.of("", "a\ud83d", "x".repeat(Keys.MAX_UTF8_BYTES + 1))) {
            String said = assertThrows(IllegalArgumentException.class, () -> Keys.check(key))
                    .getMessage();
            try (Partd<Bytes> store = Partds.dict()) {
                Exception refused = assertThrows(IllegalArgumentException.class, () -> store.append(key, Bytes.EMPTY));
                assertEquals(refused.getMessage(), said);
            }
        }
        assertThrows(NullPointerException.class, () -> Keys.check(null));
    }

    @Test
    void partsAreRequired() {
        assertThrows(IllegalArgumentException.class, Keys::of);
        Exception e = assertThrows(NullPointerException.class, () -> Keys.of("a", null));
        assertEquals("part 1 of a key", e.getMessage());
        assertThrows(NullPointerException.class, () -> Keys.of((Object[]) null));
        assertThrows(NullPointerException.class, () -> Keys.parts(null));
        assertThrows(IllegalArgumentException.class, () -> Keys.of("a\ud83d", "\ude00b"));
    }
}
