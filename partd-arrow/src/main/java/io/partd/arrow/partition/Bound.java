package io.partd.arrow.partition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A bound between two ranges. Its text shows its type, and is exact. */
public final class Bound {
    private static final int NANO_DIGITS = 9;

    /** No column has values of so many digits. */
    private static final int MAX_DIGITS = 100;

    private static final BigInteger HUGE = BigInteger.TEN.pow(MAX_DIGITS);

    /** What a bound may be compared with. */
    enum Kind {
        NUMBER("numbers"),
        TEXT("String"),
        BINARY("byte[]"),
        BOOLEAN("Boolean"),
        DATE("LocalDate"),
        TIME("LocalTime"),
        DATE_TIME("LocalDateTime"),
        INSTANT("Instant"),
        DURATION("Duration");

        private final String classes;

        Kind(String classes) {
            this.classes = classes;
        }

        /** What users pass, for messages. */
        String classes() {
            return classes;
        }
    }

    final Kind kind;

    /** The number; of a boolean 0 or 1; of a date its day since 1970, of other temporal values seconds. */
    final BigDecimal exact;

    /** The bytes of text and binary values. */
    final byte[] bytes;

    /** -1 and 1 for the infinities, which have no exact number. */
    final int infinite;

    private final String text;

    private Bound(Kind kind, BigDecimal exact, byte[] bytes, int infinite, String text) {
        this.kind = kind;
        this.exact = exact;
        this.bytes = bytes;
        this.infinite = infinite;
        this.text = text;
    }

    /** All bounds, in strictly ascending order. */
    public static List<Bound> ascending(Object... bounds) {
        List<Bound> all = new ArrayList<>(bounds.length);
        for (int i = 0; i < bounds.length; i++) {
            Bound bound = of(bounds[i], i);
            if (i > 0) requireOrder(all.get(i - 1), bound, i);
            all.add(bound);
        }
        return List.copyOf(all);
    }

    private static void requireOrder(Bound before, Bound bound, int position) {
        boolean comparable = bound.kind == before.kind;
        if (comparable && bound.isAbove(before)) return;
        throw new IllegalArgumentException(
                (comparable ? "bounds must ascend strictly" : "bounds must be comparable with each other") + ": bound "
                        + (position - 1) + " is " + before + ", and bound " + position + " is " + bound);
    }

    private boolean isAbove(Bound before) {
        if (bytes != null) return Arrays.compareUnsigned(bytes, before.bytes) > 0;
        if (infinite != 0 || before.infinite != 0) return infinite > before.infinite;
        return exact.compareTo(before.exact) > 0;
    }

    private static Bound of(Object value, int position) {
        Objects.requireNonNull(value, () -> "bound " + position + " is null");
        if (value instanceof Number number) return number(number, position);
        if (value instanceof String string) return text(string, position);
        if (value instanceof byte[] array) {
            byte[] copy = array.clone();
            return new Bound(
                    Kind.BINARY, null, copy, 0, "binary(" + HexFormat.of().formatHex(copy) + ")");
        }
        if (value instanceof Boolean bool)
            return exact(Kind.BOOLEAN, BigDecimal.valueOf(bool ? 1 : 0), bool.toString());
        return temporal(value, position);
    }

    private static Bound text(String string, int position) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw new IllegalArgumentException("bound " + position + ", " + KeyText.quote(string)
                    + ", has an unpaired surrogate: it is not well-formed Unicode");
        }
        return new Bound(Kind.TEXT, null, string.getBytes(StandardCharsets.UTF_8), 0, KeyText.quote(string));
    }

    private static Bound temporal(Object value, int position) {
        if (value instanceof LocalDate date) {
            return exact(Kind.DATE, BigDecimal.valueOf(date.toEpochDay()), "date(" + date + ")");
        }
        if (value instanceof LocalTime time) {
            return exact(Kind.TIME, BigDecimal.valueOf(time.toNanoOfDay(), NANO_DIGITS), "time(" + time + ")");
        }
        if (value instanceof LocalDateTime local) {
            BigDecimal seconds = seconds(local.toEpochSecond(ZoneOffset.UTC), local.getNano());
            return exact(Kind.DATE_TIME, seconds, "datetime(" + local + ")");
        }
        if (value instanceof Instant instant) {
            return exact(
                    Kind.INSTANT, seconds(instant.getEpochSecond(), instant.getNano()), "instant(" + instant + ")");
        }
        if (value instanceof Duration duration) {
            BigDecimal seconds = seconds(duration.getSeconds(), duration.getNano());
            return exact(Kind.DURATION, seconds, "duration(" + duration + ")");
        }
        throw unknown(value, position);
    }

    private static BigDecimal seconds(long seconds, int nanos) {
        return BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, NANO_DIGITS));
    }

    private static Bound number(Number value, int position) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return exact(Kind.NUMBER, BigDecimal.valueOf(value.longValue()), value.toString());
        }
        if (value instanceof BigInteger integer) return exact(Kind.NUMBER, new BigDecimal(integer), integer.toString());
        if (value instanceof BigDecimal decimal) {
            BigDecimal stripped = decimal.stripTrailingZeros();
            return exact(Kind.NUMBER, stripped, "decimal(" + stripped + ")");
        }
        // Adding 0.0 turns -0.0 into 0.0.
        if (value instanceof Double d) return floating(d, "double(" + FloatText.of(d + 0.0) + ")", position);
        if (value instanceof Float f) return floating(f, "float(" + FloatText.of(f + 0.0f) + ")", position);
        throw unknown(value, position);
    }

    private static Bound floating(double value, String text, int position) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("bound " + position + " is NaN: NaN is always in the last range");
        }
        if (Double.isInfinite(value)) return new Bound(Kind.NUMBER, null, null, value < 0 ? -1 : 1, text);
        return exact(Kind.NUMBER, new BigDecimal(value), text);
    }

    private static Bound exact(Kind kind, BigDecimal exact, String text) {
        return new Bound(kind, exact, null, 0, text);
    }

    private static IllegalArgumentException unknown(Object value, int position) {
        return new IllegalArgumentException("bound " + position + " is of class "
                + value.getClass().getName() + ": bounds are numbers, String, byte[], Boolean, LocalDate, LocalTime,"
                + " LocalDateTime, Instant or Duration");
    }

    /**
     * The smallest integer that is not below {@code 10^digits} times the number. One of very many digits stands for any
     * that is out of every column's range: a bound like 1E+1000000000 must not be written out.
     */
    BigInteger ceil(int digits) {
        if (infinite != 0) return HUGE.multiply(BigInteger.valueOf(infinite));
        BigInteger sign = BigInteger.valueOf(exact.signum());
        long magnitude = (long) exact.precision() - exact.scale() + digits;
        if (exact.signum() == 0 || magnitude <= 0) return sign.max(BigInteger.ZERO);
        if (magnitude > MAX_DIGITS) return HUGE.multiply(sign);
        return exact.scaleByPowerOfTen(digits).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
    }

    /** The smallest double that is not below the number. */
    double toDouble() {
        if (infinite != 0) return infinite * Double.POSITIVE_INFINITY;
        double nearest = exact.doubleValue();
        if (nearest == Double.POSITIVE_INFINITY) return nearest;
        boolean below = nearest == Double.NEGATIVE_INFINITY || new BigDecimal(nearest).compareTo(exact) < 0;
        return below ? Math.nextUp(nearest) : nearest;
    }

    @Override
    public String toString() {
        return text;
    }
}
