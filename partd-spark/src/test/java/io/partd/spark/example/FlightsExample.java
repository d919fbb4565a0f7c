package io.partd.spark.example;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the sample flights with a local Spark, reads one airport's, and joins them with themselves. */
public final class FlightsExample {
    private FlightsExample() {}

    /** Takes the sample, and the directory of the store. */
    public static void main(String[] args) throws IOException {
        String store = Path.of(args[1]).toAbsolutePath().toString();
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("partd example")
                .config("spark.ui.enabled", false)
                .getOrCreate()) {
            Dataset<Row> flights = spark.read().parquet(args[0]);
            flights.write()
                    .format("partd")
                    .option("partitioner", "hash(16, \"origin\")")
                    .mode("overwrite")
                    .save(store);
            Dataset<Row> stored = spark.read().format("partd").load(store);
            stored.where("origin = 'ATL'")
                    .selectExpr("count(*) AS flights", "avg(delay) AS delay")
                    .show();
            Dataset<Row> busiest = spark.sql("SELECT origin, count(*) AS flights FROM partd.`" + store
                    + "` GROUP BY origin ORDER BY flights DESC LIMIT 5");
            busiest.show();
            stored.groupBy("origin").count().explain();
        }
    }
}
