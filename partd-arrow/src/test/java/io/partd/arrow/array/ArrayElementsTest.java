package io.partd.arrow.array;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrayPartd;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.memory.BufferAddress;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.partd.Partds.dict;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Elements at the edge of what is stored, and beyond: rows, points in time, texts. */
class ArrayElementsTest {
    private static final Instant FIRST = Instant.ofEpochSecond(0, Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    private static <A> A roundTrip(Class<A> type, A array) {
        try (ArrayPartd<A> arrays = ArrayPartd.over(type, dict())) {
            arrays.append("a", array);
            return arrays.get("a");
        }
    }

    /** Appends to two keys, of which the second cannot take its array, and returns what is said of that. */
    private static <A> String refusal(Class<A> type, A good, A bad) {
        Partd<Bytes> bytes = dict();
        try (ArrayPartd<A> arrays = ArrayPartd.over(type, bytes)) {
            Exception e =
                    assertThrows(IllegalArgumentException.class, () -> arrays.append(Map.of("good", good, "bad", bad)));
            assertThrows(IllegalArgumentException.class, () -> arrays.append(Map.of("good", good), Map.of("bad", bad)));
            assertEquals(Set.of(), bytes.keys());
            return e.getMessage();
        }
    }

    @Test
    void instantsToTheNanosecond() {
        Instant[] instants = {
            FIRST,
            FIRST.plusNanos(1),
            Instant.ofEpochSecond(-1, 999_999_999),
            Instant.ofEpochSecond(-1, 1),
            Instant.ofEpochSecond(-1),
            Instant.EPOCH,
            null,
            Instant.parse("1969-07-20T20:17:40.123456789Z"),
            LAST
        };
        assertArrayEquals(instants, roundTrip(Instant[].class, instants));
        LocalDateTime[] times = new LocalDateTime[instants.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = instants[i] == null ? null : LocalDateTime.ofInstant(instants[i], ZoneOffset.UTC);
        }
        assertArrayEquals(times, roundTrip(LocalDateTime[].class, times));
    }

    @Test
    void instantsOutsideAreRefused() {
        for (Instant outside : new Instant[] {FIRST.minusNanos(1), LAST.plusNanos(1), Instant.MIN, Instant.MAX}) {
            String message =
                    refusal(Instant[].class, new Instant[] {LAST}, new Instant[] {Instant.EPOCH, null, outside});
            assertEquals(
                    "key \"bad\": element 2 is " + outside + ", and Instant[] are stored as 64-bit numbers, which hold "
                            + "1677-09-21T00:12:43.145224192Z to 2262-04-11T23:47:16.854775807Z",
                    message);
        }
    }

    @Test
    void dateTimesOutsideAreRefused() {
        for (LocalDateTime outside : new LocalDateTime[] {LocalDateTime.MIN, LocalDateTime.MAX}) {
            String message = refusal(LocalDateTime[].class, new LocalDateTime[0], new LocalDateTime[] {outside});
            assertTrue(message.startsWith("key \"bad\": element 0 is " + outside + ", and LocalDateTime[]"), message);
        }
    }

    @Test
    void datesToTheDay() {
        LocalDate[] dates = {
            LocalDate.EPOCH,
            null,
            LocalDate.of(1582, 10, 15),
            LocalDate.ofEpochDay(Integer.MIN_VALUE),
            LocalDate.ofEpochDay(Integer.MAX_VALUE)
        };
        assertArrayEquals(dates, roundTrip(LocalDate[].class, dates));
        for (LocalDate outside : new LocalDate[] {LocalDate.MIN, LocalDate.ofEpochDay(Integer.MAX_VALUE + 1L)}) {
            assertEquals(
                    "key \"bad\": element 1 is " + outside + ", and LocalDate[] are stored as 32-bit numbers, which"
                            + " hold -5877641-06-23 to +5881580-07-11",
                    refusal(LocalDate[].class, dates, new LocalDate[] {LocalDate.EPOCH, outside}));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "\ud800\ud800\udc00", "\udc00\ud800"})
    void textsAreWellFormed(String lone) {
        assertEquals(
                "key \"bad\": element 1 has a lone surrogate, which UTF-8 cannot hold: use well-formed Unicode",
                refusal(String[].class, new String[] {"x"}, new String[] {null, lone}));
    }

    /** What another thread does to an array meanwhile must not reach beyond the memory that was measured. */
    @Test
    void arraysThatChangeWhileTheyAreAppended() {
        requireNoticed(new String[] {"abc", null}, array -> array[0] = "abcd");
        requireNoticed(new String[] {"abc", null}, array -> array[0] = "ab");
        requireNoticed(new byte[][] {{1}, {2}}, array -> array[1] = null);
        requireNoticed(new Instant[] {FIRST}, array -> array[0] = null);
        requireNoticed(new int[][] {{1, 2}, {3, 4}}, array -> array[1] = new int[3]);
    }

    private static <A> void requireNoticed(A array, Consumer<A> change) {
        @SuppressWarnings("unchecked") // it is the array's own
        ArrayKind<A> kind = ArrayKinds.of((Class<A>) array.getClass());
        ByteBuffer memory = ByteBuffer.allocateDirect(64);
        ColumnOutput target = new ColumnOutput(kind.nodes, "a");
        int length = Array.getLength(array);
        assertEquals(length, kind.measure(array, 0, target));
        target.fix();
        target.place(BufferAddress.of(memory));
        kind.write(array, 0, length, target);
        change.accept(array);
        Exception e = assertThrows(IllegalStateException.class, () -> kind.write(array, 0, length, target));
        assertEquals("an array was changed by another thread while it was appended", e.getMessage());
        Reference.reachabilityFence(memory);
    }

    @Test
    void nullsOfEveryNumber() {
        for (int length = 1; length < 20; length++) {
            String[] texts = new String[length];
            assertArrayEquals(texts, roundTrip(String[].class, texts));
            for (int i = 0; i < length; i += 3) texts[i] = "" + i;
            assertArrayEquals(texts, roundTrip(String[].class, texts));
        }
    }

    @Test
    void booleansOfEveryLength() {
        for (int length = 1; length < 70; length++) {
            boolean[] bits = new boolean[length];
            for (int i = 0; i < length; i++) bits[i] = (i * 7 + length) % 3 == 0;
            try (ArrayPartd<boolean[]> arrays = ArrayPartd.over(boolean[].class, dict())) {
                arrays.append("a", bits);
                arrays.append("a", bits);
                boolean[] read = arrays.get("a");
                assertEquals(2 * length, read.length);
                for (int i = 0; i < read.length; i++) assertEquals(bits[i % length], read[i]);
            }
        }
    }

    @Test
    void rowsHaveOneLength() {
        double[][] good = {{1, 2, 3}};
        assertEquals(
                "key \"bad\": row 2 has 2 values and row 0 has 3: all rows must have one length",
                refusal(double[][].class, good, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8}}));
        assertEquals("key \"bad\": row 1 is null: give it values", refusal(double[][].class, good, new double[][] {
            {1, 2, 3}, null
        }));
        assertEquals(
                "key \"bad\": row 0 has no values: use rows of at least one, or no rows",
                refusal(double[][].class, good, new double[2][0]));
    }

    @Test
    void rowsHaveOneLengthAcrossAppends() {
        try (ArrayPartd<int[][]> arrays = ArrayPartd.over(int[][].class, dict())) {
            arrays.append("a", new int[0][]);
            arrays.append("a", new int[][] {{1, 2}});
            arrays.append("a", new int[0][7]);
            assertEquals(
                    "key \"a\" holds int[][] with rows of 2 (value: FixedSizeList(2)<item: Int(32, true)>) and is given"
                            + " int[][] with rows of 3 (value: FixedSizeList(3)<item: Int(32, true)>):"
                            + " append what it holds, or use another key",
                    assertThrows(IllegalArgumentException.class, () -> arrays.append("a", new int[][] {{1, 2, 3}}))
                            .getMessage());
            arrays.append("a", new int[][] {{3, 4}, {5, 6}});
            arrays.append("b", new int[][] {{1, 2, 3}});
            assertArrayEquals(new int[][] {{1, 2}, {3, 4}, {5, 6}}, arrays.get("a"));
            assertArrayEquals(new int[][] {{1, 2, 3}}, arrays.get("b"));
        }
    }
}
