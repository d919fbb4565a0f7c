package io.partd.tablesaw.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** Random columns of each of Tablesaw's types, with missing values and those at the edges. */
public enum EveryType {
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    STRING,
    LOCAL_DATE,
    LOCAL_TIME,
    LOCAL_DATE_TIME,
    INSTANT;

    private static final LocalDate FIRST = LocalDate.of(Short.MIN_VALUE, 1, 1);
    private static final LocalDate LAST = LocalDate.of(Short.MAX_VALUE, 12, 31);
    private static final LocalTime LATEST = LocalTime.of(23, 59, 59, 999_000_000);

    public Column<?> empty(String name) {
        return switch (this) {
            case SHORT -> ShortColumn.create(name);
            case INTEGER -> IntColumn.create(name);
            case LONG -> LongColumn.create(name);
            case FLOAT -> FloatColumn.create(name);
            case DOUBLE -> DoubleColumn.create(name);
            case BOOLEAN -> BooleanColumn.create(name);
            case STRING -> StringColumn.create(name);
            case LOCAL_DATE -> DateColumn.create(name);
            case LOCAL_TIME -> TimeColumn.create(name);
            case LOCAL_DATE_TIME -> DateTimeColumn.create(name);
            case INSTANT -> InstantColumn.create(name);
        };
    }

    /** The values at the edges of what a column can hold. */
    public List<Object> edges() {
        return switch (this) {
            case SHORT -> List.of((short) (Short.MIN_VALUE + 1), (short) -1, (short) 0, Short.MAX_VALUE);
            case INTEGER -> List.of(Integer.MIN_VALUE + 1, -1, 0, Integer.MAX_VALUE);
            case LONG -> List.of(Long.MIN_VALUE + 1, -1L, 0L, Long.MAX_VALUE);
            case FLOAT ->
                List.of(
                        -Float.MAX_VALUE,
                        Float.NEGATIVE_INFINITY,
                        -0.0f,
                        0.0f,
                        Float.MIN_VALUE,
                        Float.POSITIVE_INFINITY);
            case DOUBLE ->
                List.of(
                        -Double.MAX_VALUE,
                        Double.NEGATIVE_INFINITY,
                        -0.0,
                        0.0,
                        Double.MIN_VALUE,
                        Double.POSITIVE_INFINITY);
            case BOOLEAN -> List.of(true, false);
            case STRING ->
                List.of(
                        "a",
                        "\u0000",
                        " ",
                        "null",
                        "\u00e9",
                        "\ud83d\ude00",
                        "x".repeat(1_000),
                        "1234567",
                        "12345678",
                        "123456789");
            case LOCAL_DATE ->
                List.of(
                        FIRST,
                        LocalDate.of(-1, 2, 28),
                        LocalDate.of(0, 2, 29),
                        LocalDate.EPOCH,
                        LocalDate.of(1900, 2, 28),
                        LocalDate.of(2000, 2, 29),
                        LAST);
            case LOCAL_TIME -> List.of(LocalTime.MIDNIGHT, LocalTime.of(12, 0, 59, 1_000_000), LATEST);
            case LOCAL_DATE_TIME ->
                List.of(
                        FIRST.atStartOfDay(),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                        LAST.atTime(LATEST));
            case INSTANT ->
                List.of(
                        FIRST.atStartOfDay().toInstant(ZoneOffset.UTC),
                        Instant.ofEpochMilli(-1),
                        Instant.EPOCH,
                        LAST.atTime(LATEST).toInstant(ZoneOffset.UTC));
        };
    }

    /** A column of its edges, each followed by a missing value. */
    public Column<?> edgeColumn(String name) {
        Column<?> column = empty(name);
        for (Object edge : edges()) column.appendObj(edge).appendMissing();
        return column;
    }

    Column<?> random(String name, int rows, Random random) {
        Column<?> column = empty(name);
        int percentMissing = List.of(0, 0, 10, 100).get(random.nextInt(4));
        int texts = List.of(3, 200, 300, 100_000).get(random.nextInt(4));
        for (int i = 0; i < rows; i++) {
            if (random.nextInt(100) < percentMissing) column.appendMissing();
            else column.appendObj(value(random, texts));
        }
        return column;
    }

    private Object value(Random random, int texts) {
        List<Object> edges = new ArrayList<>(edges());
        if (random.nextInt(10) == 0) return edges.get(random.nextInt(edges.size()));
        LocalDate date = LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
        LocalTime time = LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L);
        return switch (this) {
            case SHORT -> (short) (random.nextInt(65_535) - 32_767);
            case INTEGER -> random.nextInt(Integer.MAX_VALUE) * (random.nextBoolean() ? 1 : -1);
            case LONG -> random.nextLong() | 1;
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> "t".repeat(random.nextInt(3)) + random.nextInt(texts);
            case LOCAL_DATE -> date;
            case LOCAL_TIME -> time;
            case LOCAL_DATE_TIME -> date.atTime(time);
            case INSTANT -> date.atTime(time).toInstant(ZoneOffset.UTC);
        };
    }
}
