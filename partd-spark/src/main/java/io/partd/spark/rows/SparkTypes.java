package io.partd.spark.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Which type of Arrow holds which of Spark SQL's, both ways. What Arrow's type does not say by itself (the precision of
 * a time, the fields of an interval) is kept as Spark's own schema in the metadata of Arrow's.
 */
public final class SparkTypes {
    /** Spark's schema as JSON, in the metadata of an Arrow schema that does not say all of it. */
    private static final String SPARK_SCHEMA = "partd.spark.schema";

    private static final String UTC = "UTC";
    private static final int DECIMAL_BITS = 128;
    private static final int TIME_BITS = 64;

    private SparkTypes() {}

    /**
     * The schema in which rows of this one are stored.
     *
     * @throws IllegalArgumentException if Arrow has no type for a column, which it names
     */
    public static Schema toArrow(StructType schema) {
        List<Field> fields = new ArrayList<>();
        for (StructField field : schema.fields()) {
            fields.add(field(field.name(), field.dataType(), field.nullable(), field.name()));
        }
        Map<String, String> metadata = new HashMap<>();
        StructType plain = withoutMetadata(schema);
        if (!ofFields(fields).equals(plain)) metadata.put(SPARK_SCHEMA, plain.json());
        return new Schema(fields, metadata);
    }

    /**
     * Spark's schema of what is stored.
     *
     * @throws IllegalArgumentException if Spark cannot read a column, which it names
     */
    public static StructType toSpark(Schema stored) {
        String json = stored.getCustomMetadata().get(SPARK_SCHEMA);
        if (json != null && DataType.fromJson(json) instanceof StructType exact) {
            if (toArrow(exact).getFields().equals(stored.getFields())) return exact;
        }
        return ofFields(stored.getFields());
    }

    /** Whether two types are the same but for where nulls may be. */
    public static boolean equal(DataType one, DataType other) {
        return one.asNullable().equals(other.asNullable());
    }

    /** The field of a column. */
    public static Field field(StructField column) {
        return field(column.name(), column.dataType(), column.nullable(), column.name());
    }

    private static StructType withoutMetadata(StructType schema) {
        StructField[] fields = Arrays.stream(schema.fields())
                .map(field -> DataTypes.createStructField(field.name(), field.dataType(), field.nullable()))
                .toArray(StructField[]::new);
        return new StructType(fields);
    }

    private static Field field(String name, DataType type, boolean nullable, String column) {
        List<Field> children = new ArrayList<>();
        if (type instanceof ArrayType array) {
            children.add(field("element", array.elementType(), array.containsNull(), column));
        } else if (type instanceof MapType map) {
            children.add(entries(map, column));
        } else if (type instanceof StructType struct) {
            for (StructField each : struct.fields()) {
                children.add(field(each.name(), each.dataType(), each.nullable(), column));
            }
        }
        return new Field(name, new FieldType(nullable, arrowType(type, column), null), children);
    }

    private static Field entries(MapType map, String column) {
        List<Field> both = List.of(
                field(MapVector.KEY_NAME, map.keyType(), false, column),
                field(MapVector.VALUE_NAME, map.valueType(), map.valueContainsNull(), column));
        return new Field(MapVector.DATA_VECTOR_NAME, FieldType.notNullable(ArrowType.Struct.INSTANCE), both);
    }

    private static ArrowType arrowType(DataType type, String column) {
        ArrowType simple = simpleType(type);
        if (simple != null) return simple;
        if (type instanceof DecimalType decimal) {
            return new ArrowType.Decimal(decimal.precision(), decimal.scale(), DECIMAL_BITS);
        }
        if (type instanceof StringType text && text.equals(DataTypes.StringType)) return ArrowType.Utf8.INSTANCE;
        if (type instanceof TimeType) return new ArrowType.Time(TimeUnit.NANOSECOND, TIME_BITS);
        if (type instanceof YearMonthIntervalType) return new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
        if (type instanceof DayTimeIntervalType) return new ArrowType.Duration(TimeUnit.MICROSECOND);
        if (type instanceof ArrayType) return ArrowType.List.INSTANCE;
        if (type instanceof MapType) return new ArrowType.Map(false);
        if (type instanceof StructType) return ArrowType.Struct.INSTANCE;
        throw new IllegalArgumentException("column \"" + column + "\" is or holds a value of type " + type.sql()
                + ", which cannot be stored: cast it to another type, or leave it out");
    }

