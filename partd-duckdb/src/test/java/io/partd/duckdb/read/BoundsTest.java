package io.partd.duckdb.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class BoundsTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);
    private static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
    private static final ArrowType DATE = new ArrowType.Date(DateUnit.DAY);
    private static final ArrowType LOCAL = new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
    private static final ArrowType ZONED = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");

    private static Object parse(ArrowType type, String text) {
        return Bounds.parse(List.of(text), type, "c")[0];
    }

    private static String error(ArrowType type, String text) {
        return assertThrows(IllegalArgumentException.class, () -> parse(type, text))
                .getMessage();
    }

    @Test
    void valuesOfTheColumnsType() {
        assertEquals(-5L, parse(INT, "-5"));
        assertEquals(new BigDecimal("1.5"), parse(INT, "1.5"));
        assertEquals(new BigInteger("18446744073709551615"), parse(INT, "18446744073709551615"));
        assertEquals(new BigDecimal("1E+1000000000"), parse(INT, "1E+1000000000"));
        assertEquals(1e-3, parse(DOUBLE, "1e-3"));
        assertEquals(Double.NEGATIVE_INFINITY, parse(DOUBLE, "-Infinity"));
        assertEquals(new BigDecimal("1.10"), parse(new ArrowType.Decimal(10, 2, 128), "1.10"));
        assertEquals(" x", parse(ArrowType.Utf8.INSTANCE, " x"));
        assertArrayEquals(new byte[] {1, -1}, (byte[]) parse(ArrowType.Binary.INSTANCE, "01ff"));
        assertEquals(true, parse(ArrowType.Bool.INSTANCE, "True"));
    }

    @Test
    void datesAndTimes() {
        assertEquals(LocalDate.of(2001, 2, 3), parse(DATE, "2001-02-03"));
        assertEquals(LocalTime.of(23, 5), parse(new ArrowType.Time(TimeUnit.SECOND, 32), "23:05"));
        assertEquals(LocalDateTime.of(2001, 2, 3, 0, 0), parse(LOCAL, "2001-02-03"));
        assertEquals(LocalDateTime.of(2001, 2, 3, 4, 5), parse(LOCAL, "2001-02-03 04:05"));
        assertEquals(Instant.parse("2001-02-03T04:05:00Z"), parse(ZONED, "2001-02-03T05:05:00+01:00"));
        assertEquals(Instant.parse("2001-02-03T04:05:00.5Z"), parse(ZONED, "2001-02-03 05:05:00.5+01"));
        assertEquals(Duration.ofMinutes(90), parse(new ArrowType.Duration(TimeUnit.SECOND), "PT1H30M"));
    }

    @Test
    void otherValuesAreRefused() {
        assertEquals(
                "the bound 'x' is no number, and column \"c\" holds values of type Int(32, true)", error(INT, "x"));
        error(DOUBLE, "NaN");
        error(DATE, "2001-02-30");
        error(LOCAL, "2001-02-03T25:00");
        error(ZONED, "2001-02-03T04:05:00");
        error(ArrowType.Binary.INSTANCE, "abc");
        error(ArrowType.Bool.INSTANCE, "1");
        assertEquals(
                "column \"c\" has no ranges, for its values are of type Struct: split by a hash or by values, or by"
                        + " another column",
                error(ArrowType.Struct.INSTANCE, "1"));
    }
}
