package io.partd.spark;

import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is done with rows that lie together already needs no exchange, and gives what it gives with one. */
final class JoinPlansTest {
    private static final String BUCKETING = "spark.sql.sources.v2.bucketing.enabled";

    @TempDir
    static Path directory;

    private static Stores stores;

    /** Keys that are in both, in one, and null; buckets that are missing on either side. */
    @BeforeAll
    static void write() {
        stores = new Stores(directory);
        SparkSession spark = Spark.session();
        Dataset<Row> left =
                spark.range(300).selectExpr("nullif(id % 40, 7) AS k", "id AS l", "concat('t', id % 5) AS t");
        Dataset<Row> right = spark.range(100).selectExpr("nullif(id % 50 + 20, 30) AS k", "id AS r");
        stores.append(left.limit(150), "left", "hash(8, \"k\")");
        stores.append(left.where("l >= 150"), "left", "hash(8, \"k\")");
        stores.append(right, "right", "hash(8, \"k\")");
        stores.append(right.where("k in (21, 22, 60)"), "few", "hash(8, \"k\")");
        stores.append(right, "five", "hash(5, \"k\")");
        stores.append(left, "texts", "hash(8, \"t\")");
        for (String name : List.of("left", "right", "few", "five", "texts")) {
            stores.read(name).createOrReplaceTempView(name);
        }
    }

    /** Asserts what holds whatever the plan, and gives the number of exchanges. */
    private static int exchanges(String sql) {
        SparkSession spark = Spark.session();
        List<String> rows = Spark.rows(spark.sql(sql));
        List<String> without = Spark.with(BUCKETING, false, () -> {
            Dataset<Row> plain = spark.sql(sql);
            assertTrue(Spark.exchanges(plain) > 0, sql);
            return Spark.rows(plain);
        });
        assertEquals(without, rows, sql);
        return Spark.exchanges(spark.sql(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM left JOIN right USING (k)",
                "SELECT * FROM left LEFT JOIN few USING (k)",
                "SELECT left.k, l, r FROM few FULL OUTER JOIN left ON few.k = left.k",
                "SELECT * FROM left LEFT SEMI JOIN right ON left.k = right.k",
                "SELECT * FROM left LEFT ANTI JOIN right ON left.k = right.k",
                "SELECT k, count(*), sum(l) FROM left GROUP BY k",
                "SELECT k, l, row_number() OVER (PARTITION BY k ORDER BY l) FROM left",
                "SELECT k, sum(l + r) FROM left JOIN right USING (k) GROUP BY k",
                "SELECT a.t, count(*) FROM texts a JOIN texts b ON a.t = b.t WHERE a.l < 20 AND b.l < 20 GROUP BY a.t"
            })
    void rowsOfAKeyAreNotExchanged(String sql) {
        assertEquals(0, exchanges(sql), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM left JOIN five USING (k)",
                "SELECT * FROM left JOIN right ON left.k <=> right.k",
                "SELECT l % 3, count(*) FROM left GROUP BY l % 3"
            })
    void whatDoesNotLieTogetherIsExchanged(String sql) {
        assertTrue(exchanges(sql) > 0, sql);
    }

    @Test
    void unequalBucketsGiveAllRowsWhateverTheSettings() {
        String sql = "SELECT * FROM left JOIN five USING (k)";
        List<String> plain =
                Spark.with(BUCKETING, false, () -> Spark.rows(Spark.session().sql(sql)));
        List<String> compatible = Spark.with(
                "spark.sql.sources.v2.bucketing.allowCompatibleTransforms.enabled",
                true,
                () -> Spark.rows(Spark.session().sql(sql)));
        assertEquals(plain, compatible);
    }
}
