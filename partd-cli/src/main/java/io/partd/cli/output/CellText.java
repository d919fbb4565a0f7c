package io.partd.cli.output;

import io.partd.cli.common.Text;
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
    private static final String NULL = "";

    private CellText() {}

    public static String of(FieldVector vector, int row) {
        Object value = vector.getObject(row);
        if (value == null) return NULL;
        if (value instanceof byte[] bytes) return HexFormat.of().formatHex(bytes);
        if (value instanceof Number number)
            return number(number, vector.getField().getType());
        return Text.oneLine(value.toString());
    }

    /** Arrow hands out some dates and times as numbers. */
    private static String number(Number number, ArrowType type) {
        if (type instanceof ArrowType.Date)
            return LocalDate.ofEpochDay(number.longValue()).toString();
        if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay(number.longValue() * nanos(time.getUnit()))
                    .toString();
        }
        if (type instanceof ArrowType.Timestamp timestamp) return instant(number.longValue(), timestamp.getUnit());
        return number.toString();
    }

    private static String instant(long value, TimeUnit unit) {
        ChronoUnit chrono = switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
        return Instant.EPOCH.plus(value, chrono).toString();
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000;
            case MILLISECOND -> 1_000_000;
            case MICROSECOND -> 1_000;
            case NANOSECOND -> 1;
        };
    }
}
