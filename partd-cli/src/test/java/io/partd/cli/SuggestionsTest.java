package io.partd.cli;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class NearTest {
    private static final List<String> THERE =
            List.of("ATL", "origin", "destination", "distance", "delay", "x".repeat(300));

    @Test
    void missingAddedChangedSwappedLettersAndCase() {
        assertEquals(List.of("origin"), Near.matches("orgin", THERE));
        assertEquals(List.of("origin"), Near.matches("origiin", THERE));
        assertEquals(List.of("origin"), Near.matches("0rigin", THERE));
        assertEquals(List.of("origin"), Near.matches("oriign", THERE));
        assertEquals(List.of("ATL"), Near.matches("atl", THERE));
        assertEquals(List.of(), Near.matches("carrier", THERE));
        assertEquals(List.of(), Near.matches("", THERE));
    }

    @Test
    void nearestFirst() {
        assertEquals(List.of("distance"), Near.matches("distence", THERE));
        assertEquals(List.of("aaa1", "aa11"), Near.matches("aaa1", List.of("aa11", "aaa1")));
    }

    @Test
    void hints() {
        assertEquals(": there are none", Near.hint("a", List.of()));
        assertEquals(": there is \"only\"", Near.hint("a", List.of("only")));
        assertEquals(
                ": there are \"1\", \"2\", \"3\", \"4\", \"5\" and 2 more",
                Near.hint("far away", List.of("1", "2", "3", "4", "5", "6", "7")));
        assertEquals(": did you mean \"a\\n1\"?", Near.hint("a\n2", List.of("a\n1")));
    }
}
