package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How long a server remembers an append, also when it is started again: long enough, and not for ever. */
class TokenLogTest {
    private static final long KEPT = TokenLog.KEPT.toMillis();
    private static final BitSet FIRST_HEAD = BitSet.valueOf(new long[] {1});

    @TempDir
    Path directory;

    /** The last moment of a stretch: what is written now has the shortest life. */
    private long now = 1000 * KEPT - 1;

    private final UUID client = UUID.randomUUID();

    /** An append of "x" to a key, which has no head yet or one already. */
    private static BitSet append(Appends appends, UUID client, long sequence, String key) {
        AppendCommand command = new AppendCommand(client, sequence, 0, 0, 0);
        return appends.apply(
                command, () -> new Entries(Map.of(key, Bytes.utf8("x")), Map.of(key, Bytes.utf8("head,"))));
    }

    private Appends server(Partd<Bytes> store) {
        return new Appends(store, () -> now);
    }

    /** The keys of the records. */
    private static Set<String> records(Partd<Bytes> store) {
        return new TreeSet<>(Reserved.only(store.keys()));
    }

    private Partd<Bytes> open() {
        return Partds.file(directory);
    }

    @Test
    void aRetryWithinTheTimeIsAnsweredAsBefore() {
        try (Partd<Bytes> store = open()) {
            assertEquals(FIRST_HEAD, append(server(store), client, 1, "k"));
        }
        now += KEPT;
        try (Partd<Bytes> store = open()) {
            Appends again = server(store);
            assertEquals(FIRST_HEAD, append(again, client, 1, "k"), "its head was written by it");
            assertEquals(new BitSet(), append(again, client, 2, "k"), "another one");
            assertEquals("head,xx", store.get("k").toUtf8());
        }
    }

    @Test
    void recordsOfTwoStretchesAgoAreGone() {
        try (Partd<Bytes> store = open()) {
            Appends appends = server(store);
            append(appends, client, 1, "k");
            Set<String> first = records(store);
            assertEquals(1, first.size());
            now += 1;
            append(appends, client, 2, "k");
            Set<String> both = records(store);
            assertEquals(2, both.size());
            assertTrue(both.containsAll(first));
            now += KEPT - 1;
            append(appends, client, 3, "k");
            assertEquals(both, records(store), "the first are not yet as old as is promised");
            now += 1;
            append(appends, client, 4, "k");
            Set<String> later = records(store);
            assertEquals(2, later.size());
            assertTrue(later.stream().noneMatch(first::contains), "the first are gone");
            assertEquals("head,xxxx", store.get("k").toUtf8());
        }
    }

    @Test
    void clientsThatVanishedAreForgotten() {
        try (Partd<Bytes> store = open()) {
            Appends appends = server(store);
            for (int i = 0; i < 100; i++) append(appends, UUID.randomUUID(), 1, "k");
            append(appends, client, 1, "k");
            now += KEPT;
            append(appends, client, 2, "k");
            assertEquals(101, appends.clients(), "they may still try again");
            now += KEPT;
            append(appends, client, 3, "k");
            assertEquals(1, appends.clients());
            assertEquals(new BitSet(), append(appends, client, 3, "k"), "this one is known");
            assertEquals("head," + "x".repeat(103), store.get("k").toUtf8());
        }
    }

    /** Who tries again after the stated time is not known any more. */
    @Test
    void aServerThatStartsLaterTakesThemAway() {
        try (Partd<Bytes> store = open()) {
            append(server(store), client, 1, "k");
            Set<String> first = records(store);
            now += 2 * KEPT;
            Appends later = server(store);
            assertEquals(1, records(store).size());
            assertNotEquals(first, records(store));
            append(later, client, 1, "k");
            assertEquals("head,xx", store.get("k").toUtf8());
        }
    }

    /** The stretch stays when the clock is set back: nothing is forgotten for it, and no older key is begun. */
    @Test
    void aClockThatGoesBack() {
        try (Partd<Bytes> store = open()) {
            append(server(store), client, 1, "k");
            Set<String> first = records(store);
            now -= 5 * KEPT;
            Appends back = server(store);
            assertEquals(FIRST_HEAD, append(back, client, 1, "k"));
            append(back, client, 2, "k");
            assertEquals(first, records(store));
            assertEquals("head,xx", store.get("k").toUtf8());
        }
    }
}
