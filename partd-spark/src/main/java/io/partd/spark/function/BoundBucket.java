package io.partd.spark.function;

import io.partd.arrow.partition.ValueHash;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimeType;

/**
 * The bucket of the values of one type. Where Iceberg has the same function it has the same canonical name, by which
 * Spark knows that tables of both lie alike. It does not reduce one number of buckets to another: where these differ,
 * Spark shuffles.
 */
final class BoundBucket implements ScalarFunction<Integer> {
    private static final long serialVersionUID = 1;
    private static final int NANOS_PER_MICRO = 1_000;

    @SuppressWarnings("serial") // each of Spark's types is serializable, though their class does not say so
    private final DataType type;

    private final String canonicalName;
    private final Hash hash;

    /** The hash of the value at a place. */
    private interface Hash extends Serializable {
        int of(SpecializedGetters row, int at);
    }

    private BoundBucket(DataType type, String canonicalName, Hash hash) {
        this.type = type;
        this.canonicalName = canonicalName;
        this.hash = hash;
    }

    /** @throws UnsupportedOperationException if values of the type have no hash */
    static BoundBucket of(DataType type) {
        if (type.equals(DataTypes.IntegerType)) return iceberg(type, "int", (row, at) -> ValueHash.of(row.getInt(at)));
        if (type.equals(DataTypes.ShortType)) return iceberg(type, "int", (row, at) -> ValueHash.of(row.getShort(at)));
        if (type.equals(DataTypes.ByteType)) return iceberg(type, "int", (row, at) -> ValueHash.of(row.getByte(at)));
        if (type.equals(DataTypes.LongType)) return iceberg(type, "bigint", (row, at) -> ValueHash.of(row.getLong(at)));
        if (type.equals(DataTypes.DateType)) return iceberg(type, "date", (row, at) -> ValueHash.of(row.getInt(at)));
        if (type.equals(DataTypes.TimestampType)) {
            return iceberg(type, "timestamp", (row, at) -> ValueHash.of(row.getLong(at)));
        }
        if (type.equals(DataTypes.TimestampNTZType)) {
            return iceberg(type, "timestamp_ntz", (row, at) -> ValueHash.of(row.getLong(at)));
        }
        if (type.equals(DataTypes.BinaryType)) {
            return iceberg(type, "binary", (row, at) -> ValueHash.of(row.getBinary(at)));
        }
        if (type instanceof StringType && type.equals(DataTypes.StringType)) {
            return iceberg(
                    type,
                    "string",
                    (row, at) -> ValueHash.of(row.getUTF8String(at).getBytes()));
        }
        if (type instanceof DecimalType decimal) return ofDecimals(decimal);
        return ofOurs(type);
    }

    private static BoundBucket ofDecimals(DecimalType type) {
        int precision = type.precision();
        int scale = type.scale();
        return iceberg(
                type,
                "decimal",
                (row, at) -> ValueHash.of(
                        row.getDecimal(at, precision, scale).toJavaBigDecimal().setScale(scale)));
    }

    /** What Iceberg has no buckets of. */
    private static BoundBucket ofOurs(DataType type) {
        if (type.equals(DataTypes.BooleanType))
            return ours(type, (row, at) -> ValueHash.of(row.getBoolean(at) ? 1L : 0L));
        if (type.equals(DataTypes.FloatType)) return ours(type, (row, at) -> ValueHash.of((double) row.getFloat(at)));
        if (type.equals(DataTypes.DoubleType)) return ours(type, (row, at) -> ValueHash.of(row.getDouble(at)));
        if (type instanceof TimeType) {
            return ours(type, (row, at) -> ValueHash.of(Math.floorDiv(row.getLong(at), NANOS_PER_MICRO)));
        }
        throw new UnsupportedOperationException("values of type " + type.sql() + " have no bucket");
    }

    private static BoundBucket iceberg(DataType type, String name, Hash hash) {
        return new BoundBucket(type, "iceberg.bucket(" + name + ")", hash);
    }

    private static BoundBucket ours(DataType type, Hash hash) {
        return new BoundBucket(type, "partd.bucket(" + type.catalogString() + ")", hash);
    }

    @Override
    public Integer produceResult(InternalRow input) {
        if (input.isNullAt(0) || input.isNullAt(1)) return null;
        int n = input.getInt(0);
        if (n < 1) throw new IllegalArgumentException("bucket makes 1 or more parts, not " + n);
        return ValueHash.part(hash.of(input, 1), n);
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {DataTypes.IntegerType, type};
    }

    @Override
    public DataType resultType() {
        return DataTypes.IntegerType;
    }

    @Override
    public String name() {
        return BucketFunction.NAME;
    }

    @Override
    public String canonicalName() {
        return canonicalName;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundBucket bucket && type.equals(bucket.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }
}
