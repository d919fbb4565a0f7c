package io.partd.duckdb.query;

import io.partd.duckdb.engine.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;

/** Values of Java as SQL writes them. */
final class Literals {
    private Literals() {}

    /** @throws IllegalArgumentException if SQL has no such value */
    static String of(Object value) {
        if (value == null) return "NULL";
        if (value instanceof String text) return Sql.literal(text);
        if (value instanceof Boolean) return value.toString();
        if (value instanceof BigDecimal number) return decimal(number);
        if (value instanceof byte[] bytes) return "from_hex('" + HexFormat.of().formatHex(bytes) + "')";
        if (value instanceof Collection<?> all) {
            return all.stream().map(Literals::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return "CAST('" + value + "' AS " + type(value) + ")";
    }

    private static String decimal(BigDecimal number) {
        BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
        int digits = Math.max(plain.precision(), plain.scale());
        return "CAST('" + plain.toPlainString() + "' AS DECIMAL(" + digits + ", " + plain.scale() + "))";
    }

    private static String type(Object value) {
        if (value instanceof Byte) return "TINYINT";
        if (value instanceof Short) return "SMALLINT";
        if (value instanceof Integer) return "INTEGER";
        if (value instanceof Long) return "BIGINT";
        if (value instanceof BigInteger) return "HUGEINT";
        if (value instanceof Float) return "FLOAT";
        if (value instanceof Double) return "DOUBLE";
        if (value instanceof LocalDate) return "DATE";
        if (value instanceof LocalTime) return "TIME";
        if (value instanceof LocalDateTime) return "TIMESTAMP";
        if (value instanceof Instant) return "TIMESTAMPTZ";
        if (value instanceof UUID) return "UUID";
        throw new IllegalArgumentException(
                "a value of " + value.getClass() + " has no place in SQL: give text, numbers,"
                        + " booleans, dates, times, bytes, or a collection of such");
    }
}
