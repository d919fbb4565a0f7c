package io.partd.memory;

import io.partd.Broken;
import io.partd.Bytes;
import io.partd.Partds;
import io.partd.testing.HookedPartd;
import io.partd.testing.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BufferPartdTest {
    private static final int LIMIT = 100;

    private final HookedPartd fast = new HookedPartd(new DictPartd());
    private final HookedPartd slow = new HookedPartd(new DictPartd());
    private final BufferPartd buffer = new BufferPartd(fast, slow, LIMIT);

    private static Bytes text(String text) {
        return Bytes.utf8(text);
    }

    private static Bytes zeros(int size) {
        return Bytes.of(new byte[size]);
    }

    private String read(String key) {
        return buffer.get(key).toUtf8();
    }

    @Test
    void orderSurvivesSpills() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            buffer.append(Map.of("x", text(i + ","), "y", zeros(i % 7)));
            expected.append(i).append(',');
            assertEquals(expected.toString(), read("x"));
        }
        assertTrue(slow.get("x").size() > 0 && fast.get("x").size() > 0);
        assertEquals(expected.toString(), slow.get("x").toUtf8() + fast.get("x").toUtf8());
    }

    @Test
    void theLargestKeysAreMoved() {
        buffer.append(Map.of("small", zeros(10), "large", zeros(60), "medium", zeros(25)));
        buffer.append("small", zeros(10));
        assertEquals(Set.of("large"), slow.keys());
        assertEquals(new TreeSet<>(Set.of("large", "medium", "small")), buffer.keys());
    }

    @Test
    void memoryStaysWithinTheLimit() {
        for (int i = 0; i < 1000; i++) {
            buffer.append("k" + i * 31 % 17, zeros(1 + i * 7 % 90));
            long held = fast.get(fast.keys()).stream().mapToLong(Bytes::size).sum();
            assertEquals(held, buffer.memoryBytes());
            assertTrue(held <= LIMIT, held + " bytes");
        }
        assertTrue(slow.appends.get() < 1000, slow.appends + " moves");
        buffer.flush();
        assertEquals(0, buffer.memoryBytes());
    }

    @Test
    void aLargerAppendGoesToSlowBehindWhatMemoryHeld() {
        buffer.append("k", text("first,"));
        buffer.append("other", text("stays"));
        assertEquals(
                Set.of("n"),
                buffer.append(Map.of("k", zeros(LIMIT + 1)), Map.of("k", text("head"), "n", text("head"))));
        assertEquals(2, fast.appends.get());
        assertEquals(Bytes.concat(List.of(text("first,"), zeros(LIMIT + 1))), slow.get("k"));
        assertEquals("stays", fast.get("other").toUtf8());
        buffer.append("k", text(",last"));
        assertEquals(Bytes.concat(List.of(text("first,"), zeros(LIMIT + 1), text(",last"))), buffer.get("k"));
    }

    @Test
    void limitZeroSendsEverythingThrough() {
        BufferPartd through = new BufferPartd(fast, slow, 0);
        assertEquals(Set.of("k"), through.append(Map.of("k", text("v"), "e", Bytes.EMPTY), Map.of("k", text("h"))));
        assertEquals("hv", slow.get("k").toUtf8());
        assertEquals(Set.of("e", "k"), slow.keys());
        assertEquals(0, fast.appends.get());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 100})
    void whatFastHeldBeforeComesBehindSlow(long limit) {
        fast.append(Map.of("k", text("b-then-"), "e", Bytes.EMPTY));
        slow.append("k", text("a-then-"));
        BufferPartd over = new BufferPartd(fast, slow, limit);
        assertEquals("a-then-b-then-", over.get("k").toUtf8());
        over.append("k", text("c"));
        assertEquals("a-then-b-then-c", over.get("k").toUtf8());
        over.flush();
        assertEquals("a-then-b-then-c", slow.get("k").toUtf8());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readersAndAppendsGoOnWhileSlowTakesItsTime(boolean afterWriting) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        slow.append(Map.of("a", text("0"), "b", text("0")));
        buffer.append(Map.of("a", text("1"), "b", text("1"), "e", Bytes.EMPTY));
        Runnable stop = () -> {
            reached.countDown();
            Threads.await(goOn);
        };
        if (afterWriting) slow.after = stop;
        else slow.before = stop;
        try (Threads threads = new Threads()) {
            Threads.Task flush = threads.start(buffer::flush);
            Threads.await(reached);
            for (String expected : List.of("01", "012", "0123")) {
                assertEquals(List.of(text(expected), text(expected)), buffer.get(List.of("a", "b")));
                assertEquals(Set.of("a", "b", "e"), buffer.keys());
                if (!expected.endsWith("3")) {
                    Bytes next = text(String.valueOf(expected.length()));
                    assertEquals(Set.of(), buffer.append(Map.of("a", next, "b", next), Map.of("a", text("head"))));
                }
            }
            List<Supplier<Bytes>> during = buffer.snapshots(List.of("a"));
            goOn.countDown();
            flush.join();
            assertEquals("0123", during.get(0).get().toUtf8());
        }
        assertEquals("0123", read("a"));
        assertEquals("01", slow.get("a").toUtf8());
        assertEquals(Set.of("a", "b", "e"), slow.keys());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deleteWaitsForTheMoveOfItsKey(boolean drop) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        buffer.append("a", text("1"));
        slow.before = () -> {
            reached.countDown();
            Threads.await(goOn);
        };
        try (Threads threads = new Threads()) {
            threads.start(buffer::flush);
            Threads.await(reached);
            buffer.append("a", text("2"));
            Threads.Task delete = threads.start(drop ? buffer::drop : () -> buffer.delete("a"));
            delete.awaitBlocked();
            assertEquals("12", read("a"));
            goOn.countDown();
        }
        assertTrue(
                buffer.keys().isEmpty() && slow.keys().isEmpty() && fast.keys().isEmpty());
        assertEquals(0, buffer.memoryBytes());
        assertTrue(buffer.putIfAbsent("a", text("again")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatSlowFailedToTakeStaysAndIsMovedOnce(boolean afterWriting) {
        slow.append("k", text("0"));
        buffer.append("k", text("1"));
        buffer.append("m", zeros(90));
        IOException cause = new IOException("no room on purpose");
        Runnable fail = () -> {
            throw new UncheckedIOException(cause);
        };
        if (afterWriting) slow.after = fail;
        else slow.before = fail;
        assertSame(
                cause,
                assertThrows(UncheckedIOException.class, () -> buffer.append("k", zeros(20)))
                        .getCause());
        assertEquals("01", read("k"));
        assertEquals(90, buffer.get("m").size());
        assertEquals(91, buffer.memoryBytes());
        buffer.append("m", text("fits"));
        slow.before = slow.after = () -> {};
        buffer.append("k", text("2"));
        assertEquals("012", read("k"));
        assertEquals(Bytes.concat(List.of(zeros(90), text("fits"))), buffer.get("m"));
        buffer.flush();
        assertEquals("012", slow.get("k").toUtf8());
        assertEquals(Bytes.concat(List.of(zeros(90), text("fits"))), slow.get("m"));
        assertEquals(0, buffer.memoryBytes());
    }

    /** What a process wrote that died before it told anybody may show up late, in front of what came after. */
    @Test
    void whatHasArrivedBehindALateRecordIsNotSentTwice() {
        slow.append("k", text("0"));
        buffer.append(Map.of("k", text("1 and what follows"), "other", text("2")));
        slow.after = BufferPartdTest::fail;
        assertThrows(UncheckedIOException.class, buffer::flush);
        slow.after = () -> {};
        slow.inner.delete("k");
        slow.inner.append("k", text("late,01 and what follows"));
        slow.inner.append("k", text(",later"));
        buffer.flush();
        assertEquals("late,01 and what follows,later", slow.get("k").toUtf8());
        assertEquals("2", slow.get("other").toUtf8());
        assertEquals(0, buffer.memoryBytes());
        buffer.append("k", text(",last"));
        assertEquals("late,01 and what follows,later,last", read("k"));
    }

    /** Some bytes of others are not taken for what has not arrived. */
    @Test
    void whatHasNotArrivedIsSentBehindWhatOthersAppended() {
        for (String value : List.of("1", "1 and what follows")) {
            buffer.append(value, text(value));
            slow.before = BufferPartdTest::fail;
            assertThrows(UncheckedIOException.class, buffer::flush);
            slow.before = () -> {};
            slow.append(value, text("21 and what"));
            buffer.flush();
            assertEquals("21 and what" + value, slow.get(value).toUtf8());
        }
    }

    private static void fail() {
        throw new UncheckedIOException(new IOException("on purpose"));
    }

    @Test
    void aKeyThatFailedToMoveCanBeDeleted() {
        buffer.append(Map.of("a", text("1"), "b", text("2")));
        slow.after = () -> {
            throw new UncheckedIOException(new IOException("on purpose"));
        };
        assertThrows(UncheckedIOException.class, buffer::flush);
        buffer.delete("a");
        assertEquals(Set.of("b"), buffer.keys());
        slow.after = () -> {};
        buffer.flush();
        assertEquals(Set.of("b"), slow.keys());
        assertEquals("2", slow.get("b").toUtf8());
        assertEquals(0, buffer.memoryBytes());
    }

    @Test
    void headsAreDecidedBySlowUnlessMemoryHoldsBytes() {
        slow.append("in-slow", text("s"));
        buffer.append(Map.of("in-fast", text("f"), "empty", Bytes.EMPTY));
        Map<String, Bytes> heads = new HashMap<>();
        for (String key : List.of("in-slow", "in-fast", "empty", "new", "alone")) heads.put(key, text("head-"));
        Map<String, Bytes> values =
                Map.of("in-slow", text("1"), "in-fast", text("1"), "empty", text("1"), "new", text("1"));
        assertEquals(Set.of("empty", "new", "alone"), buffer.append(values, heads));
        assertEquals(
                List.of("s1", "f1", "head-1", "head-1", "head-"),
                buffer.get(List.of("in-slow", "in-fast", "empty", "new", "alone")).stream()
                        .map(Bytes::toUtf8)
                        .toList());
        assertEquals("head-", slow.get("new").toUtf8());
        long asked = slow.appends.get();
        assertEquals(Set.of(), buffer.append(values, Map.of("new", text("head-"), "in-slow", text("head-"))));
        assertEquals(asked, slow.appends.get());
    }

    @Test
    void twoBuffersOverOneStoreWriteOneHead() {
        BufferPartd other = new BufferPartd(new DictPartd(), slow, LIMIT);
        assertEquals(Set.of("k"), buffer.append(Map.of("k", text("1")), Map.of("k", text("h"))));
        assertEquals(Set.of(), other.append(Map.of("k", text("2")), Map.of("k", text("h"))));
        buffer.flush();
        other.flush();
        assertEquals("h12", slow.get("k").toUtf8());
    }

    @Test
    void aFailedAppendLeavesNothing() {
        buffer.append("old", text("start"));
        for (Bytes bad : List.of(Broken.bytes(), Broken.outOfMemory())) {
            Map<String, Bytes> values = Map.of("old", text("more"), "new", text("more"), "bad", bad);
            assertThrows(Throwable.class, () -> buffer.append(values));
            assertThrows(Throwable.class, () -> buffer.append(values, Map.of("new", text("head"))));
        }
        assertThrows(IllegalArgumentException.class, () -> buffer.append(Map.of("a", text("1"), "\ud800", text("1"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> buffer.append(Map.of("\ud800", text("1")), Map.of("a", text("h"))));
        assertThrows(
                IllegalArgumentException.class, () -> buffer.append(Map.of("a", text("1")), Map.of("", text("h"))));
        assertThrows(NullPointerException.class, () -> buffer.append(Map.of("a", text("1")), null));
        assertEquals(Set.of("old"), buffer.keys());
        assertEquals("start", read("old"));
        assertEquals(5, buffer.memoryBytes());
    }

    @Test
    void anAppendThatFailedBehindItsHeadsSaysSo() {
        fast.before = () -> {
            throw new OutOfMemoryError("on purpose");
        };
        var e = assertThrows(
                UncheckedIOException.class, () -> buffer.append(Map.of("k", text("v")), Map.of("k", text("h"))));
        assertTrue(e.getMessage().contains("1 heads were written"), e.getMessage());
        assertEquals(0, buffer.memoryBytes());
        assertEquals("h", read("k"));
    }

    @Test
    void whatWasReadStaysAndCallersArraysAreCopied() {
        byte[] mine = {'a', 'b'};
        buffer.append("k", Bytes.of(mine));
        mine[0] = 'X';
        Bytes read = buffer.get("k");
        assertTrue(read.buffers().get(0).isReadOnly());
        buffer.flush();
        Bytes again = buffer.get("k");
        buffer.append("k", text("c"));
        buffer.delete("k");
        buffer.append("k", text("dddd"));
        buffer.close();
        assertArrayEquals(new byte[] {'a', 'b'}, read.toArray());
        assertEquals(read, again);
    }

    @Test
    void buffersNest() {
        BufferPartd outer = new BufferPartd(new DictPartd(), buffer, 20);
        StringBuilder expected = new StringBuilder("h");
        for (int i = 0; i < 300; i++) {
            outer.append(Map.of("k" + i % 3, text("."), "x", text(i + ",")), Map.of("x", text("h")));
            expected.append(i).append(',');
            assertEquals(expected.toString(), outer.get("x").toUtf8());
        }
        slow.onClose = () -> assertEquals(expected.toString(), slow.get("x").toUtf8());
        outer.close();
        assertTrue(slow.closed);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Partds.buffer(fast, slow, -1))
                .getMessage()
                .contains("limitBytes"));
        assertThrows(IllegalArgumentException.class, () -> Partds.buffer(slow, slow, 1));
        assertThrows(NullPointerException.class, () -> Partds.buffer(null, slow, 1));
    }
}
