package io.partd.benchmarks.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark in local mode at W6: flights from a Parquet file to a directory for each origin, and each read back. Its
 * arguments and its lines are those of the other peers: {@code Task} and {@code PeerOutput} in partd-benchmarks.
 */
public final class SparkPeer {
    /** Each takes long: a part is a job of its own. */
    private static final int ITERATIONS = 2;

    private final SparkSession spark;
    private final String source;
    private final long rows;
    private final long delays;

    private SparkPeer(SparkSession spark, String source) {
        this.spark = spark;
        this.source = source;
        Row sums = spark.read()
                .parquet(source)
                .selectExpr("count(*)", "sum(delay)")
                .first();
        this.rows = sums.getLong(0);
        this.delays = sums.getLong(1);
    }

    /** Runs; the arguments are a workload, a peer, and settings. */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String argument : List.of(args).subList(2, args.length)) {
            String[] setting = argument.split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Path parent = Files.createDirectories(Path.of(settings.get("directory")));
        try (SparkSession spark = session(parent)) {
            SparkPeer peer = new SparkPeer(spark, settings.get("flights"));
            System.out.println("@version Spark " + spark.version());
            for (int i = 0; i < ITERATIONS; i++) peer.run(i, parent);
            System.out.println("@done");
        }
    }

    private static SparkSession session(Path directory) {
        return SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.local.dir", directory.resolve("spark").toString())
                .config("spark.sql.parquet.compression.codec", "uncompressed")
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
    }

    private void run(int iteration, Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "partd-benchmark-");
        try {
            Path store = directory.resolve("store");
            time(iteration, "write", () -> write(store));
            time(iteration, "read", () -> read(store));
            System.out.println("@disk " + files(store).mapToLong(File::length).sum());
            if (iteration == ITERATIONS - 1) System.out.println("@check " + check(store));
        } finally {
            delete(directory);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void time(int iteration, String phase, Work work) throws IOException {
        System.gc();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        long bytes = Files.size(Path.of(source));
        System.out.printf("@phase %d %s %d 0 %d %d%n", iteration, phase, nanos, bytes, rows);
    }

    /** The origin is a column of its own beside the one that the directories are named by. */
    private void write(Path store) {
        Dataset<Row> flights = spark.read().parquet(source);
        flights.withColumn("part", flights.col("origin"))
                .repartition(flights.col("origin"))
                .write()
                .partitionBy("part")
                .parquet(store.toString());
    }

    /** Each part by itself, as the others read it; the rows are summed where they are, and not collected. */
    private void read(Path store) throws IOException {
        long count = 0;
        long sum = 0;
        for (Path part : parts(store)) {
            Row sums = spark.read()
                    .parquet(part.toString())
                    .selectExpr("count(*)", "sum(delay)")
                    .first();
            count += sums.getLong(0);
            sum += sums.getLong(1);
        }
        if (count != rows || sum != delays) {
            throw new IllegalStateException(
                    count + " rows with delays of " + sum + " came back instead of " + rows + " with " + delays);
        }
    }

    private static List<Path> parts(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    /** What FlightSums of the other peers says. */
    private String check(Path store) {
        Row sums = spark.read()
                .parquet(store.toString())
                .selectExpr(
                        "count(*)", "sum(delay)", "sum(distance)", "sum(distance * ascii(origin) * ascii(destination))")
                .first();
        return "%d rows, sums %d %d %d".formatted(sums.getLong(0), sums.getLong(1), sums.getLong(2), sums.getLong(3));
    }

    private static Stream<File> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile).filter(File::isFile).toList().stream();
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) Files.delete(path);
    }
}
