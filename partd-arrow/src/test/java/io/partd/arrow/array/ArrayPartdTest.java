package io.partd.arrow.array;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.arrow.ArrayPartd;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.testing.ArraySamples;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.dict;
import static io.partd.Partds.file;
import static io.partd.Partds.zstd;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Arrays of every type as values. */
class ArrayPartdTest {
    @TempDir
    Path directory;

    static List<ArraySamples.Type<?>> types() {
        return ArraySamples.types();
    }

    @AfterEach
    void nothingLeaks() {
        assertEquals(0, SharedAllocator.get().getAllocatedMemory());
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void appendsComeBackToTheBit(ArraySamples.Type<A> type) {
        A first = type.random(100, 3, new Random(1));
        A second = type.random(13, 3, new Random(2));
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), dict())) {
            arrays.append("a", first);
            arrays.append("a", second);
            List<Object> expected = ArraySamples.contents(first);
            expected.addAll(ArraySamples.contents(second));
            assertEquals(expected, ArraySamples.contents(arrays.get("a")));
            List<List<Object>> chunks =
                    arrays.stream("a").map(ArraySamples::contents).toList();
            assertEquals(List.of(ArraySamples.contents(first), ArraySamples.contents(second)), chunks);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void anAbsentKeyIsAnEmptyArray(ArraySamples.Type<A> type) {
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), dict())) {
            A nothing = arrays.get("absent");
            assertEquals(0, Array.getLength(nothing));
            assertEquals(type.type(), nothing.getClass());
            assertEquals(0, arrays.stream("absent").count());
            assertEquals(Set.of(), arrays.keys());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void anEmptyArrayMakesItsKeyAndNothingElse(ArraySamples.Type<A> type) {
        A empty = type.random(0, 0, new Random(0));
        A one = type.random(1, 2, new Random(3));
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<A> arrays = ArrayPartd.over(type.type(), bytes)) {
            arrays.append("a", empty);
            assertEquals(Set.of("a"), arrays.keys());
            assertEquals(Bytes.EMPTY, bytes.get("a"));
            assertEquals(0, Array.getLength(arrays.get("a")));
            arrays.append("a", one);
            long size = bytes.get("a").size();
            arrays.append("a", empty);
            assertEquals(ArraySamples.contents(one), ArraySamples.contents(arrays.get("a")));
            assertEquals(size, bytes.get("a").size());
        }
    }

    @Test
    void headsComeFirstAndOnce() {
        try (ArrayPartd<int[]> arrays = ArrayPartd.over(int[].class, file(directory))) {
            Map<String, int[]> heads = Map.of("a", new int[] {0}, "b", new int[] {0});
            assertEquals(Set.of("a", "b"), arrays.append(Map.of("a", new int[] {1, 2}), heads));
            assertEquals(Set.of(), arrays.append(Map.of("a", new int[] {3}), heads));
            assertArrayEquals(new int[] {0, 1, 2, 3}, arrays.get("a"));
            assertArrayEquals(new int[] {0}, arrays.get("b"));
            assertFalse(arrays.putIfAbsent("b", new int[] {9}));
            assertTrue(arrays.putIfAbsent("c", new int[] {9}));
        }
    }

    @Test
    void anotherHandleSeesThem() {
        try (ArrayPartd<String[]> arrays = ArrayPartd.over(String[].class, zstd(file(directory)))) {
            arrays.append("a", new String[] {"one", null, ""});
        }
        try (ArrayPartd<String[]> arrays = ArrayPartd.over(String[].class, zstd(file(directory)))) {
            arrays.append("a", new String[] {"two"});
            assertArrayEquals(new String[] {"one", null, "", "two"}, arrays.get("a"));
        }
    }

    @Test
    void whatIsAppendedIsCopied() {
        try (ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, dict())) {
            double[] mine = {1, 2};
            arrays.append("a", mine);
            mine[0] = 9;
            double[] read = arrays.get("a");
            assertArrayEquals(new double[] {1, 2}, read);
            read[1] = 9;
            assertArrayEquals(new double[] {1, 2}, arrays.get("a"));
            assertNotSame(read, arrays.get("a"));
        }
    }

    @Test
    void aStreamStaysValidWhenItsKeyIsGone() {
        Stream<long[]> stream;
        try (ArrayPartd<long[]> arrays = ArrayPartd.over(long[].class, file(directory))) {
            for (long i = 0; i < 5; i++) arrays.append("a", new long[] {i, -i});
            stream = arrays.stream("a");
            arrays.append("a", new long[] {99});
            arrays.delete("a");
            arrays.drop();
        }
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), stream.map(each -> each[0]).toList());
    }

    @Test
    void aLargeArrayBecomesSeveralChunks() {
        double[] large = new Random(5).doubles(5_000_000).toArray();
        try (ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, file(directory))) {
            arrays.append("a", large);
            arrays.append("a", large);
            double[] read = arrays.get("a");
            assertArrayEquals(large, Arrays.copyOf(read, large.length));
            assertArrayEquals(large, Arrays.copyOfRange(read, large.length, read.length));
            List<Integer> chunks = arrays.stream("a").map(each -> each.length).toList();
            assertEquals(6, chunks.size());
            assertEquals(2 * large.length, chunks.stream().mapToInt(n -> n).sum());
        }
    }

    @Test
    void whatIsNotMappedAndLargeIsReadTwiceRatherThanHeld() {
        long[] large = new Random(6).longs(3_000_000).toArray();
        try (ArrayPartd<long[]> arrays = ArrayPartd.over(long[].class, dict())) {
            for (int i = 0; i < 4; i++) arrays.append("a", large);
            long[] read = arrays.get("a");
            assertEquals(4 * large.length, read.length);
            for (int i = 0; i < read.length; i++) assertEquals(large[i % large.length], read[i]);
        }
    }

    @Test
    void manySmallChunks() {
        try (ArrayPartd<short[]> arrays = ArrayPartd.over(short[].class, file(directory))) {
            for (int i = 0; i < 10_500; i++) arrays.append("a", new short[] {(short) i});
            short[] read = arrays.get("a");
            assertEquals(10_500, read.length);
            for (int i = 0; i < read.length; i++) assertEquals((short) i, read[i]);
        }
    }

    @Test
    void largeTextsAndRowsAreSplit() {
        String text = "0123456789abcdef".repeat(1 << 18);
        String[] texts = {text, null, text + "!", text, text, text, ""};
        int[][] rows = new int[30][1 << 18];
        for (int i = 0; i < rows.length; i++) rows[i][i] = i;
        try (ArrayPartd<String[]> arrays = ArrayPartd.over(String[].class, dict());
                ArrayPartd<int[][]> tables = ArrayPartd.over(int[][].class, dict())) {
            arrays.append("a", texts);
            assertArrayEquals(texts, arrays.get("a"));
            assertTrue(arrays.stream("a").count() > 1);
            tables.append("a", rows);
            assertArrayEquals(rows, tables.get("a"));
            assertTrue(tables.stream("a").count() > 1);
        }
    }

    @Test
    void moreThanAnArrayHoldsIsReadAsAStream() {
        ArrayKind<boolean[]> kind = ArrayKinds.of(boolean[].class);
        boolean[] chunk = new boolean[ArrayKind.MAX_BODY];
        chunk[7] = true;
        ScratchPool scratch = new ScratchPool();
        try (ArrayWriter writer = new ArrayWriter(scratch)) {
            Bytes message = writer.write(kind, chunk, "a");
            long messages = Integer.MAX_VALUE / chunk.length + 1;
            Bytes[] all = new Bytes[(int) messages + 1];
            Arrays.fill(all, message);
            all[0] = kind.table(chunk).message();
            Bytes stored = Bytes.concat(List.of(all));
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> ArrayReader.read(kind, stored, "a", SharedAllocator.get(), scratch));
            assertEquals(
                    "key \"a\" holds " + messages * chunk.length
                            + " elements, and an array can hold 2147483639: read it with stream(key)",
                    e.getMessage());
            try (ArrayReader<boolean[]> reader = new ArrayReader<>(kind, stored, "a", SharedAllocator.get(), scratch)) {
                for (int i = 0; i < 3; i++) assertArrayEquals(chunk, reader.next());
            }
        }
    }

    @Test
    void nullsAreRefusedByName() {
        try (ArrayPartd<int[]> arrays = ArrayPartd.over(int[].class, dict())) {
            Map<String, int[]> missing = new HashMap<>();
            missing.put("a", null);
            assertEquals(
                    "the array of key \"a\" in values is null",
                    assertThrows(NullPointerException.class, () -> arrays.append(missing))
                            .getMessage());
            assertEquals(
                    "heads is null",
                    assertThrows(NullPointerException.class, () -> arrays.append(Map.of(), null))
                            .getMessage());
            assertEquals(Set.of(), arrays.keys());
        }
        assertEquals(
                "the store is null",
                assertThrows(NullPointerException.class, () -> ArrayPartd.over(int[].class, null))
                        .getMessage());
    }

    @Test
    void otherBytesAreNotArrays() {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<int[]> arrays = ArrayPartd.over(int[].class, bytes)) {
            bytes.append("a", Bytes.utf8("this is no Arrow stream"));
            Exception e = assertThrows(CorruptPartdException.class, () -> arrays.get("a"));
            assertTrue(e.getMessage().contains("key \"a\""), e.getMessage());
            assertThrows(CorruptPartdException.class, () -> arrays.append("a", new int[] {1}));
        }
    }

    @Test
    void itSaysWhatItIs() {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<byte[][]> arrays = ArrayPartd.over(byte[][].class, bytes)) {
            assertEquals("array(byte[][], " + bytes + ")", arrays.toString());
        }
    }
}
