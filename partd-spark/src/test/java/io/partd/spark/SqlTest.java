package io.partd.spark;

import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SqlTest {
    @TempDir
    Path directory;

    private final SparkSession fresh = Spark.session().newSession();

    private List<String> sql(String statement) {
        return Spark.rows(fresh.sql(statement));
    }

    @Test
    void aStoreIsATableByItsPath() {
        Dataset<Row> rows = Spark.session().range(20).selectExpr("id", "id % 3 AS k");
        new Stores(directory).append(rows, "store", "hash(4, \"k\")");
        String table = "partd.`" + directory.resolve("store") + "`";
        assertEquals(List.of("[20,190]"), sql("SELECT count(*), sum(id) FROM " + table));
        sql("INSERT INTO " + table + " SELECT id, k FROM " + table + " WHERE k = 1");
        assertEquals(List.of("[27]"), sql("SELECT count(*) FROM " + table));
        sql("INSERT OVERWRITE " + table + " VALUES (7, 8)");
        assertEquals(List.of("[7,8]"), sql("SELECT * FROM " + table));
        // the hash of 34 is 2017239379 by Iceberg's specification
        assertEquals(List.of("[79]"), sql("SELECT partd.bucket(100, 34L)"));
    }

    @Test
    void aCatalogOfAWarehouse() {
        fresh.conf().set("spark.sql.catalog.x", PartdCatalog.class.getName());
        fresh.conf().set("spark.sql.catalog.x.warehouse", directory.toString());
        sql("CREATE TABLE x.a PARTITIONED BY (bucket(8, k)) AS SELECT id, id % 5 AS k FROM range(30)");
        sql("CREATE TABLE x.b (k BIGINT, name STRING) PARTITIONED BY (bucket(8, k))");
        assertEquals(List.of(), sql("SELECT * FROM x.b"));
        sql("INSERT INTO x.b VALUES (1, 'one'), (2, 'two')");
        Dataset<Row> joined = fresh.sql("SELECT name, count(*) FROM x.a JOIN x.b USING (k) GROUP BY name, k");
        assertEquals(List.of("[one,6]", "[two,6]"), Spark.rows(joined));
        assertEquals(0, Spark.exchanges(fresh.sql("SELECT * FROM x.a JOIN x.b USING (k)")));
        assertEquals(2, sql("SHOW TABLES IN x").size());
        sql("CREATE OR REPLACE TABLE x.b PARTITIONED BY (name) AS SELECT 'three' AS name");
        assertEquals(List.of("[three]"), sql("SELECT * FROM x.b"));
        assertThrows(AnalysisException.class, () -> sql("CREATE TABLE x.a PARTITIONED BY (k) AS SELECT 1 AS k"));
        sql("DROP TABLE x.a");
        assertThrows(AnalysisException.class, () -> sql("SELECT * FROM x.a"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> sql("CREATE TABLE x.c AS SELECT 1 AS k"))
                .getMessage()
                .contains("PARTITIONED BY"));
        sql("CREATE TABLE x.r (v INT) TBLPROPERTIES ('partitioner' = 'range(\"v\", 0, 15)')");
        sql("INSERT INTO x.r VALUES (-1), (0), (20)");
        assertEquals(List.of("[0]", "[20]"), sql("SELECT * FROM x.r WHERE v >= 0"));
        assertThrows(IllegalArgumentException.class, () -> sql("CREATE TABLE x.c (t DATE) PARTITIONED BY (years(t))"));
    }
}
