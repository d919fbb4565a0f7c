package io.partd.spark;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.spark.function.BucketFunction;
import io.partd.spark.rows.RowBatch;
import io.partd.spark.rows.SparkTypes;
import io.partd.spark.testing.EveryType;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class BucketFunctionTest {
    private static final int VALUES = 300;

    static Stream<DataType> hashed() {
        Stream<DataType> simple = EveryType.simple().stream()
                .filter(type -> !(type instanceof DayTimeIntervalType) && !(type instanceof YearMonthIntervalType));
        return Stream.concat(simple, Stream.of(TimeType.apply(6)));
    }

    @ParameterizedTest
    @MethodSource("hashed")
    void theFunctionGivesTheKeyThatThePartitionerDoes(DataType type) {
        EveryType values = new EveryType(11);
        Random random = new Random(12);
        for (int i = 0; i < VALUES; i++) {
            int n = 1 + random.nextInt(1000);
            Object value = CatalystTypeConverters.convertToCatalyst(values.value(type));
            assertEquals(key(type, value, n), bucket(type, value, n), () -> type.sql() + " " + value + " of " + n);
        }
        assertEquals("\\N", key(type, null, 7));
        assertEquals("null", bucket(type, null, 7));
    }

    private static String key(DataType type, Object value, int n) {
        StructType schema = new StructType().add("c", type);
        try (RowBatch batch = new RowBatch(SparkTypes.toArrow(schema), ArrowPartd.sharedAllocator())) {
            batch.add(new GenericInternalRow(new Object[] {value}));
            Map<String, VectorSchemaRoot> parts = Partitioner.hash(n, "c").split(batch.table());
            parts.values().forEach(VectorSchemaRoot::close);
            return parts.keySet().iterator().next();
        }
    }

    private static String bucket(DataType type, Object value, int n) {
        StructType input = new StructType().add("n", DataTypes.IntegerType).add("c", type);
        ScalarFunction<?> function = (ScalarFunction<?>) new BucketFunction().bind(input);
        InternalRow row = new GenericInternalRow(new Object[] {n, value});
        return String.valueOf(function.produceResult(row));
    }

    @Test
    void typesWithoutAHashAndOtherArgumentsAreRefused() {
        StructType array = new StructType()
                .add("n", DataTypes.IntegerType)
                .add("c", DataTypes.createArrayType(DataTypes.IntegerType));
        assertThrows(UnsupportedOperationException.class, () -> new BucketFunction().bind(array));
        StructType one = new StructType().add("n", DataTypes.IntegerType);
        assertThrows(UnsupportedOperationException.class, () -> new BucketFunction().bind(one));
    }
}
