package io.partd.arrow.partition;

import io.partd.Keys;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The canonical text of a value: different values of one type have different texts. */
final class ValueText {
    private static final int PREVIEW = 20;

    private ValueText() {}

    /** The text of what {@link LongValues} read; an ArithmeticException or DateTimeException where it has none. */
    static String ofLong(ArrowType type, long value) {
        if (type instanceof ArrowType.Int integer) {
            return integer.getIsSigned() ? Long.toString(value) : Long.toUnsignedString(value);
        }
        if (type instanceof ArrowType.FloatingPoint floating) return ofBits(floating, value);
        if (type instanceof ArrowType.Bool) return value == 0 ? "false" : "true";
        if (type instanceof ArrowType.Date) return LocalDate.ofEpochDay(value).toString();
        if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(value, TimeUnits.nanos(time.getUnit())))
                    .toString();
        }
        if (type instanceof ArrowType.Timestamp timestamp) return ofTimestamp(timestamp, value);
        if (type instanceof ArrowType.Duration duration) {
            return Duration.ofSeconds(
                            TimeUnits.seconds(duration.getUnit(), value),
                            TimeUnits.nanosOfSecond(duration.getUnit(), value))
                    .toString();
        }
        return Period.ofMonths((int) value).toString();
    }

    private static String ofBits(ArrowType.FloatingPoint type, long bits) {
        double value = Double.longBitsToDouble(bits);
        boolean wide = type.getPrecision() == FloatingPointPrecision.DOUBLE;
        return wide ? FloatText.of(value) : FloatText.of((float) value);
    }

    private static String ofTimestamp(ArrowType.Timestamp type, long value) {
        long seconds = TimeUnits.seconds(type.getUnit(), value);
        int nanos = TimeUnits.nanosOfSecond(type.getUnit(), value);
        if (TimeUnits.hasZone(type))
            return Instant.ofEpochSecond(seconds, nanos).toString();
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).toString();
    }

    /** The text of what {@link SpanValues} read; a value of a longer text than a key may have is refused unseen. */
    static String ofBytes(PartitionColumn column, ArrowType type, long address, int length) {
        if (length > Keys.MAX_UTF8_BYTES) {
            throw column.error("a value of " + length + " bytes cannot be a key: keys have at most "
                    + Keys.MAX_UTF8_BYTES + " UTF-8 bytes");
        }
        if (type instanceof ArrowType.Decimal decimal) return ofDecimal(decimal, KeyText.bytes(address, length));
        if (type instanceof ArrowType.Interval interval) return ofInterval(interval.getUnit(), address);
        if (SpanValues.isBinary(type)) return HexFormat.of().formatHex(KeyText.bytes(address, length));
        try {
            return KeyText.decode(address, length);
        } catch (CharacterCodingException e) {
            String hex = HexFormat.of().formatHex(KeyText.bytes(address, Math.min(length, PREVIEW)));
            throw column.error("a text of " + length + " bytes, which begins with " + hex + ", is not UTF-8", e);
        }
    }

    private static String ofDecimal(ArrowType.Decimal type, byte[] littleEndian) {
        byte[] bytes = new byte[littleEndian.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = littleEndian[bytes.length - 1 - i];
        return new BigDecimal(new BigInteger(bytes), type.getScale()).toPlainString();
    }

    private static String ofInterval(IntervalUnit unit, long address) {
        int first = MemoryUtil.getInt(address);
        int second = MemoryUtil.getInt(address + 4);
        if (unit == IntervalUnit.DAY_TIME) return join(Period.ofDays(first), Duration.ofMillis(second));
        return join(Period.of(0, first, second), Duration.ofNanos(MemoryUtil.getLong(address + 8)));
    }

    /** Both in one ISO 8601 period: P1M2DT3S. */
    private static String join(Period period, Duration duration) {
        if (duration.isZero()) return period.toString();
        return period.isZero()
                ? duration.toString()
                : period + duration.toString().substring(1);
    }
}
