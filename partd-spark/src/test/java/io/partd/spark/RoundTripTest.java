package io.partd.spark;

import io.partd.spark.testing.EveryType;
import io.partd.spark.testing.Spark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class RoundTripTest {
    private static final int ROWS = 500;

    @TempDir
    Path directory;

    private String store() {
        return directory.resolve("store").toString();
    }

    private Dataset<Row> read() {
        return Spark.session().read().format("partd").load(store());
    }

    @Test
    void valuesOfEveryTypeComeBack() {
        StructType schema = EveryType.schema();
        Dataset<Row> written = Spark.session().createDataFrame(new EveryType(7).rows(schema, ROWS), schema);
        written.write()
                .format("partd")
                .option("partitioner", "hash(5, \"c3\")")
                .mode("append")
                .save(store());
        assertEquals(schema, read().schema());
        assertEquals(hashed(written), hashed(read()));
    }

    /** Rows as text that shows the bytes of binary values, too. */
    private static List<String> hashed(Dataset<Row> rows) {
        return Spark.rows(rows.withColumn("c11", functions.hex(functions.col("c11"))));
    }

    /** Each value is looked for in one query of all: each query takes a fraction of a second to plan. */
    @ParameterizedTest
    @ValueSource(strings = {"boolean", "int", "decimal(38,10)", "string", "date", "timestamp", "timestamp_ntz"})
    void valuesAreFoundAgainThatAStoreIsPartitionedBy(String type) {
        StructType schema = new StructType().add("k", DataType.fromDDL(type)).add("id", DataTypes.LongType);
        Dataset<Row> written = Spark.session().createDataFrame(new EveryType(8).rows(schema, 60), schema);
        written.write()
                .format("partd")
                .option("partitioner", "values(\"k\")")
                .mode("append")
                .save(store());
        assertEquals(Spark.rows(written), Spark.rows(read()));
        for (Row value : written.select("k").distinct().limit(3).collectAsList()) {
            Column found = functions.col("k").eqNullSafe(value.get(0));
            assertEquals(Spark.rows(written.where(found)), Spark.rows(read().where(found)), value::toString);
        }
    }

    @Test
    void aTypeThatArrowHasNotIsRefusedWithItsColumn() {
        Dataset<Row> rows = Spark.session().sql("SELECT 1 AS id, named_struct('inner', parse_json('{}')) AS odd");
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> rows.write()
                        .format("partd")
                        .option("partitioner", "hash(2, \"id\")")
                        .mode("append")
                        .save(store()));
        assertTrue(refused.getMessage().contains("\"odd\""), refused::getMessage);
        assertTrue(refused.getMessage().contains("VARIANT"), refused::getMessage);
    }

    @Test
    void columnsOfOddNamesAndNoColumnsAtAll() {
        Dataset<Row> rows =
                Spark.session().range(100).selectExpr("id AS `a.b`", "id % 7 AS `my col`", "'x' AS `q``s\"`");
        rows.write()
                .format("partd")
                .option("partitioner", "hash(3, \"a.b\")")
                .mode("append")
                .save(store());
        assertEquals(Spark.rows(rows), Spark.rows(read()));
        assertEquals(100, read().count());
        assertEquals(Spark.rows(rows.select("`my col`")), Spark.rows(read().select("`my col`")));
        assertEquals(1, read().where("`a.b` = 17").count());
    }
}
