package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.testing.ArraySamples;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A key has one type, and what is not of it is refused before anything is written. */
class ArrayTypesTest {
    static List<ArraySamples.Type<?>> types() {
        return ArraySamples.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    <A> void noTypeIsTakenForAnother(ArraySamples.Type<A> stored) {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<A> arrays = ArrayPartd.over(stored.type(), bytes)) {
            arrays.append("here", stored.random(3, 2, new Random(1)));
            for (ArraySamples.Type<?> other : types()) {
                if (!other.equals(stored)) refused(stored, other, bytes);
            }
        }
    }

    private static <A, B> void refused(ArraySamples.Type<A> stored, ArraySamples.Type<B> asked, Partd<Bytes> bytes) {
        ArrayPartd<B> others = ArrayPartd.over(asked.type(), bytes);
        B array = asked.random(1, 2, new Random(2));
        Bytes before = bytes.get("here");
        requireNamed(stored, asked, assertThrows(IllegalArgumentException.class, () -> others.get("here")));
        requireNamed(stored, asked, assertThrows(IllegalArgumentException.class, () -> others.stream("here")));
        requireNamed(stored, asked, assertThrows(IllegalArgumentException.class, () -> others.append("here", array)));
        assertEquals(before, bytes.get("here"));
    }

    private static void requireNamed(ArraySamples.Type<?> stored, ArraySamples.Type<?> asked, Exception e) {
        assertTrue(e.getMessage().startsWith("key \"here\" holds " + stored + " "), e.getMessage());
        assertTrue(e.getMessage().contains(" " + asked), e.getMessage());
    }

    @Test
    void anAppendOfSeveralKeysFailsAsAWhole() {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<int[]> ints = ArrayPartd.over(int[].class, bytes);
                ArrayPartd<long[]> longs = ArrayPartd.over(long[].class, bytes)) {
            ints.append("a", new int[] {1});
            assertThrows(
                    IllegalArgumentException.class,
                    () -> longs.append(Map.of("a", new long[] {1}, "b", new long[] {2})));
            assertEquals(Set.of("a"), bytes.keys());
            ints.delete("a");
            longs.append("a", new long[] {5});
            assertEquals(
                    "key \"a\" holds long[] (value: Int(64, true)) and is given int[] (value: Int(32, true)):"
                            + " append what it holds, or use another key",
                    assertThrows(IllegalArgumentException.class, () -> ints.append("a", new int[] {1}))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Object[].class,
                Integer[].class,
                char[][].class,
                boolean[][].class,
                byte[][][].class,
                double[][][].class,
                String.class,
                int.class
            })
    void otherClassesAreRefused(Class<?> type) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> ArrayPartd.over(type, dict()));
        assertEquals(
                "no arrays are stored as " + type.getTypeName() + ": use the class of boolean[], byte[], short[],"
                        + " char[], int[], long[], float[], double[], String[], byte[][], Instant[], LocalDate[],"
                        + " LocalDateTime[], short[][], int[][], long[][], float[][], double[][]",
                e.getMessage());
    }

    @Test
    void nullsThatOthersStoredAreRefused() {
        Partd<Bytes> bytes = dict();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(bytes, allocator);
                Float8Vector column = new Float8Vector("value", allocator)) {
            column.allocateNew(2);
            column.set(0, 1.5);
            column.setNull(1);
            column.setValueCount(2);
            tables.append("a", VectorSchemaRoot.of(column));
            ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, bytes);
            Exception e = assertThrows(IllegalArgumentException.class, () -> arrays.get("a"));
            assertEquals("key \"a\" holds nulls, which double[] cannot hold: read it with ArrowPartd", e.getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> arrays.stream("a").count());
        }
        assertEquals(0, SharedAllocator.get().getAllocatedMemory());
    }

    @Test
    void aTableOfSeveralColumnsIsNoArray() {
        Partd<Bytes> bytes = dict();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(bytes, allocator);
                Float8Vector one = new Float8Vector("one", allocator);
                Float8Vector two = new Float8Vector("two", allocator)) {
            one.setValueCount(1);
            two.setValueCount(1);
            tables.append("a", VectorSchemaRoot.of(one, two));
            ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, bytes);
            Exception e = assertThrows(IllegalArgumentException.class, () -> arrays.get("a"));
            assertEquals(
                    "key \"a\" holds a table of 2 columns (one: FloatingPoint(DOUBLE), two: FloatingPoint(DOUBLE)) and"
                            + " is read as double[]: read it as what it holds",
                    e.getMessage());
        }
    }

    @Test
    void aKeyMayChangeItsTypeOnceItIsDeleted() {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<int[]> ints = ArrayPartd.over(int[].class, bytes);
                ArrayPartd<String[]> texts = ArrayPartd.over(String[].class, bytes)) {
            ints.append("a", new int[] {1});
            texts.delete("a");
            texts.append("a", new String[] {"x"});
            assertEquals(1, Array.getLength(texts.get("a")));
            assertThrows(IllegalArgumentException.class, () -> ints.append("a", new int[] {1}));
        }
    }
}
