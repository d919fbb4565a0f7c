package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.TestStores;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentParts;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import io.partd.testing.HookedPartd;
import io.partd.testing.MapPartd;
import io.partd.testing.Nesting;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a store remembers of who appended, and that nobody else sees it. */
class MarksTest {
    private static final UUID OWNER = new UUID(1, 2);
    private static final UUID OTHER = new UUID(3, 4);

    @TempDir
    Path directory;

    private static Mark mark(long number, long settled) {
        return Mark.of(OWNER, number, settled, 10 * number, (int) number);
    }

    private static void append(Partd<Bytes> store, String key, Mark mark) {
        MarkedStores.of(store).append(Map.of(key, Bytes.utf8("x")), Map.of(), List.of(mark));
    }

    private static OwnerMarks marks(Partd<Bytes> store, UUID owner) {
        return MarkedStores.of(store).marks(owner);
    }

    static Stream<Nesting> storesWithMarks() {
        return Nesting.tested().filter(nesting -> !nesting.name().matches(".*(reference|, read ).*"));
    }

    @ParameterizedTest
    @MethodSource("storesWithMarks")
    void everyStoreRemembersAndShowsNothing(Nesting nesting) {
        try (Partd<Bytes> store = nesting.open(directory)) {
            Map<String, Bytes> heads = new LinkedHashMap<>();
            for (String key : List.of("z", "held", "a")) heads.put(key, Bytes.utf8("head"));
            store.append("held", Bytes.utf8("x"));
            Set<String> written =
                    MarkedStores.of(store).append(Map.of("a", Bytes.utf8("x")), heads, List.of(mark(7, 3)));
            assertEquals(Set.of("a", "z"), written);
            append(store, "a", mark(9, 5));
            MarkedStores.of(store).append(Map.of(), Map.of(), List.of(Mark.goodbye(OTHER)));
            check(store, nesting.name());
            assertEquals(Set.of("a", "held", "z"), store.keys());
            assertEquals(Bytes.utf8("headxx"), store.get("a"));
            store.delete("a");
            check(store, "after delete");
            store.drop();
            check(store, "after drop");
            store.append("k", Bytes.utf8("x"));
            store.flush();
            check(store, "after flush");
        }
        if (nesting.persistence() == Persistence.NONE) return;
        try (Partd<Bytes> store = nesting.open(directory)) {
            check(store, "opened again");
            TestStores.compact(store);
            check(store, "compacted");
            assertEquals(Set.of("k"), store.keys());
        }
    }

    private static void check(Partd<Bytes> store, String when) {
        OwnerMarks known = marks(store, OWNER);
        assertEquals(5, known.settled(), when);
        assertEquals(Set.of(7L, 9L), known.made().keySet(), when);
        Mark first = known.made().get(7L);
        assertTrue(first.isOf(70, 7), when);
        BitSet places = new BitSet();
        places.set(0);
        places.set(2);
        assertEquals(places, first.written(), when);
        assertEquals(new BitSet(), known.made().get(9L).written(), when);
        assertEquals(Set.of(), known.doubtful(), when);
        assertEquals(Mark.ALL, marks(store, OTHER).settled(), when);
        assertEquals(OwnerMarks.NONE, marks(store, new UUID(0, 0)), when);
    }

