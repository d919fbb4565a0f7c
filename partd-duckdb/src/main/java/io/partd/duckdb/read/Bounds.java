package io.partd.duckdb.read;

import io.partd.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Bounds between ranges, given as text, as values of the column's type. */
final class Bounds {
    private Bounds() {}

    /** @throws IllegalArgumentException if one of them is no such value, or the column's type has no ranges */
    static Object[] parse(List<String> texts, ArrowType type, String column) {
        requireRanges(type, column);
        Object[] bounds = new Object[texts.size()];
        for (int i = 0; i < bounds.length; i++) bounds[i] = parse(texts.get(i), type, column);
        return bounds;
    }

    /** @throws IllegalArgumentException if the type has none */
    static void requireRanges(ArrowType type, String column) {
        if (what(type).isEmpty()) {
            throw new IllegalArgumentException(
                    "column " + Text.quote(column) + " has no ranges, for its values are of type " + type
                            + ": split by a hash or by values, or by another column");
        }
    }

    private static Object parse(String text, ArrowType type, String column) {
        try {
            return value(text, type);
        } catch (DateTimeException | IllegalArgumentException e) {
            String problem = "the bound '" + text + "' is no " + what(type).get() + ", and column " + Text.quote(column)
                    + " holds values of type " + type;
            throw new IllegalArgumentException(problem, e);
        }
    }

    private static Object value(String text, ArrowType type) {
        if (type instanceof ArrowType.Timestamp timestamp) {
            return timestamp.getTimezone() == null ? dateTime(text) : instant(text);
        }
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8, Utf8View -> text;
            case Binary, LargeBinary, BinaryView, FixedSizeBinary ->
                HexFormat.of().parseHex(text);
            case Int -> integer(new BigDecimal(text));
            case Decimal -> new BigDecimal(text);
            case FloatingPoint -> floating(text);
            case Bool -> bool(text);
            case Date -> LocalDate.parse(text);
            case Time -> LocalTime.parse(text);
            case Duration -> Duration.parse(text);
            default -> throw new IllegalArgumentException("no ranges of " + type);
        };
    }

    /** Whole numbers as such, so that what a store records about its ranges is plain. */
    private static Object integer(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() > 0 || plain.precision() - plain.scale() > 50) return number;
        BigInteger whole = plain.toBigInteger();
        if (whole.bitLength() < Long.SIZE) return whole.longValue();
        return whole;
    }

    private static Object floating(String text) {
        double value = Double.parseDouble(text);
        if (Double.isNaN(value)) throw new IllegalArgumentException("NaN is always in the last range");
        return value;
    }

    private static Object bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** A date alone is its first moment. */
    private static LocalDateTime dateTime(String text) {
        if (text.length() <= "2001-01-01".length()) return LocalDate.parse(text).atStartOfDay();
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static Instant instant(String text) {
        // DuckDB writes an offset of whole hours without minutes.
        String whole = text.replaceFirst("(:\\d\\d(\\.\\d+)?[+-]\\d\\d)$", "$1:00");
        return OffsetDateTime.parse(whole.replace(' ', 'T')).toInstant();
    }

    /** What a bound of a type is, or nothing where the type has no ranges. */
    private static Optional<String> what(ArrowType type) {
        return Optional.ofNullable(
                switch (type.getTypeID()) {
                    case Utf8, LargeUtf8, Utf8View -> "text";
                    case Binary, LargeBinary, BinaryView, FixedSizeBinary -> "binary value in hexadecimal";
                    case Int, Decimal, FloatingPoint -> "number";
                    case Bool -> "true or false";
                    case Date -> "date such as 2001-12-31";
                    case Time -> "time such as 23:59:59";
                    case Timestamp ->
                        ((ArrowType.Timestamp) type).getTimezone() == null
                                ? "date and time such as 2001-12-31T23:59:59"
                                : "date and time with an offset such as 2001-12-31T23:59:59Z";
                    case Duration -> "duration such as PT1H30M";
                    default -> null;
                });
    }
}
