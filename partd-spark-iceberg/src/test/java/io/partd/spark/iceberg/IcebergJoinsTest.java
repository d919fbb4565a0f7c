package io.partd.spark.iceberg;

import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A store and an Iceberg table that are bucketed alike join without an exchange. Whatever the plan and the settings,
 * the rows are those of the plan that knows nothing of buckets.
 */
@Tag("slow")
@EnabledForJreRange(
        maxVersion = 23,
        disabledReason = "Spark 4.1's Hadoop calls Subject.getSubject, which JDK 24 and later refuse")
final class IcebergJoinsTest {
    private static final String BUCKETING = "spark.sql.sources.v2.bucketing.";
    private static final String GROUPING = "spark.sql.iceberg.planning.preserve-data-grouping";
    /** By type, the key as an expression of a number; each gives a null and values that one side lacks. */
    private static final List<String> TYPES = List.of(
            "int: CAST(n AS INT)",
            "bigint: n",
            "string: concat('key ', n)",
            "date: date_add(DATE'2026-01-01', CAST(n AS INT))",
            "timestamp: timestamp_seconds(n * 1000)",
            "timestamp_ntz: CAST(timestamp_seconds(n * 1000) AS TIMESTAMP_NTZ)",
            "decimal: CAST(n / 4 AS DECIMAL(12, 2))",
            "binary: CAST(concat('key ', n) AS BINARY)");

    /** Of Spark, beside those that are on. */
    private static final List<List<String>> SETTINGS = List.of(
            List.of(),
            List.of("allowCompatibleTransforms"),
            List.of("partiallyClusteredDistribution"),
            List.of("allowCompatibleTransforms", "partiallyClusteredDistribution"),
            List.of("allowCompatibleTransforms", "allowJoinKeysSubsetOfPartitionKeys"));

    @TempDir
    static Path directory;

    private static SparkSession spark;

    /** By type a store and a table; and tables that are bucketed otherwise than the store. */
    @BeforeAll
    static void write() {
        spark = Spark.session();
        spark.conf().set("spark.sql.catalog.ice", "org.apache.iceberg.spark.SparkCatalog");
        spark.conf().set("spark.sql.catalog.ice.type", "hadoop");
        spark.conf()
                .set("spark.sql.catalog.ice.warehouse", directory.resolve("ice").toString());
        spark.conf().set(GROUPING, true);
        Stores stores = new Stores(directory);
        for (String each : TYPES) {
            String type = each.substring(0, each.indexOf(':'));
            Dataset<Row> left = rows(each, "nullif(id % 40, 7)", "l");
            stores.append(left.where("l < 150"), type, "hash(8, \"k\")");
            stores.append(left.where("l >= 150"), type, "hash(8, \"k\")");
            stores.read(type).createOrReplaceTempView("s_" + type);
            table("t_" + type, 8, rows(each, "nullif(id % 50 + 20, 30)", "r"));
        }
        Dataset<Row> right = rows("bigint: n", "nullif(id % 50 + 20, 30)", "r");
        table("four", 4, right);
        table("twelve", 12, right);
        table("few", 8, right.where("k in (21, 22, 60)"));
    }

    private static Dataset<Row> rows(String key, String number, String value) {
        return spark.range(300)
                .selectExpr(number + " AS n", "id AS " + value)
                .selectExpr(key.substring(key.indexOf(':') + 1) + " AS k", value);
    }

    /** Written by two inserts: several files a bucket. */
    private static void table(String name, int buckets, Dataset<Row> rows) {
        rows.createOrReplaceTempView("source");
        spark.sql("CREATE TABLE ice." + name + " USING iceberg PARTITIONED BY (bucket(" + buckets + ", k))"
                + " TBLPROPERTIES ('format-version' = '2', 'write.delete.mode' = 'merge-on-read')"
                + " AS SELECT * FROM source WHERE r % 2 = 0");
        spark.sql("INSERT INTO ice." + name + " SELECT * FROM source WHERE r % 2 = 1");
    }

