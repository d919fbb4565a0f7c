package io.partd.spark.speed;

import io.partd.spark.testing.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What measures works, on few rows, and leaves nothing behind. */
@Tag("slow")
final class SparkSpeedTest {
    private static final int ROWS = 2000;

    @TempDir
    Path directory;

    @Test
    void allFormsGiveTheSameRows() throws IOException {
        SparkSession spark = Spark.session();
        Path flights = directory.resolve("flights.parquet");
        spark.sql("SELECT id AS delay, 2 * id AS distance, id % 7 AS origin FROM range(100)")
                .write()
                .parquet(flights.toString());
        SpeedOptions options = SpeedOptions.parse(
                "-p",
                "3",
                "-t",
                "2",
                "-d",
                directory.resolve("tables").toString(),
                "-z",
                "none",
                "-i",
                flights.toString());
        Contests contests = new Contests(spark, options, ROWS);
        for (String each : List.of("write", "read", "join", "shuffle", "trip")) {
            contests.run(each, 1).print();
        }
        contests.clear();
        try (Stream<Path> left = Files.list(directory.resolve("tables"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void whatIsNoOptionIsNamed() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SpeedOptions.parse("-y", "3"));
        assertTrue(e.getMessage().startsWith("-y is no option"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> SpeedOptions.parse("-r"));
        assertTrue(e.getMessage().contains("lacks its value"), e.getMessage());
    }
}
