package io.partd.text;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SuggestionsTest {
    private static final List<String> THERE =
            List.of("ATL", "origin", "destination", "distance", "delay", "x".repeat(300));

    @Test
    void missingAddedChangedSwappedLettersAndCase() {
        assertEquals(List.of("origin"), Suggestions.matches("orgin", THERE));
        assertEquals(List.of("origin"), Suggestions.matches("origiin", THERE));
        assertEquals(List.of("origin"), Suggestions.matches("0rigin", THERE));
        assertEquals(List.of("origin"), Suggestions.matches("oriign", THERE));
        assertEquals(List.of("ATL"), Suggestions.matches("atl", THERE));
        assertEquals(List.of(), Suggestions.matches("carrier", THERE));
        assertEquals(List.of(), Suggestions.matches("", THERE));
    }

    @Test
    void nearestFirst() {
        assertEquals(List.of("distance"), Suggestions.matches("distence", THERE));
        assertEquals(List.of("aaa1", "aa11"), Suggestions.matches("aaa1", List.of("aa11", "aaa1")));
    }

    @Test
    void hints() {
        assertEquals(": there are none", Suggestions.hint("a", List.of()));
        assertEquals(": there is \"only\"", Suggestions.hint("a", List.of("only")));
        assertEquals(
                ": there are \"1\", \"2\", \"3\", \"4\", \"5\" and 2 more",
                Suggestions.hint("far away", List.of("1", "2", "3", "4", "5", "6", "7")));
        assertEquals(": did you mean \"a\\n1\"?", Suggestions.hint("a\n2", List.of("a\n1")));
    }
}
