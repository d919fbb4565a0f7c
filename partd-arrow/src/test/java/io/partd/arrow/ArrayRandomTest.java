package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.testing.ArraySamples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;
import static io.partd.Partds.file;
import static io.partd.Partds.lz4;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random appends to several keys, compared with lists that were added to. */
class ArrayRandomTest {
    @TempDir
    Path directory;

    static List<ArraySamples.Type<?>> types() {
        return ArraySamples.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void arraysAreConcatenated(ArraySamples.Type<A> type) {
        long seed = System.nanoTime();
        for (int i = 0; i < 20; i++) run(type, seed + i, store(i));
    }

    private Partd<Bytes> store(int i) {
        Path path = directory.resolve("store" + i);
        return switch (i % 4) {
            case 0 -> dict();
            case 1 -> file(path);
            case 2 -> lz4(file(path));
            default -> buffer(dict(), file(path), 2_000);
        };
    }

    private static <A> void run(ArraySamples.Type<A> type, long seed, Partd<Bytes> store) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(6);
        Map<String, List<Object>> expected = new HashMap<>();
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), store)) {
            for (int round = random.nextInt(15); round >= 0; round--) {
                Map<String, A> values = some(type, random, width);
                Map<String, A> heads = some(type, random, width);
                for (String key : arrays.append(values, heads)) add(expected, key, heads.get(key));
                values.forEach((key, array) -> add(expected, key, array));
            }
            List<String> keys = new ArrayList<>(arrays.keys());
            assertEquals(expected.keySet(), arrays.keys(), "seed " + seed);
            List<A> read = arrays.get(keys);
            for (int i = 0; i < keys.size(); i++) {
                assertEquals(expected.get(keys.get(i)), ArraySamples.contents(read.get(i)), "seed " + seed);
                List<Object> streamed = new ArrayList<>();
                arrays.stream(keys.get(i)).forEach(each -> streamed.addAll(ArraySamples.contents(each)));
                assertEquals(expected.get(keys.get(i)), streamed, "seed " + seed);
            }
        } catch (RuntimeException e) {
            throw new AssertionError(type + " failed with seed " + seed, e);
        }
        assertEquals(0, SharedAllocator.get().getAllocatedMemory(), "seed " + seed);
    }

    private static void add(Map<String, List<Object>> expected, String key, Object array) {
        expected.computeIfAbsent(key, name -> new ArrayList<>()).addAll(ArraySamples.contents(array));
    }

    private static <A> Map<String, A> some(ArraySamples.Type<A> type, Random random, int width) {
        Map<String, A> arrays = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int length = random.nextInt(4) == 0 ? random.nextInt(2000) : random.nextInt(20);
            arrays.put("k" + random.nextInt(4), type.random(length, width, random));
        }
        return arrays;
    }
}
