package io.partd.spark;

import io.partd.spark.testing.Spark;
import io.partd.spark.testing.Stores;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Filters on the columns that a store is partitioned by choose keys, and no row is lost by that. */
final class KeyChoiceTest {
    private static final Pattern KEYS = Pattern.compile("(\\d+) of (\\d+) keys");

    @TempDir
    static Path directory;

    private static Stores stores;
    private static Dataset<Row> rows;

    @BeforeAll
    static void write() {
        stores = new Stores(directory);
        rows = Spark.session()
                .range(500)
                .selectExpr(
                        "nullif(id % 60, 3) AS k", "CAST(id % 7 AS INT) AS i", "id AS v", "concat('s', id % 9) AS s");
        stores.append(rows, "hash", "hash(16, \"k\")");
        stores.append(rows, "two", "hash(16, \"i\", \"s\")");
        stores.append(rows, "range", "range(\"k\", 10, 20, 30, 40.5, 50)");
        stores.append(rows, "values", "values(\"s\")");
        rows.cache();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash   | k = 17                                | 1",
                "hash   | 17 = k AND v > 100                    | 1",
                "hash   | k IN (1, 2) OR k IS NULL              | 3",
                "hash   | k <=> NULL                            | 1",
                "hash   | k IN (1, 2) AND k IN (2, 9)           | 1",
                "hash   | k = 17 OR v = 3                       | 17",
                "hash   | k > 17                                | 17",
                "hash   | NOT k = 17                            | 17",
                "hash   | k = 1000                              | 1",
                "two    | i = 3 AND s = 's4'                    | 1",
                "two    | i IN (1, 2) AND s = 's4'              | 2",
                "two    | i = 3                                 | 16",
                "range  | k < 10                                | 2",
                "range  | k < 9 AND k > 2                       | 1",
                "range  | k >= 41                               | 3",
                "range  | k > 15 AND v < 400 AND k <= 30        | 3",
                "range  | k = 40 OR k = 41                      | 2",
                "range  | k IS NULL                             | 1",
                "values | s = 's4'                              | 1",
                "values | s IN ('s4', 's5', 'none')             | 2",
                "values | s LIKE 's4%'                          | 9"
            })
    void keysAreChosen(String store, String filter, int atMost) {
        Dataset<Row> found = stores.read(store).where(filter);
        assertEquals(Spark.rows(rows.where(filter)), Spark.rows(found), filter);
        Matcher keys = KEYS.matcher(found.queryExecution().executedPlan().toString());
        assertTrue(keys.find(), "the plan says how many keys are read");
        assertTrue(Integer.parseInt(keys.group(1)) <= atMost, () -> filter + ": " + keys.group());
    }

    /** In tasks of few bytes keys lie together, and a large key is divided. */
    @ParameterizedTest
    @CsvSource({"2000", "40000", "100000000"})
    void rowsAreReadOnceWhateverTasksAreGiven(int splitBytes) {
        for (int i = 0; i < 3; i++) stores.append(rows, "chunks" + splitBytes, "range(\"k\", 0, 50)");
        Dataset<Row> read = Spark.session()
                .read()
                .format("partd")
                .option("splitBytes", splitBytes)
                .load(stores.path("chunks" + splitBytes));
        assertEquals(Spark.rows(rows.union(rows).union(rows)), Spark.rows(read));
        assertEquals(1500, read.count());
        int tasks = read.rdd().getNumPartitions();
        assertTrue(
                splitBytes < 10_000 ? tasks > 3 : splitBytes < 1_000_000 ? tasks <= 3 : tasks == 1,
                () -> tasks + " tasks");
    }

    @Test
    void sizesAreReported() {
        long all = stores.read("hash")
                .queryExecution()
                .optimizedPlan()
                .stats()
                .sizeInBytes()
                .toLong();
        long one = stores.read("hash")
                .select("v")
                .queryExecution()
                .optimizedPlan()
                .stats()
                .sizeInBytes()
                .toLong();
        assertTrue(all > 500 * 20 && all < 10_000_000, () -> "all: " + all);
        assertTrue(one < all, () -> one + " of " + all);
    }
}
