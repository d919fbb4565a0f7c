package io.partd.spark.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.CalendarInterval;

/** Rows of a column of every type that is stored, with random values and nulls. */
public final class EveryType {
    private static final double NULLS = 0.2;
    private static final int DAYS = 200_000;
    private static final long MICROS = 4_000_000_000_000_000L;

    private final Random random;

    public EveryType(long seed) {
        random = new Random(seed);
    }

    /** The types that have no others within. */
    public static List<DataType> simple() {
        return List.of(
                DataTypes.BooleanType,
                DataTypes.ByteType,
                DataTypes.ShortType,
                DataTypes.IntegerType,
                DataTypes.LongType,
                DataTypes.FloatType,
                DataTypes.DoubleType,
                DataTypes.createDecimalType(9, 2),
                DataTypes.createDecimalType(18, 0),
                DataTypes.createDecimalType(38, 10),
                DataTypes.StringType,
                DataTypes.BinaryType,
                DataTypes.DateType,
                DataTypes.TimestampType,
                DataTypes.TimestampNTZType,
                DataTypes.createYearMonthIntervalType(),
                DataTypes.createDayTimeIntervalType(),
                DataTypes.createDayTimeIntervalType((byte) 1, (byte) 2));
    }

    /** A column {@code c0}, {@code c1}, ... of each type, nested ones included. */
    public static StructType schema() {
        List<DataType> types = new ArrayList<>(simple());
        types.add(DataTypes.NullType);
        types.add(DataTypes.createArrayType(DataTypes.StringType, true));
        types.add(DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.LongType, false), true));
        types.add(DataTypes.createMapType(DataTypes.StringType, DataTypes.createDecimalType(20, 3), true));
        StructType inner = new StructType()
                .add("a b", DataTypes.IntegerType)
                .add("t", DataTypes.TimestampType)
                .add("list", DataTypes.createArrayType(DataTypes.BooleanType, true));
        types.add(inner);
        types.add(DataTypes.createArrayType(inner, true));
        types.add(DataTypes.createMapType(DataTypes.IntegerType, inner, true));
        StructType schema = new StructType();
        for (int i = 0; i < types.size(); i++) schema = schema.add("c" + i, types.get(i));
        return schema;
    }

    public List<Row> rows(StructType schema, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) rows.add(row(schema));
        return rows;
    }

    private Row row(StructType type) {
        Object[] values = new Object[type.length()];
        for (int i = 0; i < values.length; i++) {
            StructField field = type.fields()[i];
            values[i] = field.nullable() && random.nextDouble() < NULLS ? null : value(field.dataType());
        }
        return RowFactory.create(values);
    }

    private Object element(DataType type, boolean nullable) {
        return nullable && random.nextDouble() < NULLS ? null : value(type);
    }

    /** A value, as users of Spark have it. */
    public Object value(DataType type) {
        if (type instanceof StructType struct) return row(struct);
        if (type instanceof ArrayType array) {
            List<Object> elements = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--)
                elements.add(element(array.elementType(), array.containsNull()));
            return elements;
        }
        if (type instanceof MapType map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                entries.put(value(map.keyType()), element(map.valueType(), map.valueContainsNull()));
            }
            return entries;
        }
        if (type instanceof DecimalType decimal) {
            int digits = 1 + random.nextInt(decimal.precision());
            StringBuilder unscaled = new StringBuilder(random.nextBoolean() ? "-" : "");
            for (int i = 0; i < digits; i++) unscaled.append(random.nextInt(10));
            return new BigDecimal(new BigInteger(unscaled.toString()), decimal.scale());
        }
        if (type instanceof YearMonthIntervalType) return Period.ofMonths(random.nextInt(50_000) - 25_000);
        if (type instanceof DayTimeIntervalType interval) {
            return interval.endField() < 3
                    ? Duration.ofMinutes(random.nextInt(1_000_000) - 500_000)
                    : Duration.ofNanos(1_000 * (random.nextLong() % MICROS));
        }
        if (type instanceof TimeType) return LocalTime.ofNanoOfDay(1_000L * random.nextInt(1_000_000_000));
        return simpleValue(type);
    }

    private Object simpleValue(DataType type) {
        if (type.equals(DataTypes.BooleanType)) return random.nextBoolean();
        if (type.equals(DataTypes.ByteType)) return (byte) random.nextInt();
        if (type.equals(DataTypes.ShortType)) return (short) random.nextInt();
        if (type.equals(DataTypes.IntegerType)) return edge(Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt());
        if (type.equals(DataTypes.LongType)) return edge(Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong());
        if (type.equals(DataTypes.FloatType)) return edge(Float.NaN, -0.0f, random.nextFloat());
        if (type.equals(DataTypes.DoubleType)) return edge(Double.NaN, -0.0, random.nextGaussian());
        if (type.equals(DataTypes.StringType)) return edge("", "ä€😀\u0000x", "text " + random.nextInt(1000));
        if (type.equals(DataTypes.BinaryType)) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type.equals(DataTypes.DateType)) return LocalDate.ofEpochDay(random.nextInt(DAYS) - DAYS / 4);
        if (type.equals(DataTypes.TimestampType)) return Instant.EPOCH.plusNanos(1_000 * (random.nextLong() % MICROS));
        if (type.equals(DataTypes.TimestampNTZType)) {
            return LocalDateTime.of(1970, 1, 1, 0, 0).plusNanos(1_000 * (random.nextLong() % MICROS));
        }
        if (type.equals(DataTypes.CalendarIntervalType)) {
            return new CalendarInterval(random.nextInt(), random.nextInt(), random.nextLong() % MICROS);
        }
        if (type.equals(DataTypes.NullType)) return null;
        throw new IllegalArgumentException("no values of " + type);
    }

    private Object edge(Object one, Object other, Object common) {
        return switch (random.nextInt(8)) {
            case 0 -> one;
            case 1 -> other;
            default -> common;
        };
    }
}
