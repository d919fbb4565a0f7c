package io.partd.spark.testing;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A driver of its own, which appends rows to stores. Processes end at the places that it is told. */
public final class DrivenJob {
    public static final int ROWS = 40_000;
    /** How a process ends that was told to. */
    public static final int DIED = 17;

    private static final int TASKS = 4;
    /** The task that ends its process. */
    private static final int DOOMED = 2;
    /** More than the part of an upload, in the rows of that task alone. */
    private static final int WIDE = 1_000;

    private static final long PAUSE_MILLIS = 5;

    /** Where a process ends. */
    public enum Death {
        NONE,
        /** The process of a task, in the middle of its rows, when it has written some. */
        IN_ROWS,
        /** The process of a task, when a file is there that the test makes once it gets a part of the task's upload. */
        IN_UPLOAD,
        /** The driver, once the rows are committed, before anybody was told. */
        AFTER_COMMIT
    }

    private DrivenJob() {}

    /**
     * Takes the master, the name of the jobs, the file that is waited for, and then settings of Spark, each as
     * {@code spark.name=value}, and jobs, each as {@code death:store}, of which one is done after the other.
     */
    public static void main(String[] args) throws IOException {
        List<String> rest = Arrays.asList(args).subList(3, args.length);
        Map<Boolean, List<String>> settings =
                rest.stream().collect(Collectors.partitioningBy(each -> each.startsWith("spark.")));
        try (SparkSession spark = session(args[0], settings.get(true))) {
            for (String job : settings.get(false)) {
                int end = job.indexOf(':');
                Death death = Death.valueOf(job.substring(0, end));
                write(spark, job.substring(end + 1), args[1], death, new File(args[2]));
                if (death == Death.AFTER_COMMIT) Runtime.getRuntime().halt(DIED);
            }
        }
    }

    /** Appends the rows, and nobody dies. */
    public static void write(SparkSession spark, String store, String jobId) {
        write(spark, store, jobId, Death.NONE, new File("none"));
    }

    private static void write(SparkSession spark, String store, String jobId, Death death, File sign) {
        rows(spark, death, sign)
                .write()
                .format("partd")
                .option("partitioner", "hash(4, \"k\")")
                .option("memory", "1m")
                .option("jobId", jobId)
                .mode("append")
                .save(store);
    }

    static SparkSession session(String master, List<String> settings) {
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("partd tests")
                .config("spark.ui.enabled", false)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config(
                        "spark.executor.extraJavaOptions",
                        "-Dio.netty.noUnsafe=false " + String.join(" ", ChildJvm.QUICK_START))
                // a process of so few rows ends before code that is made for them is worth its time
                .config("spark.sql.codegen.wholeStage", false)
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.executor.memory", "600m")
                .config("spark.testing.reservedMemory", 0);
        for (String setting : settings) {
            int end = setting.indexOf('=');
            builder.config(setting.substring(0, end), setting.substring(end + 1));
        }
        return builder.getOrCreate();
    }

    /** The first attempt of one task ends its process; in local mode that is the driver's. */
    private static Dataset<Row> rows(SparkSession spark, Death death, File sign) {
        long first = (long) ROWS / TASKS * DOOMED;
        long middle = first + ROWS / TASKS / 2;
        MapFunction<Long, Long> dying = id -> {
            if (TaskContext.get().attemptNumber() > 0) return id;
            if (death == Death.IN_ROWS && id == middle) Runtime.getRuntime().halt(DIED);
            if (death == Death.IN_UPLOAD && id == first) dieAt(sign);
            return id;
        };
        String wide = "CASE WHEN id >= " + first + " AND id < " + (first + ROWS / TASKS) + " THEN repeat('x', " + WIDE
                + ") END AS wide";
        return spark.range(0, ROWS, 1, TASKS)
                .map(dying, Encoders.LONG())
                .selectExpr("value AS id", "value % 100 AS k")
                .selectExpr("id", "k", death == Death.IN_UPLOAD ? wide : "CAST(NULL AS STRING) AS wide");
    }

    private static void dieAt(File sign) {
        Thread watch = new Thread(() -> {
            while (!sign.exists()) pause();
            Runtime.getRuntime().halt(DIED);
        });
        watch.setDaemon(true);
        watch.start();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