    /** Of a type without parameters; null of any other. */
    private static ArrowType simpleType(DataType type) {
        if (type.equals(DataTypes.BooleanType)) return ArrowType.Bool.INSTANCE;
        if (type.equals(DataTypes.ByteType)) return new ArrowType.Int(Byte.SIZE, true);
        if (type.equals(DataTypes.ShortType)) return new ArrowType.Int(Short.SIZE, true);
        if (type.equals(DataTypes.IntegerType)) return new ArrowType.Int(Integer.SIZE, true);
        if (type.equals(DataTypes.LongType)) return new ArrowType.Int(Long.SIZE, true);
        if (type.equals(DataTypes.FloatType)) return new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
        if (type.equals(DataTypes.DoubleType)) return new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        if (type.equals(DataTypes.BinaryType)) return ArrowType.Binary.INSTANCE;
        if (type.equals(DataTypes.DateType)) return new ArrowType.Date(DateUnit.DAY);
        if (type.equals(DataTypes.TimestampType)) return new ArrowType.Timestamp(TimeUnit.MICROSECOND, UTC);
        if (type.equals(DataTypes.TimestampNTZType)) return new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
        if (type.equals(DataTypes.CalendarIntervalType)) return new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
        if (type.equals(DataTypes.NullType)) return ArrowType.Null.INSTANCE;
        return null;
    }

    private static StructType ofFields(List<Field> fields) {
        List<StructField> columns = new ArrayList<>();
        for (Field field : fields) columns.add(column(field, field.getName()));
        return DataTypes.createStructType(columns);
    }

    private static StructField column(Field field, String column) {
        return DataTypes.createStructField(field.getName(), sparkType(field, column), field.isNullable());
    }

    private static DataType sparkType(Field field, String column) {
        ArrowType type = field.getType();
        DataType simple = simpleOf(type);
        if (simple != null) return simple;
        List<Field> children = field.getChildren();
        if (type instanceof ArrowType.List) {
            Field element = children.get(0);
            return DataTypes.createArrayType(sparkType(element, column), element.isNullable());
        }
        if (type instanceof ArrowType.Map) {
            Field key = children.get(0).getChildren().get(0);
            Field value = children.get(0).getChildren().get(1);
            return DataTypes.createMapType(sparkType(key, column), sparkType(value, column), value.isNullable());
        }
        if (type instanceof ArrowType.Struct) {
            return DataTypes.createStructType(
                    children.stream().map(child -> column(child, column)).toArray(StructField[]::new));
        }
        throw new IllegalArgumentException("column \"" + column + "\" is or holds a value of Arrow's type " + type
                + ", which Spark cannot read: read this store with ArrowPartd, and write that column as another type");
    }

    private static DataType simpleOf(ArrowType type) {
        return switch (type.getTypeID()) {
            case Bool -> DataTypes.BooleanType;
            case Int -> integer((ArrowType.Int) type);
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                    case SINGLE -> DataTypes.FloatType;
                    case DOUBLE -> DataTypes.DoubleType;
                    case HALF -> null;
                };
            case Utf8, LargeUtf8 -> DataTypes.StringType;
            case Binary, LargeBinary -> DataTypes.BinaryType;
            case Decimal -> decimal((ArrowType.Decimal) type);
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? DataTypes.DateType : null;
            case Timestamp -> timestamp((ArrowType.Timestamp) type);
            case Time ->
                ((ArrowType.Time) type).getUnit() == TimeUnit.NANOSECOND
                        ? TimeType.apply(TimeType.MICROS_PRECISION())
                        : null;
            case Interval -> interval((ArrowType.Interval) type);
            case Duration ->
                ((ArrowType.Duration) type).getUnit() == TimeUnit.MICROSECOND
                        ? DataTypes.createDayTimeIntervalType()
                        : null;
            case Null -> DataTypes.NullType;
            default -> null;
        };
    }

    private static DataType integer(ArrowType.Int type) {
        if (!type.getIsSigned()) return null;
        return switch (type.getBitWidth()) {
            case Byte.SIZE -> DataTypes.ByteType;
            case Short.SIZE -> DataTypes.ShortType;
            case Integer.SIZE -> DataTypes.IntegerType;
            default -> DataTypes.LongType;
        };
    }

    private static DataType decimal(ArrowType.Decimal type) {
        boolean fits =
                type.getBitWidth() == DECIMAL_BITS && type.getScale() >= 0 && type.getScale() <= type.getPrecision();
        return fits ? DataTypes.createDecimalType(type.getPrecision(), type.getScale()) : null;
    }

    private static DataType timestamp(ArrowType.Timestamp type) {
        if (type.getUnit() != TimeUnit.MICROSECOND) return null;
        return type.getTimezone() == null ? DataTypes.TimestampNTZType : DataTypes.TimestampType;
    }

    private static DataType interval(ArrowType.Interval type) {
        return switch (type.getUnit()) {
            case YEAR_MONTH -> DataTypes.createYearMonthIntervalType();
            case MONTH_DAY_NANO -> DataTypes.CalendarIntervalType;
            case DAY_TIME -> null;
        };
    }
}
