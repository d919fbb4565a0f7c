package io.partd.arrow.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.Text;

/** What partitioning should do with one value, from {@code getObject} and plain Java objects. */
public final class KeyOracle {
    private KeyOracle() {}

    /** The value as the class that stands for its kind; null for a null. */
    public static Object value(FieldVector vector, int row) {
        Object object = vector.getObject(row);
        ArrowType type = vector.getField().getType();
        if (object == null) return null;
        if (type instanceof ArrowType.Int integer) return integer(integer, object);
        if (type instanceof ArrowType.Date) {
            return object instanceof Integer day ? LocalDate.ofEpochDay(day) : ((LocalDateTime) object).toLocalDate();
        }
        if (type instanceof ArrowType.Time time) {
            if (object instanceof LocalDateTime local) return local.toLocalTime();
            return LocalTime.MIN.plus(((Number) object).longValue(), unit(time.getUnit()));
        }
        if (type instanceof ArrowType.Timestamp stamp && object instanceof Long count) {
            return Instant.EPOCH.plus(count, unit(stamp.getUnit()));
        }
        if (object instanceof Short half) return (double) Float16.toFloat(half);
        return object instanceof Text text ? text.toString() : object;
    }

    private static Object integer(ArrowType.Int type, Object object) {
        long value = object instanceof Character c ? c : ((Number) object).longValue();
        BigInteger range = BigInteger.ONE.shiftLeft(type.getBitWidth());
        return type.getIsSigned()
                ? BigInteger.valueOf(value)
                : BigInteger.valueOf(value).mod(range);
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> ChronoUnit.SECONDS;
            case MILLISECOND -> ChronoUnit.MILLIS;
            case MICROSECOND -> ChronoUnit.MICROS;
            case NANOSECOND -> ChronoUnit.NANOS;
        };
    }

    /** The part of a key. */
    public static String text(Object value) {
        if (value == null) return "\\N";
        String text = value.toString();
        if (value instanceof byte[] bytes) text = HexFormat.of().formatHex(bytes);
        if (value instanceof BigDecimal decimal) text = decimal.toPlainString();
        if (text.equals("-0.0")) text = "0.0";
        if (text.isEmpty()) return "\\E";
        return text.startsWith("\\") ? "\\" + text : text;
    }

    /** Appendix B of the Iceberg table specification; null where it has no hash. */
    public static Integer hash(Object value) {
        if (value instanceof Duration || value instanceof Period) return null;
        if (value instanceof BigInteger integer) return hashLong(integer.longValue());
        if (value instanceof Boolean bool) return hashLong(bool ? 1 : 0);
        if (value instanceof Float single) return hash((double) single);
        if (value instanceof Double d) return hashLong(d == 0 ? 0 : Double.doubleToLongBits(d));
        if (value instanceof LocalDate date) return hashLong(date.toEpochDay());
        if (value instanceof LocalTime time) return hashLong(Math.floorDiv(time.toNanoOfDay(), 1000L));
        if (value instanceof LocalDateTime time) return hash(time.toInstant(ZoneOffset.UTC));
        if (value instanceof Instant instant) {
            long micros = Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1000;
            return hashLong(micros);
        }
        if (value instanceof BigDecimal decimal) {
            return SlowMurmur3.hash(decimal.unscaledValue().toByteArray());
        }
        if (value instanceof String text) return SlowMurmur3.hash(text.getBytes(StandardCharsets.UTF_8));
        return SlowMurmur3.hash((byte[]) value);
    }

    private static int hashLong(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) bytes[i] = (byte) (value >> 8 * i);
        return SlowMurmur3.hash(bytes);
    }

    /** The number of bounds that the value is not less than. */
    public static int range(Object value, Object... bounds) {
        int range = 0;
        for (Object bound : bounds) {
            if (compare(value, bound) >= 0) range++;
        }
        return range;
    }

    @SuppressWarnings("unchecked")
    public static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) return compareNumbers(x, y);
        if (a instanceof byte[] x && b instanceof byte[] y) return Arrays.compareUnsigned(x, y);
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compare(x.codePoints().toArray(), y.codePoints().toArray());
        }
        return ((Comparable<Object>) a).compareTo(b);
    }

    private static int compareNumbers(Number a, Number b) {
        boolean finite = Double.isFinite(a.doubleValue()) && Double.isFinite(b.doubleValue());
        if (!finite) return Double.compare(a.doubleValue(), b.doubleValue());
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof Float || number instanceof Double) return new BigDecimal(number.doubleValue());
        return new BigDecimal(number.toString());
    }
}
