package io.partd.arrow.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** A value of a column as text. */
public final class CellText {
    private static final int HEX_BYTES = 32;

    private CellText() {}

    /** The text, of binary values the beginning; null where there is no value. It may have several lines. */
    public static String of(FieldVector vector, int row) {
        Object value = vector.getObject(row);
        if (value == null) return null;
        if (value instanceof byte[] bytes) return hex(bytes);
        if (value instanceof Number number)
            return number(number, vector.getField().getType());
        return value.toString();
    }

    private static String hex(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEX_BYTES));
        return bytes.length > HEX_BYTES ? hex + "…" : hex;
    }

    /** Arrow hands out some dates and times as numbers. */
    private static String number(Number number, ArrowType type) {
        if (type instanceof ArrowType.Date)
            return LocalDate.ofEpochDay(number.longValue()).toString();
        if (type instanceof ArrowType.Time time) {
            return LocalTime.MIDNIGHT
                    .plus(number.longValue(), unit(time.getUnit()))
                    .toString();
        }
        if (type instanceof ArrowType.Timestamp time) {
            return Instant.EPOCH.plus(number.longValue(), unit(time.getUnit())).toString();
        }
        return number.toString();
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
    }
}
