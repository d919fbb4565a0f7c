package io.partd.spark.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A standalone master and two workers on different hosts, whose executors are processes, and a driver of a job one of
 * whose tasks stands still in the middle of its rows, until Spark has had it done by a duplicate on the other host.
 */
public final class SpeculativeJob {
    public static final int ROWS = DrivenJob.ROWS;

    private static final int TASKS = 4;
    /** Longer than the duplicate takes. */
    private static final long STANDSTILL_MILLIS = 120_000;

    private static final int WORKER_MEGABYTES = 700;

    private SpeculativeJob() {}

    /** Takes the store, and a directory for the workers. Ends with 0 where the duplicate was what counted. */
    public static void main(String[] args) throws Exception {
        SparkConf conf = new SparkConf();
        RpcEnv master = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf)._1();
        String url = "spark://127.0.0.1:" + master.address().port();
        for (String host : List.of("127.0.0.2", "127.0.0.3")) {
            Worker.startRpcEnvAndEndpoint(
                    host, 0, 0, 1, WORKER_MEGABYTES, new String[] {url}, args[1], Option.empty(), conf, Option.empty());
        }
        Duplicates duplicates = new Duplicates();
        try (SparkSession spark = session(url)) {
            spark.sparkContext().addSparkListener(duplicates);
            rows(spark)
                    .write()
                    .format("partd")
                    .option("partitioner", "hash(4, \"k\")")
                    .option("memory", "1m")
                    .mode("append")
                    .save(args[0]);
        }
        System.err.println(
                "duplicates that won: " + duplicates.won + ", attempts that were killed: " + duplicates.lost);
        Runtime.getRuntime().halt(duplicates.won.get() == 1 && duplicates.lost.get() >= 1 ? 0 : 1);
    }

    private static SparkSession session(String url) {
        return DrivenJob.session(
                url,
                List.of(
                        "spark.driver.host=127.0.0.1",
                        "spark.cores.max=2",
                        "spark.executor.cores=1",
                        "spark.scheduler.minRegisteredResourcesRatio=1.0",
                        "spark.speculation=true",
                        "spark.speculation.interval=100ms",
                        "spark.speculation.quantile=0.5",
                        "spark.speculation.efficiency.enabled=false"));
    }

    /** Counts, as the driver hears of them. */
    private static final class Duplicates extends SparkListener {
        final AtomicInteger won = new AtomicInteger();
        final AtomicInteger lost = new AtomicInteger();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo().speculative() && end.taskInfo().successful()) won.incrementAndGet();
            if (!end.taskInfo().speculative() && end.taskInfo().killed()) lost.incrementAndGet();
        }
    }

    private static Dataset<Row> rows(SparkSession spark) {
        MapFunction<Long, Long> standingStill = id -> {
            boolean first = TaskContext.get().attemptNumber() == 0;
            if (first && id == (long) ROWS / TASKS / 2) Thread.sleep(STANDSTILL_MILLIS);
            return id;
        };
        return spark.range(0, ROWS, 1, TASKS)
                .map(standingStill, Encoders.LONG())
                .selectExpr("value AS id", "value % 100 AS k");
    }
}
