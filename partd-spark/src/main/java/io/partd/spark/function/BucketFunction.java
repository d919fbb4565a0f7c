package io.partd.spark.function;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * {@code bucket(n, column)}: which of {@code n} parts {@code Partitioner.hash(n, column)} gives a value; null of null.
 */
public final class BucketFunction implements UnboundFunction {
    public static final String NAME = "bucket";

    private static final long serialVersionUID = 1;

    @Override
    public BoundFunction bind(StructType inputType) {
        StructField[] inputs = inputType.fields();
        if (inputs.length != 2 || !inputs[0].dataType().equals(DataTypes.IntegerType)) {
            throw new UnsupportedOperationException("bucket takes a number of buckets, an int, and a value");
        }
        return BoundBucket.of(inputs[1].dataType());
    }

    @Override
    public String description() {
        return "bucket(n, value): which of n parts a store partitioned by hash(n, column) has a value in";
    }

    @Override
    public String name() {
        return NAME;
    }
}
