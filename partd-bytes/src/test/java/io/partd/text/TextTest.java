package io.partd.text;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TextTest {
    @Test
    void numbers() {
        assertEquals("1,234,567", Text.count(1_234_567));
        assertEquals("1 row", Text.count(1, "row"));
        assertEquals("0 rows", Text.count(0, "row"));
        assertEquals("999 B", Text.bytes(999));
        assertEquals("1.0 kB", Text.bytes(1000));
        assertEquals("1.0 MB", Text.bytes(999_999));
        assertEquals("9.2 EB", Text.bytes(Long.MAX_VALUE));
    }

    @Test
    void oneLine() {
        assertEquals("a\\nb\\u001b[0m\\u2028é", Text.oneLine("a\nb\u001b[0m\u2028é"));
        assertEquals("\"a\\\"b\\\\\\u0000\"", Text.json("a\"b\\\0"));
    }

    @Test
    void cells() {
        assertEquals("abc", Text.cut("abc", 3));
        assertEquals("ab…", Text.cut("abcd", 3));
        assertEquals("😀😀…", Text.cut("😀😀😀😀", 3));
    }

    @Test
    void fileNames() {
        assertEquals("ATL", Text.fileName("ATL"));
        assertEquals("%2E.%2Fx", Text.fileName("../x"));
        assertEquals("%5CN", Text.fileName("\\N"));
        assertEquals("a%7Cb%25%C3%A9.5", Text.fileName("a|b%é.5"));
    }
}
