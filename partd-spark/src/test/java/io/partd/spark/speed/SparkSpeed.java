package io.partd.spark.speed;

import java.io.IOException;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** Measures stores beside Spark's own Parquet, and prints what it took: see {@code benchmarks/README.md}. */
public final class SparkSpeed {
    /** What is not measured, so that classes are loaded and code is compiled, has one row of so many. */
    private static final int WARM_PART = 16;

    private static final int WARM_ROUNDS = 2;

    private SparkSpeed() {}

    public static void main(String[] args) throws IOException {
        SpeedOptions options = SpeedOptions.parse(args);
        SparkSession.Builder builder = SparkSession.builder()
                .master(options.master)
                .appName("partd speed")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", options.parts)
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.warehouse.dir", options.directory + "/warehouse");
        if (options.master.startsWith("local-cluster")) {
            builder.config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .config("spark.executor.extraJavaOptions", "-Dio.netty.noUnsafe=false");
        }
        for (String setting : options.settings) {
            String[] nameAndValue = setting.split("=", 2);
            builder.config(nameAndValue[0], nameAndValue[1]);
        }
        try (SparkSession spark = builder.getOrCreate()) {
            Contests warm = new Contests(spark, options, options.rows / WARM_PART);
            for (String each : options.contests) warm.run(each, WARM_ROUNDS);
            warm.clear();
            System.out.printf(
                    Locale.ROOT,
                    "Spark %s, %s, JDK %s, heap %,d MiB, %,d rows%n",
                    spark.version(),
                    options.master,
                    System.getProperty("java.version"),
                    Runtime.getRuntime().maxMemory() >> 20,
                    options.rows);
            Contests contests = new Contests(spark, options, options.rows);
            for (String each : options.contests)
                contests.run(each, options.rounds).print();
            contests.clear();
        }
    }
}
