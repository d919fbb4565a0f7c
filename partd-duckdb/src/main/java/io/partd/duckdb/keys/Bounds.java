package io.partd.duckdb.keys;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.Running;
import io.partd.duckdb.query.StoreSource;
import io.partd.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Bounds between ranges of a column that hold about as many rows each, by a sample of its values. */
final class Bounds {
    private static final int SAMPLE_ROWS = 50_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private Bounds() {}

    /**
     * A partitioner by ranges; fewer than asked for where the same values are many.
     *
     * @throws IllegalArgumentException if values of the column's type have no order
     */
    static Partitioner of(Database database, Planner planner, StoreSource source, String column, int ranges)
            throws SQLException {
        ArrowType type = source.schema().findField(column).getType();
        String value = cast(type, Sql.identifier(column), column);
        String places = IntStream.range(1, ranges)
                .mapToObj(i -> String.valueOf((double) i / ranges))
                .collect(Collectors.joining(", ", "[", "]"));
        try (Planner.Named table = planner.define(source, "sample")) {
            String sample = "SELECT v FROM (SELECT " + value + " AS v FROM " + table.sql()
                    + ") WHERE v IS NOT NULL" + notNan(type) + " USING SAMPLE reservoir(" + SAMPLE_ROWS
                    + " ROWS) REPEATABLE (1)";
            Plan plan = planner.plan(
                    "SELECT DISTINCT v FROM (SELECT unnest(quantile_disc(v, " + places + ")) AS v FROM (" + sample
                            + ")) WHERE v IS NOT NULL ORDER BY v",
                    List.of());
            Object[] bounds = read(database, plan, type);
            // Of a column of nulls alone any bound does.
            return Partitioner.range(column, bounds.length == 0 ? new Object[] {least(type)} : bounds);
        }
    }

    private static String notNan(ArrowType type) {
        return type instanceof ArrowType.FloatingPoint ? " AND NOT isnan(v)" : "";
    }

    /** A value as one of the types that {@link #bound} knows. */
    private static String cast(ArrowType type, String column, String name) {
        return switch (type.getTypeID()) {
            case Int ->
                isUnsignedLong(type) ? "CAST(" + column + " AS DECIMAL(38, 0))" : "CAST(" + column + " AS BIGINT)";
            case FloatingPoint -> "CAST(" + column + " AS DOUBLE)";
            case Timestamp ->
                ((ArrowType.Timestamp) type).getTimezone() == null
                        ? "CAST(" + column + " AS TIMESTAMP)"
                        : "CAST(" + column + " AT TIME ZONE 'UTC' AS TIMESTAMP)";
            case Time -> "CAST(" + column + " AS TIME)";
            case Date -> "CAST(" + column + " AS DATE)";
            case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary, Decimal, Bool -> column;
            default ->
                throw new IllegalArgumentException(
                        "column " + Text.quote(name) + " cannot be sorted by first, for its values are of type " + type
                                + ": name another one first");
        };
    }

    private static boolean isUnsignedLong(ArrowType type) {
        return type instanceof ArrowType.Int number && number.getBitWidth() == Long.SIZE && !number.getIsSigned();
    }

    private static Object[] read(Database database, Plan plan, ArrowType type) throws SQLException {
        List<Object> bounds = new ArrayList<>();
        try (ArrowReader rows = Running.begin(database, plan, PlannedScan::keys).reader()) {
            while (rows.loadNextBatch()) {
                FieldVector vector = rows.getVectorSchemaRoot().getVector(0);
                for (int i = 0; i < vector.getValueCount(); i++) bounds.add(bound(vector.getObject(i), type));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bounds.toArray();
    }

    /** The same value as partitioners take it. */
    private static Object bound(Object value, ArrowType type) {
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8, Utf8View -> value.toString();
            case Date -> LocalDate.ofEpochDay((Integer) value);
            case Time -> LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MICRO);
            case Timestamp ->
                ((ArrowType.Timestamp) type).getTimezone() == null
                        ? value
                        : ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
            case Int -> value instanceof BigDecimal number ? number.toBigInteger() : value;
            default -> value;
        };
    }

    /** A bound of the type, for a column of which there is no value. */
    private static Object least(ArrowType type) {
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8, Utf8View -> "";
            case Binary, LargeBinary, BinaryView, FixedSizeBinary -> new byte[0];
            case Date -> LocalDate.EPOCH;
            case Time -> LocalTime.MIDNIGHT;
            case Timestamp -> {
                LocalDateTime epoch = LocalDate.EPOCH.atStartOfDay();
                if (((ArrowType.Timestamp) type).getTimezone() == null) yield epoch;
                yield epoch.toInstant(ZoneOffset.UTC);
            }
            case Bool -> true;
            default -> 0L;
        };
    }
}
