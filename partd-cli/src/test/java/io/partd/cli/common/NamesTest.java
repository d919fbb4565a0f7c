package io.partd.cli.common;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class NamesTest {
    @Test
    void lists() {
        assertEquals(List.of("a"), Names.list("a"));
        assertEquals(List.of("a", "b c", "d\"e"), Names.list("a,b c,d\"e"));
        assertEquals(List.of("a,b", "", "c\"d", "e"), Names.list("\"a,b\",\"\",\"c\"\"d\",e"));
    }

    /** Commas in brackets do not part; brackets that are not closed are letters. */
    @Test
    void expressions() {
        assertEquals(List.of("date_trunc('month', day)", "origin"), Names.list("date_trunc('month', day),origin"));
        assertEquals(List.of("f(g(a, b), c)", "d"), Names.list("f(g(a, b), c),d"));

        assertEquals(List.of("a(b", "c"), Names.list("a(b,c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", ",a", "a,,b", "\"a", "\"a\"b", "\"a\"\""})
    void noLists(String text) {
        assertThrows(IllegalArgumentException.class, () -> Names.list(text));
    }
}
