package io.partd.spark.testing;

import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A driver of its own, which appends rows to a store. Processes end at the places that it is told. */
public final class DyingJob {
    public static final int ROWS = 40_000;
    /** How a process ends that was told to. */
    public static final int DIED = 17;

    /** Where a process ends. */
    public enum Death {
        NONE,
        /** The process of a task, in the middle of its rows, when it has written some. */
        IN_TASK,
        /** The driver, once the rows are committed, before anybody was told. */
        AFTER_COMMIT
    }

    private DyingJob() {}

    /** Takes the master, the store, the name of the job, the death, and the class path of executors. */
    public static void main(String[] args) throws IOException {
        Death death = Death.valueOf(args[3]);
        try (SparkSession spark = session(args[0], args[4])) {
            rows(spark, death)
                    .write()
                    .format("partd")
                    .option("partitioner", "hash(4, \"k\")")
                    .option("memory", "1m")
                    .option("jobId", args[2])
                    .mode("append")
                    .save(args[1]);
            if (death == Death.AFTER_COMMIT) Runtime.getRuntime().halt(DIED);
        }
    }

    private static SparkSession session(String master, String classPath) {
        return SparkSession.builder()
                .master(master)
                .appName("partd tests")
                .config("spark.ui.enabled", false)
                .config("spark.executor.extraClassPath", classPath)
                .config("spark.executor.extraJavaOptions", "-Dio.netty.noUnsafe=false")
                .config("spark.executor.memory", "600m")
                .config("spark.testing.reservedMemory", 0)
                .getOrCreate();
    }

    /** The first attempt of the third task ends its process; in local mode that is the driver's. */
    private static Dataset<Row> rows(SparkSession spark, Death death) {
        boolean inTask = death == Death.IN_TASK;
        MapFunction<Long, Long> dying = id -> {
            if (inTask && id == ROWS * 5L / 8 && TaskContext.get().attemptNumber() == 0) {
                Runtime.getRuntime().halt(DIED);
            }
            return id;
        };
        return spark.range(0, ROWS, 1, 4).map(dying, Encoders.LONG()).selectExpr("value AS id", "value % 100 AS k");
    }
}
