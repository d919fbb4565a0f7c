package io.partd.spark;

import io.partd.arrow.ArrowPartd;
import io.partd.spark.testing.Leftovers;
import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tasks that fail are tried again, and what they wrote counts once or not at all. */
final class TaskFailuresTest {
    private static final int ROWS = 40_000;

    @TempDir
    Path directory;

    private final Stores stores() {
        return new Stores(directory);
    }

    /** Rows whose tasks fail at one of them in each attempt before the given one. */
    private static Dataset<Row> failing(long at, int attempts) {
        return Spark.session()
                .range(0, ROWS, 1, 4)
                .map(
                        (MapFunction<Long, Long>) id -> {
                            if (id % (ROWS / 4) == at && TaskContext.get().attemptNumber() < attempts) {
                                throw new IllegalStateException("a task that fails at " + id);
                            }
                            return id;
                        },
                        Encoders.LONG())
                .selectExpr("value AS id", "value % 100 AS k");
    }

    private void write(Dataset<Row> rows) {
        rows.write()
                .format("partd")
                .option("partitioner", "hash(4, \"k\")")
                .option("memory", "1m")
                .mode("append")
                .save(stores().path("store"));
    }

    private String sums() {
        return stores().read("store")
                .selectExpr("count(*)", "sum(id)", "count(DISTINCT id)")
                .first()
                .toString();
    }

    private void onlyTheCommittedIsLeft(int commits) throws IOException {
        Leftovers.requireNone(directory.resolve("store").toUri(), new Configuration(), 4 * commits, commits);
    }

    @Test
    void attemptsThatFailBeforeInAndAfterTheirRowsCountNothing() throws IOException {
        write(failing(0, 1));
        write(failing(ROWS / 8, 2));
        write(failing(ROWS / 4 - 1, 2));
        assertEquals("[" + 3 * ROWS + "," + 3L * ROWS * (ROWS - 1) / 2 + "," + ROWS + "]", sums());
        onlyTheCommittedIsLeft(3);
    }

    /** When its listeners are called a task has written everything, and its segments lie in the store. */
    @Test
    void attemptsThatFailAfterTheirUploadCountNothing() throws IOException {
        write(failing(0, 1));
        Dataset<Row> rows = Spark.session()
                .range(0, ROWS, 1, 4)
                .map(
                        (MapFunction<Long, Long>) id -> {
                            TaskContext task = TaskContext.get();
                            if (id % (ROWS / 4) == 0 && task.attemptNumber() < 2) {
                                TaskCompletionListener failing = done -> {
                                    throw new IllegalStateException("a task that fails when it is done");
                                };
                                task.addTaskCompletionListener(failing);
                            }
                            return id;
                        },
                        Encoders.LONG())
                .selectExpr("value AS id", "value % 100 AS k");
        write(rows);
        assertEquals("[" + 2 * ROWS + "," + 2L * ROWS * (ROWS - 1) / 2 + "," + ROWS + "]", sums());
        onlyTheCommittedIsLeft(2);
    }

    @Test
    void aJobThatFailsChangesNothing() throws IOException {
        write(failing(0, 0));
        assertThrows(SparkException.class, () -> write(failing(ROWS / 8, 3)));
        assertEquals("[" + ROWS + "," + (long) ROWS * (ROWS - 1) / 2 + "," + ROWS + "]", sums());
        onlyTheCommittedIsLeft(1);
    }

    @Test
    void aJobThatFailsMakesNoStore() {
        assertThrows(SparkException.class, () -> write(failing(ROWS / 8, 3)));
        assertTrue(stores().segments("store").isEmpty(), () -> "left: " + stores().segments("store"));
        assertThrows(IllegalArgumentException.class, () -> stores().read("store"));
    }

    /** A row of 100 bytes more than a task may have in all, beside rows that are small. */
    @Test
    void aTaskThatNeedsMoreMemoryThanItMaySaysWhichOption() throws Exception {
        write(failing(0, 0).withColumn("text", expr("CAST(NULL AS STRING)")));
        Dataset<Row> large =
                failing(0, 0).withColumn("text", expr("CASE WHEN id = 25000 THEN repeat('x', (2 << 20) + 100) END"));
        SparkException e = assertThrows(SparkException.class, () -> write(large));
        assertTrue(e.getMessage().contains("twice what the option \"memory\" allows"), e.getMessage());
        assertFalse(e.getMessage().contains("INTERNAL_ERROR"), e.getMessage());
        assertEquals("[" + ROWS + "," + (long) ROWS * (ROWS - 1) / 2 + "," + ROWS + "]", sums());
        onlyTheCommittedIsLeft(1);
        Patience.until(
                "what a failed task had is given back",
                () -> ArrowPartd.sharedAllocator().getAllocatedMemory() == 0);
    }

    @Test
    void twoJobsAtOnceAreBothThere() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Callable<Void> job = () -> {
                write(failing(7, 1));
                return null;
            };
            for (Future<Void> each : two.invokeAll(List.of(job, job, job))) each.get();
        } finally {
            two.shutdown();
        }
        assertEquals("[" + 3 * ROWS + "," + 3L * ROWS * (ROWS - 1) / 2 + "," + ROWS + "]", sums());
        onlyTheCommittedIsLeft(3);
    }
}
