package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.testing.HookedPartd;
import io.partd.testing.Threads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Random histories, with a seed that every failure prints. */
class BufferPartdStressTest {
    private static final int WRITERS = 3;
    private static final int ROUNDS = 3_000;
    private static final int RECORD = 8;
    private static final int HEAD = -1;
    private static final List<String> KEYS = List.of("a", "b", "c");

    /** A record of eight bytes: who wrote it, and which of its writes it is. */
    private static Bytes record(int writer, int count) {
        return Bytes.of(ByteBuffer.allocate(RECORD).putInt(0, writer).putInt(4, count));
    }

    /** Fails one in so many appends, half of the time after it was made. */
    private static void failAtRandom(HookedPartd store, Random random, int oneIn) {
        store.before = () -> failAtRandom(random, 2 * oneIn);
        store.after = store.before;
    }

    private static void failAtRandom(Random random, int oneIn) {
        synchronized (random) {
            if (random.nextInt(oneIn) > 0) return;
        }
        throw new UncheckedIOException(new IOException("at random"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyReaderSeesEveryRecordOnceAndInOrder(boolean failing) throws Exception {
        long seed = System.nanoTime();
        HookedPartd slow = new HookedPartd(new DictPartd());
        if (failing) failAtRandom(slow, new Random(seed), 3);
        BufferPartd buffer = new BufferPartd(new DictPartd(), slow, 300);
        AtomicInteger writing = new AtomicInteger(WRITERS);
        try (Threads threads = new Threads()) {
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                threads.start(() -> {
                    try {
                        write(buffer, writer, new Random(seed + writer));
                    } finally {
                        writing.decrementAndGet();
                    }
                });
            }
            threads.start(() -> {
                while (writing.get() > 0) retry(buffer::flush);
            });
            for (int r = 0; r < 2; r++) {
                threads.start(() -> {
                    Map<String, Bytes> seen = new HashMap<>();
                    while (writing.get() > 0) read(buffer, seen, seed);
                });
            }
        } catch (Exception e) {
            throw new AssertionError("seed " + seed, e);
        }
        retry(buffer::flush);
        assertEquals(0, buffer.memoryBytes(), "seed " + seed);
        for (String key : KEYS) {
            assertEquals(RECORD * (1L + WRITERS * ROUNDS), slow.get(key).size(), "seed " + seed);
            check(slow.get(key), "seed " + seed);
        }
    }

    private static void write(BufferPartd buffer, int writer, Random random) {
        for (int i = 0; i < ROUNDS; i++) {
            Map<String, Bytes> values = new HashMap<>();
            Map<String, Bytes> heads = new HashMap<>();
            for (String key : KEYS) {
                values.put(key, record(writer, i));
                heads.put(key, record(HEAD, 0));
            }
            values.put("other-" + random.nextInt(20), Bytes.of(new byte[random.nextInt(60)]));
            retry(() -> buffer.append(values, heads));
            assertTrue(buffer.memoryBytes() <= 300);
        }
    }

    private static void retry(Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (UncheckedIOException e) {
                assertEquals("at random", e.getCause().getMessage());
            }
        }
    }

    private static void read(BufferPartd buffer, Map<String, Bytes> seen, long seed) {
        List<Bytes> values = buffer.get(KEYS);
        Set<List<Integer>> counts = new HashSet<>();
        for (int i = 0; i < KEYS.size(); i++) {
            Bytes before = seen.getOrDefault(KEYS.get(i), Bytes.EMPTY);
            assertTrue(values.get(i).size() >= before.size(), "seed " + seed);
            assertEquals(before, values.get(i).slice(0, before.size()), "seed " + seed);
            counts.add(check(values.get(i), "seed " + seed));
            seen.put(KEYS.get(i), values.get(i));
        }
        assertEquals(1, counts.size(), "an append was seen in part: " + counts + ", seed " + seed);
    }

    /** Checks that a head comes first and no writer's records have a gap; returns how many there are of each. */
    private static List<Integer> check(Bytes value, String message) {
        ByteBuffer records = ByteBuffer.wrap(value.toArray());
        int[] counts = new int[WRITERS];
        if (records.hasRemaining()) {
            assertEquals(HEAD, records.getInt(), message);
            records.getInt();
        }
        while (records.hasRemaining()) assertEquals(counts[records.getInt()]++, records.getInt(), message);
        return Arrays.stream(counts).boxed().toList();
    }

    @RepeatedTest(20)
    void behavesLikeAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        HookedPartd slow = new HookedPartd(new DictPartd());
        BufferPartd buffer = new BufferPartd(new DictPartd(), slow, random.nextInt(400));
        TreeMap<String, ByteArrayOutputStream> model = new TreeMap<>();
        try {
            for (int i = 0; i < 2_000; i++) step(buffer, model, random);
            assertSame(buffer, model);
            buffer.flush();
            assertSame(slow, model);
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void step(BufferPartd buffer, TreeMap<String, ByteArrayOutputStream> model, Random random) {
        int choice = random.nextInt(1000);
        if (choice < 700) append(buffer, model, random);
        else if (choice < 900) assertSame(buffer, model);
        else if (choice < 980) delete(buffer, model, random);
        else if (choice < 997) buffer.flush();
        else {
            buffer.drop();
            model.clear();
        }
    }

    private static void append(BufferPartd buffer, TreeMap<String, ByteArrayOutputStream> model, Random random) {
        Map<String, Bytes> values = randomValues(random, 60);
        Map<String, Bytes> heads = random.nextBoolean() ? Map.of() : randomValues(random, 20);
        Set<String> expected = new HashSet<>();
        heads.forEach((key, head) -> {
            ByteArrayOutputStream held = model.computeIfAbsent(key, k -> new ByteArrayOutputStream());
            if (held.size() > 0) return;
            expected.add(key);
            held.writeBytes(head.toArray());
        });
        values.forEach((key, value) ->
                model.computeIfAbsent(key, k -> new ByteArrayOutputStream()).writeBytes(value.toArray()));
        assertEquals(expected, buffer.append(values, heads));
    }

    private static Map<String, Bytes> randomValues(Random random, int maxSize) {
        Map<String, Bytes> values = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            byte[] value = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(maxSize)];
            random.nextBytes(value);
            values.put("key" + random.nextInt(10), Bytes.of(value));
        }
        return values;
    }

