package io.partd.marks;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MemoryMarksTest {
    private long now = Long.MAX_VALUE - 5; // a nanoTime may run over
    private final MemoryMarks marks = new MemoryMarks(() -> now);

    private static UUID owner(int number) {
        return new UUID(0, number);
    }

    private void add(int owner, long number, long settled) {
        marks.add(List.of(Mark.of(owner(owner), number, settled, 1, 1)), List.of(), Set.of());
    }

    @Test
    void ownersThatWereNotHeardOfForADayAreForgotten() {
        for (int i = 0; i < 1000; i++) add(i, 1, 0);
        now += TimeUnit.HOURS.toNanos(23);
        add(5, 2, 0);
        assertEquals(1001, marks.folded().size());
        now += TimeUnit.HOURS.toNanos(2);
        add(2000, 1, 0);
        assertEquals(3, marks.folded().size());
        assertEquals(Set.of(1L, 2L), marks.of(owner(5)).made().keySet(), "as long as its owner is heard of");
        assertEquals(OwnerMarks.NONE, marks.of(owner(6)));
    }

    @Test
    void whatIsSettledIsForgottenAtOnce() {
        for (int i = 1; i <= 100_000; i++) add(1, i, i - 1L);
        assertEquals(1, marks.folded().size());
        assertEquals(99_999, marks.of(owner(1)).settled());
        add(1, 50, 49); // comes late
        assertEquals(Set.of(100_000L), marks.of(owner(1)).made().keySet());
    }

    /** What was added between stays, with what it says is settled. */
    @Test
    void whatWasStoredElsewhereIsTakenAway() {
        add(1, 1, 0);
        add(2, 1, 0);
        List<Mark> folded = marks.folded();
        add(2, 3, 1);
        marks.remove(folded);
        assertEquals(OwnerMarks.NONE, marks.of(owner(1)));
        assertEquals(1, marks.of(owner(2)).settled());
        assertEquals(Set.of(3L), marks.of(owner(2)).made().keySet());
    }

    @Test
    void aDoubtEndsWithTheAnswer() {
        marks.doubt(List.of(Mark.of(owner(1), 5, 0, 1, 1), Mark.of(owner(1), 6, 0, 1, 1)));
        assertEquals(Set.of(5L, 6L), marks.of(owner(1)).doubtful());
        add(1, 5, 0);
        assertEquals(Set.of(6L), marks.of(owner(1)).doubtful());
        add(1, 7, 6);
        assertEquals(Set.of(), marks.of(owner(1)).doubtful());
    }

    @Test
    void aGoodbyeSettlesAll() {
        add(1, 5, 0);
        marks.add(List.of(Mark.goodbye(owner(1))), List.of(), Set.of());
        add(1, 6, 0);
        assertEquals(new OwnerMarks(Mark.ALL, java.util.Map.of(), Set.of()), marks.of(owner(1)));
    }

    @Test
    void impossibleMarks() {
        assertThrows(IllegalArgumentException.class, () -> Mark.of(owner(1), 5, 5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Mark.of(owner(1), -1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Mark.of(owner(1), 1, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Mark.of(owner(1), 1, 0, -1, 1));
    }

    @Test
    void oneServerAtATime() {
        Claim claim = marks.claim("the first");
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> marks.claim("the second"));
        assertTrue(e.getMessage().contains("the first"), e.getMessage());
        claim.close();
        claim.close();
        marks.claim("the third").close();
    }
}
