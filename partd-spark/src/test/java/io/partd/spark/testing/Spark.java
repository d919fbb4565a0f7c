package io.partd.spark.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One session for all test classes of a JVM: to start one takes seconds. */
public final class Spark {
    private static SparkSession session;

    private Spark() {}

    /** A session that tries a failed task three times. */
    public static synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[2,3]")
                    .appName("partd tests")
                    .config("spark.ui.enabled", false)
                    .config("spark.sql.shuffle.partitions", 3)
                    .config("spark.sql.autoBroadcastJoinThreshold", -1)
                    .config("spark.sql.adaptive.enabled", false)
                    .config("spark.sql.session.timeZone", "America/New_York")
                    .config("spark.sql.datetime.java8API.enabled", true)
                    .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/partd-spark-warehouse")
                    .getOrCreate();
        }
        return session;
    }

    /** Lets the session reach an S3 server, if these settings are of one. */
    public static void useS3(Configuration conf) {
        s3Settings(conf).forEach(session().conf()::set);
    }

    /** What a configuration says of S3. */
    public static Map<String, String> s3Settings(Configuration conf) {
        return conf.getPropsWithPrefix("fs.s3a.").entrySet().stream()
                .collect(Collectors.toMap(each -> "fs.s3a." + each.getKey(), Map.Entry::getValue));
    }

    /** The rows as text, sorted: equal for equal rows in whatever order. */
    public static List<String> rows(Dataset<Row> rows) {
        return Arrays.stream((Row[]) rows.collect()).map(Row::toString).sorted().toList();
    }

    /** How many times rows are exchanged between tasks. */
    public static int exchanges(Dataset<Row> rows) {
        String plan = rows.queryExecution().executedPlan().toString();
        return plan.split("Exchange ", -1).length - 1;
    }

    /** Runs with a setting of the session, and sets it back. */
    public static <T> T with(String setting, Object value, Supplier<T> action) {
        String before = session().conf().get(setting);
        session().conf().set(setting, value.toString());
        try {
            return action.get();
        } finally {
            session().conf().set(setting, before);
        }
    }
}
