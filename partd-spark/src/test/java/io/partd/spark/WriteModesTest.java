package io.partd.spark;

import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.file.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class WriteModesTest {
    private static final String HASH = "hash(4, \"id\")";

    @TempDir
    Path directory;

    private static Dataset<Row> rows(long from, long to) {
        return Spark.session().range(from, to).selectExpr("id", "concat('v', id) AS v");
    }

    private DataFrameWriter<Row> writer(Dataset<Row> rows) {
        return rows.write().format("partd").option("partitioner", HASH);
    }

    private String store() {
        return directory.resolve("store").toString();
    }

    private Dataset<Row> read() {
        return new Stores(directory).read("store");
    }

    @Test
    void modesDoWhatTheySay() {
        writer(rows(0, 10)).mode("error").save(store());
        assertEquals(Spark.rows(rows(0, 10)), Spark.rows(read()));
        assertThrows(
                AnalysisException.class,
                () -> writer(rows(10, 20)).mode("error").save(store()));
        writer(rows(10, 20)).mode("ignore").save(store());
        assertEquals(Spark.rows(rows(0, 10)), Spark.rows(read()));
        writer(rows(10, 20)).mode("append").save(store());
        assertEquals(Spark.rows(rows(0, 20)), Spark.rows(read()));
        rows(5, 7).write().format("partd").mode("overwrite").save(store());
        assertEquals(Spark.rows(rows(5, 7)), Spark.rows(read()));
        writer(rows(0, 0)).mode("overwrite").save(store());
        assertEquals(0, read().count());
        assertEquals(rows(0, 1).schema().fieldNames().length, read().schema().length());
    }

    @Test
    void anOverwriteMayPartitionOtherwise() {
        writer(rows(0, 100)).mode("append").save(store());
        for (String partitioner : new String[] {"hash(3, \"v\")", "range(\"id\", 5, 50)", "values(\"v\")"}) {
            rows(50, 60)
                    .write()
                    .format("partd")
                    .option("partitioner", partitioner)
                    .mode("overwrite")
                    .save(store());
            assertEquals(Spark.rows(rows(50, 60)), Spark.rows(read()), partitioner);
            assertEquals(
                    "[57,v57]", read().where("id = 57 AND v = 'v57'").first().toString());
            rows(60, 70).write().format("partd").mode("append").save(store());
            assertEquals(Spark.rows(rows(50, 70)), Spark.rows(read()), partitioner);
        }
        refused("values(\"v\")", () -> writer(rows(0, 1)).mode("append").save(store()));
        assertEquals(Spark.rows(rows(50, 70)), Spark.rows(read()));
    }

    @Test
    void aReaderSeesOneGenerationFromBeginningToEnd() {
        writer(rows(0, 10)).mode("append").save(store());
        Dataset<Row> before = read();
        writer(rows(10, 20)).mode("append").save(store());
        assertEquals(10, before.count());
        assertEquals(20, read().count());
    }

    @Test
    void columnsAreFoundByTheirNames() {
        writer(rows(0, 10)).mode("append").save(store());
        rows(10, 20).select("v", "id").write().format("partd").mode("append").save(store());
        assertEquals(Spark.rows(rows(0, 20)), Spark.rows(read()));
        assertThrows(
                AnalysisException.class,
                () -> rows(0, 5)
                        .select("id")
                        .write()
                        .format("partd")
                        .mode("append")
                        .save(store()));
        assertEquals(20, read().count());
    }

    @Test
    void shuffledRowsLieInOneChunkAKey() {
        Dataset<Row> many = rows(0, 1000).repartition(4);
        writer(many).option("shuffle", true).mode("append").save(store());
        assertEquals(Spark.rows(rows(0, 1000)), Spark.rows(read()));
        writer(many)
                .option("shuffle", true)
                .option("partitioner", "values(\"v\")")
                .mode("append")
                .save(directory.resolve("values").toString());
        assertEquals(1000, new Stores(directory).read("values").count());
    }

    @Test
    void littleMemoryAndCompressionGiveTheSameRows() {
        for (String codec : new String[] {"none", "lz4", "zstd"}) {
            String path = directory.resolve(codec).toString();
            writer(rows(0, 100_000))
                    .option("memory", "1m")
                    .option("compression", codec)
                    .mode("append")
                    .save(path);
            Row sums = Spark.session()
                    .read()
                    .format("partd")
                    .load(path)
                    .selectExpr("sum(id)", "count(DISTINCT v)")
                    .first();
            assertEquals("[4999950000,100000]", sums.toString(), codec);
        }
    }

    @Test
    void aJobOfOneNameIsCommittedOnce() {
        for (int i = 0; i < 3; i++)
            writer(rows(0, 10)).option("jobId", "monday").mode("append").save(store());
        assertEquals(Spark.rows(rows(0, 10)), Spark.rows(read()));
    }

    @Test
    void whatIsWrongIsSaidAndChangesNothing() {
        writer(rows(0, 10)).mode("append").save(store());
        refused(
                "\"partitioner\"",
                () -> rows(0, 1).write().format("partd").mode("append").save(store() + "2"));
        refused(
                "hash(4, \"id\")",
                () -> writer(rows(0, 1))
                        .option("partitioner", "hash(5, \"id\")")
                        .mode("append")
                        .save(store()));
        refused(
                "is no partitioner",
                () -> writer(rows(0, 1))
                        .option("partitioner", "hash(id)")
                        .mode("append")
                        .save(store()));
        refused(
                "\"nope\"",
                () -> writer(rows(0, 1))
                        .option("partitioner", "hash(4, \"nope\")")
                        .mode("append")
                        .save(store() + "2"));
        refused(
                "\"memory\"",
                () -> writer(rows(0, 1)).option("memory", "12").mode("append").save(store()));
        refused(
                "\"compression\"",
                () -> writer(rows(0, 1))
                        .option("compression", "gzip")
                        .mode("append")
                        .save(store()));
        refused(
                "\"shuffle\"",
                () -> writer(rows(0, 1))
                        .option("shuffle", "perhaps")
                        .mode("append")
                        .save(store()));
        refused(
                "there is no store",
                () -> Spark.session().read().format("partd").load(store() + "2"));
        refused("no path", () -> Spark.session().read().format("partd").load());
        assertEquals(Spark.rows(rows(0, 10)), Spark.rows(read()));
    }

    private static void refused(String said, Runnable action) {
        Exception refused = assertThrows(IllegalArgumentException.class, action::run);
        assertTrue(refused.getMessage().contains(said), refused::getMessage);
    }
}
