package io.partd.base;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class KeyCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "../x", "a/b", "\0", "\u00e4\u20ac", "\ud83d\ude00", "x\ud83d\ude00y"})
    void lengthIsThatOfUtf8(String key) {
        assertEquals(key.getBytes(StandardCharsets.UTF_8).length, KeyCheck.utf8Length(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ud83d", "\ude00", "a\ude00\ud83d", "a\ud83db"})
    void refusesOthers(String key) {
        assertThrows(IllegalArgumentException.class, () -> KeyCheck.check(key));
    }

    @Test
    void theLongestKeyHas65535Bytes() {
        assertEquals(65_535, KeyCheck.utf8Length("x".repeat(65_535)));
        assertEquals(65_535, KeyCheck.utf8Length("\u20ac".repeat(21_845)));
        String message = assertThrows(IllegalArgumentException.class, () -> KeyCheck.check("\u20ac".repeat(21_846)))
                .getMessage();
        assertTrue(message.contains("65538") && message.contains("65535") && message.length() < 200, message);
    }

    @Test
    void messageNamesTheKeyAndTheRule() {
        String message = assertThrows(IllegalArgumentException.class, () -> KeyCheck.check("ab\ud83dcd"))
                .getMessage();
        assertEquals("key \"ab\\uD83Dcd\" has a lone surrogate at index 2: use well-formed Unicode", message);
    }

    @Test
    void nullIsNamed() {
        assertEquals(
                "key is null",
                assertThrows(NullPointerException.class, () -> KeyCheck.check(null))
                        .getMessage());
    }
}
