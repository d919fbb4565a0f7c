package io.partd.memory;

import io.partd.Broken;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.ChildProcess;
import io.partd.testing.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DictPartdTest {
    private final DictPartd store = new DictPartd();

    @Test
    void appendsComeBackInOrder() {
        store.append(Map.of("x", Bytes.utf8("Hello "), "y", Bytes.utf8("123")));
        store.append(Map.of("x", Bytes.utf8("world!"), "y", Bytes.utf8("456")));
        assertEquals("Hello world!", store.get("x").toUtf8());
        assertEquals(
                List.of(Bytes.utf8("123456"), Bytes.EMPTY, Bytes.utf8("Hello world!")),
                store.get(List.of("y", "-", "x")));
        assertEquals(new TreeSet<>(Set.of("x", "y")), store.keys());
    }

    @Test
    void chunksOfAllSizesComeBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 400; i++) {
            byte[] chunk = new byte[random.nextInt(1 << random.nextInt(19))];
            random.nextBytes(chunk);
            expected.writeBytes(chunk);
            store.append(
                    "k",
                    Bytes.concat(List.of(
                            Bytes.of(chunk).slice(0, chunk.length / 3),
                            Bytes.of(chunk).slice(chunk.length / 3, chunk.length))));
            if (i % 50 == 0)
                assertArrayEquals(expected.toByteArray(), store.get("k").toArray(), "seed " + seed);
        }
        assertArrayEquals(expected.toByteArray(), store.get("k").toArray(), "seed " + seed);
    }

    @Test
    void smallChunksShareBlocks() {
        for (int i = 0; i < 10_000; i++) store.append("k", Bytes.of(new byte[100]));
        int blocks = store.get("k").buffers().size();
        assertTrue(blocks < 40, blocks + " blocks");
        assertTrue(store.capacity() < 1_500_100, store.capacity() + " bytes");
    }

    @Test
    void aLargeChunkTakesNoMoreThanItsSize() {
        store.append("k", Bytes.of(new byte[(64 << 20) + 100_000]));
        assertEquals((64 << 20) + 100_000, store.capacity());
        assertEquals(2, store.get("k").buffers().size());
    }

    @Test
    @Tag("slow")
    void valuesMayPassTwoGigabytes() throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(List.of("-Xmx3g", "-Xmn64m"), LargeDict.class, line -> {})) {
            child.joinWell();
        }
    }

    /** In a JVM of its own, which has the heap for it. */
    static final class LargeDict {
        public static void main(String[] args) throws IOException {
            try (Partd<Bytes> store = Partds.dict()) {
                store.append("k", Bytes.concat(Collections.nCopies(2100, Bytes.of(new byte[1 << 20]))));
                store.append("k", Bytes.utf8("end"));
                Bytes value = store.get("k");
                assertEquals((2100L << 20) + 3, value.size());
                assertThrows(IllegalArgumentException.class, value::toArray);
                assertEquals("end", value.slice(2100L << 20, value.size()).toUtf8());
                assertEquals(value.size(), value.newInputStream().transferTo(OutputStream.nullOutputStream()));
            }
        }
    }

    @Test
    void whatWasReadStaysAsItWas() {
        store.append("k", Bytes.utf8("one"));
        Bytes one = store.get("k");
        for (int i = 0; i < 100; i++) store.append("k", Bytes.utf8("-two"));
        Bytes two = store.get("k").slice(0, 7);
        store.delete("k");
        store.append("k", Bytes.utf8("XXXXXXXX"));
        store.drop();
        store.append("k", Bytes.utf8("YYYYYYYY"));
        store.close();
        assertEquals("one", one.toUtf8());
        assertEquals("one-two", two.toUtf8());
    }

    @Test
    void callersArraysAreCopiedAndBuffersReadOnly() {
        byte[] mine = {1, 2, 3};
        ByteBuffer direct = ByteBuffer.allocateDirect(2).put(0, (byte) 4).put(1, (byte) 5);
        store.append("k", Bytes.of(mine));
        store.append("k", Bytes.of(direct));
        mine[0] = 9;
        direct.put(0, (byte) 9);
        store.get("k").toArray()[1] = 9;
        for (ByteBuffer view : store.get("k").buffers()) assertTrue(view.isReadOnly());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, store.get("k").toArray());
    }

    @Test
    void headsComeFirstAndOnce() {
        assertEquals(
                Set.of("a", "b"),
                store.append(Map.of("a", Bytes.utf8("1")), Map.of("a", Bytes.utf8("h"), "b", Bytes.utf8("h"))));
        assertEquals(Set.of(), store.append(Map.of("a", Bytes.utf8("2")), Map.of("a", Bytes.utf8("h"))));
        assertEquals("h12", store.get("a").toUtf8());
        assertEquals("h", store.get("b").toUtf8());
        assertFalse(store.putIfAbsent("b", Bytes.utf8("x")));
        store.delete("b");
        assertTrue(store.putIfAbsent("b", Bytes.utf8("x")));
        assertEquals("x", store.get("b").toUtf8());
    }

    @Test
    void emptyValuesAndHeadsMakeKeysExist() {
        store.append("v", Bytes.EMPTY);
        assertEquals(Set.of("h"), store.putIfAbsent(Map.of("h", Bytes.EMPTY)));
        assertEquals(List.of("h", "v"), List.copyOf(store.keys()));
        assertEquals(Set.of("h", "v"), store.putIfAbsent(Map.of("h", Bytes.utf8("1"), "v", Bytes.utf8("2"))));
        assertEquals("1", store.get("h").toUtf8());
    }

    static Stream<Arguments> badAppends() {
        return Stream.of(
                arguments(named("an empty key", with("", Bytes.EMPTY))),
                arguments(named("no value", with("x", null))),
                arguments(named("no key", with(null, Bytes.EMPTY))),
                arguments(named("a value that cannot be read", with("c", Broken.bytes()))),
                arguments(named("a value for which there is no memory", with("c", Broken.outOfMemory()))));
    }

    @ParameterizedTest
    @MethodSource("badAppends")
    void aFailedAppendLeavesNothing(Map<String, Bytes> bad) {
        store.append("old", Bytes.utf8("start"));
        Map<String, Bytes> values = new LinkedHashMap<>(Map.of("old", Bytes.utf8("more"), "new", Bytes.utf8("more")));
        values.putAll(bad);
        assertThrows(Throwable.class, () -> store.append(values));
        assertThrows(Throwable.class, () -> store.append(Map.of("old", Bytes.utf8("more"), "new", Bytes.EMPTY), bad));
        assertEquals(List.of("old"), List.copyOf(store.keys()));
        assertEquals("start", store.get("old").toUtf8());
        store.append("old", Bytes.utf8("-end"));
        assertEquals("start-end", store.get("old").toUtf8());
    }

    @Test
    void nullsAreNamed() {
        for (Map.Entry<String, Map<String, Bytes>> bad : Map.of(
                        "the value of key \"x\" is null", with("x", null), "key is null", with(null, Bytes.EMPTY))
                .entrySet()) {
            for (Partd<Bytes> each : List.of(store, Partds.buffer(Partds.dict(), Partds.dict(), 10))) {
                var asValue = assertThrows(NullPointerException.class, () -> each.append(bad.getValue()));
                var asHead = assertThrows(NullPointerException.class, () -> each.putIfAbsent(bad.getValue()));
                assertEquals(List.of(bad.getKey(), bad.getKey()), List.of(asValue.getMessage(), asHead.getMessage()));
            }
        }
        assertEquals(
                "key is null",
                assertThrows(NullPointerException.class, () -> store.get((String) null))
                        .getMessage());
        assertEquals(
                "keys is null",
                assertThrows(NullPointerException.class, () -> store.delete((Collection<String>) null))
                        .getMessage());
    }

    private static Map<String, Bytes> with(String key, Bytes value) {
        Map<String, Bytes> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    @Test
    void deleteAndDropRemoveWhatIsThere() {
        store.append(Map.of("a", Bytes.utf8("1"), "b", Bytes.utf8("2"), "c", Bytes.utf8("3")));
        store.delete(List.of("a", "absent", "c"));
        assertEquals(List.of("b"), List.copyOf(store.keys()));
        store.drop();
        assertTrue(store.keys().isEmpty());
        store.append("a", Bytes.utf8("4"));
        assertEquals("4", store.get("a").toUtf8());
    }

    @Test
    void everythingFailsAfterClose() {
        store.close();
        store.close();
        for (Threads.Body use : List.<Threads.Body>of(
                () -> store.append("k", Bytes.EMPTY),
                () -> store.putIfAbsent("k", Bytes.EMPTY),
                () -> store.get("k"),
                () -> store.get(List.of()),
                () -> store.delete("k"),
                store::keys,
                store::drop,
                store::flush,
                store::lock)) {
            String message = assertThrows(IllegalStateException.class, use::run).getMessage();
            assertEquals("the store is closed: open another", message);
        }
    }

    @Test
    void theLockKeepsChangesOutAndLetsReadersIn() throws Exception {
        store.append("k", Bytes.utf8("1"));
        Lock lock = store.lock();
        lock.lock();
        store.lock().lock();
        AtomicBoolean appended = new AtomicBoolean();
        try (Threads threads = new Threads()) {
            Threads.Task append = threads.start(() -> {
                store.append("k", Bytes.utf8("3"));
                appended.set(true);
            });
            threads.start(() -> assertEquals("1", store.get("k").toUtf8())).join();
            append.awaitBlocked();
            threads.start(() -> assertFalse(store.lock().tryLock())).join();
            store.append("k", Bytes.utf8("2"));
            lock.unlock();
            assertFalse(appended.get());
            lock.unlock();
        }
        assertEquals("123", store.get("k").toUtf8());
        assertThrows(UnsupportedOperationException.class, lock::newCondition);
    }

    @Test
    void anInterruptEndsTheWaitWithNothingAppended() throws Exception {
        store.lock().lock();
        try (Threads threads = new Threads()) {
            Threads.Task append = threads.start(() -> {
                var e = assertThrows(UncheckedIOException.class, () -> store.append("k", Bytes.utf8("x")));
                assertTrue(e.getCause() instanceof InterruptedIOException);
                assertTrue(Thread.currentThread().isInterrupted());
            });
            append.awaitBlocked();
            append.thread().interrupt();
            append.join();
        }
        store.lock().unlock();
        Thread.currentThread().interrupt();
        store.append("j", Bytes.utf8("no need to wait"));
        assertTrue(Thread.interrupted());
        assertEquals(List.of("j"), List.copyOf(store.keys()));
    }

    @Test
    void readersSeeAllOfAnAppendOrNothing() throws Exception {
        int rounds = 20_000;
        CountDownLatch started = new CountDownLatch(2);
        try (Threads threads = new Threads()) {
            for (int t = 0; t < 2; t++) {
                threads.start(() -> {
                    started.countDown();
                    for (int i = 0; i < rounds; i++)
                        store.append(
                                Map.of("a", Bytes.utf8("."), "b", Bytes.utf8(".")),
                                Map.of("a", Bytes.utf8("h"), "b", Bytes.utf8("h")));
                });
            }
            Threads.await(started);
            long size = 0;
            while (size < 2 * rounds + 1) {
                List<Bytes> both = store.get(List.of("a", "b"));
                assertEquals(both.get(0).size(), both.get(1).size());
                assertTrue(both.get(0).size() >= size && both.get(0).size() != 1);
                size = both.get(0).size();
            }
        }
        assertEquals("h" + ".".repeat(2 * rounds), store.get("a").toUtf8());
    }
}