    /** Three ways to find what a killed writer has left: by its records, by a sidecar, and by another's footer. */
    @Test
    void recordsSidecarsAndFootersSayTheSame() {
        SortedMap<String, byte[]> killed;
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 1; i <= 5; i++) append(store, "k", mark(i, i - 1L));
            killed = StoreFiles.take(directory);
        }
        OwnerMarks closed = marksIn(directory);
        assertEquals(Set.of(5L), closed.made().keySet());
        Path copy = directory.resolve("copy");
        StoreFiles.put(killed, copy);
        assertEquals(closed, marksIn(copy), "by the records");
        assertEquals(
                1,
                StoreFiles.names(StoreFiles.take(copy), SegmentFormat.SIDECAR).size());
        assertEquals(closed, marksIn(copy), "by the sidecar");
    }

    private static OwnerMarks marksIn(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            return marks(store, OWNER);
        }
    }

    /** What is settled takes no room: an index has a mark for each owner, and not for each append. */
    @Test
    void footersGrowWithOwnersAndNotWithAppends() {
        int plain = indexBytes(directory.resolve("plain"), 0);
        int few = indexBytes(directory.resolve("few"), 10);
        int many = indexBytes(directory.resolve("many"), 1000);
        assertEquals(2 * 64, few - plain, 2 * 8);
        assertEquals(few, many);
    }

    /** The size of the index of a segment with 1,000 appends, the first so many with marks of two owners. */
    private static int indexBytes(Path directory, int marked) {
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 0; i < 1000; i++) {
                if (i >= marked) {
                    store.append("k", Bytes.utf8("x"));
                } else {
                    append(store, "k", Mark.of(new UUID(i % 2, 9), i + 1L, i, 1, 1));
                }
            }
        }
        byte[] segment = StoreFiles.take(directory).entrySet().stream()
                .filter(file -> file.getKey().endsWith(SegmentFormat.SEGMENT))
                .findFirst()
                .orElseThrow()
                .getValue();
        return SegmentParts.indexBytes(SegmentParts.wrap(segment)).orElseThrow();
    }

    /** A drop of everything by another handle, which has to find the marks first. */
    @Test
    void whoeverDropsKeepsTheMarksOfAll() {
        try (FilePartd one = Partds.file(directory);
                FilePartd two = Partds.file(directory)) {
            append(one, "k", mark(1, 0));
            append(two, "k", mark(2, 0));
            two.drop();
            append(one, "k", mark(3, 0));
            one.drop();
            assertEquals(Set.of(), one.keys());
            assertEquals(Set.of(1L, 2L, 3L), marks(one, OWNER).made().keySet());
            assertEquals(Set.of(1L, 2L, 3L), marks(two, OWNER).made().keySet());
        }
        assertEquals(Set.of(1L, 2L, 3L), marksIn(directory).made().keySet());
    }

    /** Marks in a segment of a live writer of which a part was replaced. */
    @Test
    void aCompactionKeepsTheMarksOfLiveWriters() {
        try (FilePartd one = Partds.file(directory);
                FilePartd two = Partds.file(directory)) {
            append(one, "k", mark(1, 0));
            append(two, "k", mark(2, 0));
            two.compact();
            append(one, "k", mark(3, 1));
            assertEquals(Set.of(2L, 3L), marks(two, OWNER).made().keySet());
            two.compact();
        }
        assertEquals(Set.of(2L, 3L), marksIn(directory).made().keySet());
    }

    /** What is only in memory dies with the process, and so do its marks: no mark speaks of bytes that are lost. */
    @Test
    void aBufferWritesMarksAfterTheirBytes() {
        try (Partd<Bytes> slow = Partds.file(directory);
                Partd<Bytes> buffer = Partds.buffer(Partds.dict(), slow, 1000)) {
            append(buffer, "k", mark(1, 0));
            assertEquals(Set.of(1L), marks(buffer, OWNER).made().keySet());
            assertEquals(OwnerMarks.NONE, marks(slow, OWNER), "its bytes are in memory yet");
            Bytes large = Bytes.of(new byte[2000]);
            MarkedStores.of(buffer).append(Map.of("large", large), Map.of(), List.of(mark(2, 0)));
            assertEquals(Set.of(2L), marks(slow, OWNER).made().keySet(), "it went straight there");
            buffer.flush();
            assertEquals(Set.of(1L, 2L), marks(slow, OWNER).made().keySet());
            append(buffer, "k", mark(3, 2));
            assertEquals(Set.of(3L), marks(buffer, OWNER).made().keySet());
            assertEquals(2, marks(buffer, OWNER).settled());
        }
        assertEquals(Set.of(3L), marksIn(directory).made().keySet(), "closing flushes");
    }

    /** A buffer cannot say what became of an append whose move to the slow store failed. */
    @Test
    void aBufferThatFailsIsInDoubt() {
        HookedPartd slow = new HookedPartd(Partds.dict());
        try (Partd<Bytes> buffer = Partds.buffer(Partds.dict(), slow, 10)) {
            buffer.append("a", Bytes.of(new byte[10]));
            slow.before = () -> {
                throw new IllegalStateException("no");
            };
            try {
                append(buffer, "b", mark(1, 0));
                throw new AssertionError("the slow store has failed");
            } catch (IllegalStateException e) {
                assertEquals(Set.of(1L), marks(buffer, OWNER).doubtful());
            }
            slow.before = () -> {};
        }
    }

    /** Memory has a mark for each owner that is left, whatever they appended. */
    @Test
    void aStoreWithoutMarksOfItsOwn() {
        Marks<Bytes> marks = MarkedStores.of(new MapPartd());
        marks.append(Map.of("k", Bytes.utf8("x")), Map.of("h", Bytes.utf8("h")), List.of(mark(1, 0)));
        assertEquals(Set.of(1L), marks.marks(OWNER).made().keySet());
        assertTrue(marks.marks(OWNER).made().get(1L).written().get(0));
        HookedPartd failing = new HookedPartd(Partds.dict());
        failing.after = () -> {
            throw new OutOfMemoryError("after the append");
        };
        Marks<Bytes> doubtful = MarkedStores.of(failing);
        try {
            doubtful.append(Map.of("k", Bytes.utf8("x")), Map.of(), List.of(mark(1, 0)));
            throw new AssertionError("it has failed");
        } catch (OutOfMemoryError e) {
            assertEquals(Set.of(1L), doubtful.marks(OWNER).doubtful());
        }
    }

    /**
     * It fails anywhere, also after its record was written: whether the bytes are there and the mark is are the same.
     */
    @Test
    @Timeout(60)
    void anAppendThatFailsTooLateIsKnown() {
        int late = 0;
        for (int place = 1; ; place++) {
            try (FilePartd store = Partds.file(directory.resolve("" + place))) {
                boolean failed = failsAt(place, () -> append(store, "k", mark(1, 0)));
                boolean there = store.get("k").size() == 1;
                assertEquals(there, marks(store, OWNER).made().containsKey(1L), "place " + place);
                if (!failed) break;
                if (there) late++;
            }
        }
        assertTrue(late > 0, "no append failed after its record was written");
    }

    /** Does it, running out of memory before a store to a control word; false where there are not so many. */
    private static boolean failsAt(int place, Runnable append) {
        Runnable before = SharedWords.beforeStore;
        int[] stores = {0};
        SharedWords.beforeStore = () -> {
            if (++stores[0] == place) throw new OutOfMemoryError("before store " + place);
        };
        try {
            append.run();
            return false;
        } catch (OutOfMemoryError e) {
            return true;
        } finally {
            SharedWords.beforeStore = before;
        }
    }
}
