package io.partd.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a partitioner is made of, and its text. */
class PartitionerTest {
    @Test
    void theTextSaysExactlyWhatItIs() {
        assertEquals("hash(64, \"symbol\")", Partitioner.hash(64, "symbol").toString());
        assertEquals("hash(1, \"a\", \"b\")", Partitioner.hash(1, "a", "b").toString());
        assertEquals("values(\"a\", \"b\")", Partitioner.values("a", "b").toString());
        assertEquals("values(\"\")", Partitioner.values("").toString());
        assertEquals("range(\"a\")", Partitioner.range("a").toString());
    }

    @Test
    void columnsAreThoseGiven() {
        assertEquals(List.of("b", "a"), Partitioner.hash(2, "b", "a").columns());
        assertEquals(List.of("a"), Partitioner.range("a", 1).columns());
        assertEquals(
                List.of("b", "a"), Partitioner.parse("values(\"b\", \"a\")").columns());
    }

    @Test
    void namesAreQuoted() {
        assertEquals(
                "values(\"a\\\"b\\\\\\u000a\\ud800é😀\")",
                Partitioner.values("a\"b\\\n\ud800é😀").toString());
        assertEquals(
                "values(\"\\udc00x\\ud83d\")",
                Partitioner.values("\udc00x\ud83d").toString());
        assertNotEquals(Partitioner.values("a\", \"b"), Partitioner.values("a", "b"));
    }

    @Test
    void theTextShowsTypesOfBounds() {
        assertEquals(
                "range(\"a\", 1, 2, 3, 4, 5, float(5.5), double(6.1), decimal(7.25), decimal(1E+3), double(Infinity))",
                Partitioner.range(
                                "a",
                                (byte) 1,
                                (short) 2,
                                3,
                                4L,
                                BigInteger.valueOf(5),
                                5.5f,
                                6.1,
                                new BigDecimal("7.250"),
                                new BigDecimal(1000),
                                Double.POSITIVE_INFINITY)
                        .toString());
        assertEquals("range(\"a\", double(0.0))", Partitioner.range("a", -0.0).toString());
        assertEquals(
                "range(\"a\", \"\", \"\\\"\")", Partitioner.range("a", "", "\"").toString());
        byte[] bytes = {1, (byte) 0xff};
        assertEquals(
                "range(\"a\", binary(), binary(01ff))",
                Partitioner.range("a", new byte[0], bytes).toString());
        assertEquals(
                "range(\"a\", false, true)", Partitioner.range("a", false, true).toString());
        assertEquals("range(\"a\", date(2020-02-29))", text(LocalDate.parse("2020-02-29")));
        assertEquals("range(\"a\", time(10:00:00.000000001))", text(LocalTime.parse("10:00:00.000000001")));
        assertEquals("range(\"a\", datetime(2020-01-01T00:00))", text(LocalDateTime.parse("2020-01-01T00:00")));
        assertEquals("range(\"a\", instant(1969-12-31T23:59:59.999Z))", text(Instant.ofEpochMilli(-1)));
        assertEquals("range(\"a\", duration(PT-1.5S))", text(Duration.ofMillis(-1500)));
    }

    private static String text(Object bound) {
        return Partitioner.range("a", bound).toString();
    }

    @Test
    void equalTextsAreEqual() {
        assertEquals(Partitioner.hash(4, "a"), Partitioner.hash(4, "a"));
        assertEquals(
                Partitioner.hash(4, "a").hashCode(), Partitioner.hash(4, "a").hashCode());
        assertNotEquals(Partitioner.hash(4, "a"), Partitioner.hash(5, "a"));
        assertNotEquals(Partitioner.hash(4, "a"), Partitioner.hash(4, "b"));
        assertNotEquals(Partitioner.range("a", 1), Partitioner.range("a", "1"));
        assertEquals(
                Partitioner.range("a", 1, new BigDecimal("2.50")), Partitioner.range("a", 1L, new BigDecimal("2.5")));
        assertNotEquals(Partitioner.values("a"), "values(\"a\")");
    }

    @Test
    void aBoundIsNotTheCallersArray() {
        byte[] bound = {1};
        Partitioner partitioner = Partitioner.range("a", bound);
        bound[0] = 2;
        assertEquals("range(\"a\", binary(01))", partitioner.toString());
    }

    @Test
    void hashRefuses() {
        refused("a hash makes 1 to 1073741824 parts, not 0", () -> Partitioner.hash(0, "a"));
        refused("a hash makes 1 to 1073741824 parts, not -7", () -> Partitioner.hash(-7, "a"));
        refused("a hash makes 1 to 1073741824 parts, not 2147483647", () -> Partitioner.hash(Integer.MAX_VALUE, "a"));
        refused("column \"b\" is named twice", () -> Partitioner.hash(2, "b", "a", "b"));
        refused("column \"a\" is named twice", () -> Partitioner.values("a", "a"));
        assertThrows(NullPointerException.class, () -> Partitioner.hash(2, null));
        assertThrows(NullPointerException.class, () -> Partitioner.values("a", (String) null));
    }

    @Test
    void rangeRefusesBoundsThatDoNotAscend() {
        String ascend = "bounds must ascend strictly: ";
        refused(ascend + "bound 1 is 5, and bound 2 is 3", () -> Partitioner.range("a", 1, 5, 3));
        refused(ascend + "bound 0 is 1, and bound 1 is double(1.0)", () -> Partitioner.range("a", 1, 1.0));
        refused(ascend + "bound 0 is double(0.0), and bound 1 is double(0.0)", () -> Partitioner.range("a", -0.0, 0.0));
        refused(ascend + "bound 0 is \"b\", and bound 1 is \"a\"", () -> Partitioner.range("a", "b", "a"));
        // By code points, not by UTF-16 units.
        refused(ascend + "bound 0 is \"😀\", and bound 1 is \"\uffee\"", () -> Partitioner.range("a", "😀", "\uffee"));
        byte[] high = {(byte) 0x80};
        byte[] low = {0x7f};
        refused(ascend + "bound 0 is binary(80), and bound 1 is binary(7f)", () -> Partitioner.range("a", high, low));
        refused(ascend + "bound 0 is true, and bound 1 is false", () -> Partitioner.range("a", true, false));
        double infinity = Double.POSITIVE_INFINITY;
        refused(
                ascend + "bound 0 is double(Infinity), and bound 1 is decimal(1E+999)",
                () -> Partitioner.range("a", infinity, new BigDecimal("1E+999")));
        refused(
                "bounds must be comparable with each other: bound 0 is 1, and bound 1 is \"x\"",
                () -> Partitioner.range("a", 1, "x"));
    }

    @Test
    void rangeRefusesWhatCannotBeABound() {
        refused("bound 0 is NaN: NaN is always in the last range", () -> Partitioner.range("a", Float.NaN));
        refused(
                "bound 1, \"\\ud800\", has an unpaired surrogate: it is not well-formed Unicode",
                () -> Partitioner.range("a", "", "\ud800"));
        refused(
                "bound 0 is of class java.lang.Character: bounds are numbers, String, byte[], Boolean, LocalDate,"
                        + " LocalTime, LocalDateTime, Instant or Duration",
                () -> Partitioner.range("a", 'x'));
        assertThrows(NullPointerException.class, () -> Partitioner.range("a", 1, null));
        assertThrows(NullPointerException.class, () -> Partitioner.range(null, 1));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
