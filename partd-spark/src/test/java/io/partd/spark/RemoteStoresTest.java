package io.partd.spark;

import io.partd.hadoop.Maintenance;
import io.partd.hadoop.testing.FileSystemUnderTest;
import io.partd.hadoop.testing.Hdfs;
import io.partd.hadoop.testing.S3;
import io.partd.spark.testing.Leftovers;
import io.partd.spark.testing.Spark;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Stores on HDFS and S3, by way of Spark; and S3 that fails. */
@Tag("slow")
final class RemoteStoresTest {
    private static final int ROWS = 10_000;
    private static final int TASKS = 3;

    private final SparkSession spark = Spark.session();

    static Stream<FileSystemUnderTest> fileSystems() {
        return Stream.of(S3.INSTANCE, Hdfs.INSTANCE);
    }

    @AfterEach
    void heal() {
        S3.INSTANCE.faults = S3.Faults.NONE;
    }

    private URI store(FileSystemUnderTest files) {
        Spark.useS3(files.conf());
        return files.fresh();
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, TASKS).selectExpr("id", "concat('k', id % 100) AS k");
    }

    private static void append(Dataset<Row> rows, URI store) {
        write(rows, store, "append", "hash(8, \"k\")");
    }

    private static void write(Dataset<Row> rows, URI store, String mode, String partitioner) {
        rows.write()
                .format("partd")
                .option("partitioner", partitioner)
                .mode(mode)
                .save(store.toString());
    }

    private Dataset<Row> read(URI store) {
        return spark.read().format("partd").load(store.toString());
    }

    private void requireRows(URI store, long times) {
        long sum = times * ROWS * (ROWS - 1L) / 2;
        assertEquals(
                "[" + times * ROWS + "," + sum + "," + ROWS + "]",
                read(store)
                        .selectExpr("count(*)", "sum(id)", "count(DISTINCT id)")
                        .first()
                        .toString());
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void storesAreWrittenReadAndJoined(FileSystemUnderTest files) {
        URI left = store(files);
        URI right = store(files);
        append(rows(0, ROWS / 2), left);
        append(rows(ROWS / 2, ROWS), left);
        requireRows(left, 1);
        assertEquals(ROWS / 100, read(left).where("k = 'k7'").count());
        append(rows(0, 500).where("id % 100 < 50"), right);
        Dataset<Row> joined = read(left)
                .join(read(right).withColumnRenamed("id", "other"), "k")
                .selectExpr("k", "id", "other");
        assertEquals(0, Spark.exchanges(joined));
        assertEquals(50 * (ROWS / 100) * 5, joined.count());
        write(rows(0, ROWS), left, "overwrite", "hash(3, \"id\")");
        requireRows(left, 1);
        Configuration conf = files.conf();
        assertEquals(2 * TASKS + 2 + 2, Maintenance.vacuum(left, conf, Duration.ZERO), "segments, indexes, manifests");
        requireRows(left, 1);
        assertEquals(0, Maintenance.vacuum(left, conf, Duration.ZERO));
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() {
        URI store = store(S3.INSTANCE);
        AtomicInteger count = new AtomicInteger();
        S3.INSTANCE.faults = (method, path) -> count.incrementAndGet() % 4 == 0 ? S3.Fate.REFUSED : S3.Fate.DONE;
        append(rows(0, ROWS), store);
        append(rows(0, ROWS), store);
        requireRows(store, 2);
        assertTrue(count.get() > 40, () -> count + " requests");
    }

    @Test
    void answersThatAreLostChangeNothing() throws IOException {
        URI store = store(S3.INSTANCE);
        Set<String> lost = ConcurrentHashMap.newKeySet();
        S3.INSTANCE.faults =
                (method, path) -> method.equals("PUT") && lost.add(path) ? S3.Fate.ANSWER_LOST : S3.Fate.DONE;
        append(rows(0, ROWS), store);
        append(rows(0, ROWS), store);
        assertTrue(lost.size() >= 2 * (TASKS + 2), () -> "segments, indexes and manifests: " + lost);
        requireRows(store, 2);
        assertEquals(1, Maintenance.vacuum(store, S3.INSTANCE.conf(), Duration.ZERO), "the first manifest");
        Leftovers.requireNone(store, S3.INSTANCE.conf(), 2 * TASKS, 2);
        requireRows(store, 2);
    }

    @Test
    void aServerThatFailsForGoodFailsTheJobAndChangesNothing() throws IOException {
        URI store = store(S3.INSTANCE);
        append(rows(0, ROWS), store);
        for (String file : List.of(".seg", "partd.index-", "partd.manifest-")) {
            S3.INSTANCE.faults =
                    (method, path) -> method.equals("PUT") && path.contains(file) ? S3.Fate.REFUSED : S3.Fate.DONE;
            assertThrows(Exception.class, () -> append(rows(0, ROWS), store), file);
            heal();
            requireRows(store, 1);
        }
        append(rows(0, ROWS), store);
        requireRows(store, 2);
        Leftovers.requireNone(store, S3.INSTANCE.conf(), 2 * TASKS, 2);
        requireRows(store, 2);
    }
}