    /** Asserts that the rows are right, and gives the number of exchanges. */
    private static int exchanges(String sql) {
        Dataset<Row> result = spark.sql(sql);
        List<String> rows = Spark.rows(result);
        List<String> without = Spark.with(BUCKETING + "enabled", false, () -> {
            Dataset<Row> plain = spark.sql(sql);
            assertTrue(Spark.exchanges(plain) > 0, sql);
            return Spark.rows(plain);
        });
        assertFalse(rows.isEmpty(), sql);
        assertEquals(without, rows, sql);
        return Spark.exchanges(result);
    }

    static Stream<String> types() {
        return TYPES.stream().map(each -> each.substring(0, each.indexOf(':')));
    }

    @ParameterizedTest
    @MethodSource("types")
    void joinsOfEveryType(String type) {
        String from = " FROM s_" + type + " s FULL OUTER JOIN ice.t_" + type + " t ON s.k = t.k";
        assertEquals(0, exchanges("SELECT CAST(s.k AS STRING), l, CAST(t.k AS STRING), r" + from));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, l, r FROM s_bigint JOIN ice.t_bigint USING (k)",
                "SELECT k, l, r FROM ice.t_bigint JOIN s_bigint USING (k)",
                "SELECT k, l, r FROM s_bigint LEFT JOIN ice.few USING (k)",
                "SELECT s.k, l, r FROM ice.few t RIGHT JOIN s_bigint s ON s.k = t.k",
                "SELECT * FROM s_bigint s LEFT SEMI JOIN ice.t_bigint t ON s.k = t.k",
                "SELECT * FROM s_bigint s LEFT ANTI JOIN ice.t_bigint t ON s.k = t.k",
                "SELECT * FROM ice.t_bigint t LEFT ANTI JOIN s_bigint s ON s.k = t.k",
                "SELECT k, count(*), sum(l + r) FROM s_string JOIN ice.t_string USING (k) GROUP BY k",
                "SELECT k, l, r, row_number() OVER (PARTITION BY k ORDER BY l, r) FROM s_date JOIN ice.t_date USING (k)"
            })
    void rowsOfAKeyAreNotExchanged(String sql) {
        assertEquals(0, exchanges(sql), sql);
    }

    @Test
    void deletedRowsOfTheTableAreGone() {
        table("less", 8, rows("bigint: n", "nullif(id % 50 + 20, 30)", "r"));
        spark.sql("DELETE FROM ice.less WHERE r % 3 = 0");
        assertEquals(200, spark.table("ice.less").count());
        assertEquals(0, exchanges("SELECT k, l, r FROM s_bigint JOIN ice.less USING (k)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, l, r FROM s_bigint JOIN ice.four USING (k)",
                "SELECT k, l, r FROM s_int s JOIN ice.t_bigint t USING (k)",
                "SELECT s.k, l, r FROM s_bigint s JOIN ice.t_bigint t ON s.k <=> t.k"
            })
    void whatDoesNotLieAlikeIsExchanged(String sql) {
        assertTrue(exchanges(sql) > 0, sql);
    }

    /** Spark may take n buckets for those of a divisor of n, each side by itself: rows would be lost without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"four", "twelve"})
    void unequalNumbersOfBucketsLoseNoRows(String table) {
        String sql = "SELECT s.k, l, t.k, r FROM ice." + table + " t FULL OUTER JOIN s_bigint s ON s.k = t.k";
        List<String> right = Spark.with(BUCKETING + "enabled", false, () -> Spark.rows(spark.sql(sql)));
        assertFalse(right.isEmpty());
        for (List<String> on : SETTINGS) {
            assertEquals(right, with(on, () -> Spark.rows(spark.sql(sql))), () -> on + ": " + sql);
        }
    }

    /** With several of Spark's settings on. */
    private static <T> T with(List<String> on, Supplier<T> action) {
        if (on.isEmpty()) return action.get();
        return Spark.with(BUCKETING + on.get(0) + ".enabled", true, () -> with(on.subList(1, on.size()), action));
    }
}