    private static void delete(BufferPartd buffer, TreeMap<String, ByteArrayOutputStream> model, Random random) {
        List<String> keys = List.copyOf(randomValues(random, 1).keySet());
        buffer.delete(keys);
        keys.forEach(model::remove);
    }

    private static void assertSame(Partd<Bytes> store, TreeMap<String, ByteArrayOutputStream> model) {
        assertEquals(model.keySet(), store.keys());
        List<Bytes> values = store.get(model.keySet());
        int i = 0;
        for (ByteArrayOutputStream expected : model.values())
            assertEquals(Bytes.of(expected.toByteArray()), values.get(i++));
    }

    /**
     * Delete and putIfAbsent by several threads: what one thread was told to have written is there until somebody
     * deletes it.
     */
    @RepeatedTest(3)
    void headsHaveOneWinnerBetweenDeletes() throws Exception {
        HookedPartd slow = new HookedPartd(new DictPartd());
        BufferPartd buffer = new BufferPartd(new DictPartd(), slow, 100);
        AtomicInteger round = new AtomicInteger();
        AtomicLong wins = new AtomicLong();
        List<Threads.Task> tasks = new ArrayList<>();
        try (Threads threads = new Threads()) {
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                tasks.add(threads.start(() -> {
                    while (round.get() < 500) {
                        boolean won = !buffer.append(Map.of("k", record(writer, 0)), Map.of("k", record(HEAD, 0)))
                                .isEmpty();
                        if (!won) continue;
                        wins.incrementAndGet();
                        assertEquals(record(HEAD, 0), buffer.get("k").slice(0, RECORD));
                        if (round.get() % 2 == 0) buffer.flush();
                        round.incrementAndGet();
                        buffer.delete("k");
                    }
                }));
            }
            for (Threads.Task task : tasks) task.join();
        }
        assertEquals(round.get(), wins.get());
        assertThrows(IllegalArgumentException.class, () -> buffer.delete(""));
    }
}
