package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.SmallDisk;
import io.partd.arrow.ArrowPartd;
import io.partd.cli.testing.Flights;
import io.partd.cli.testing.Script;
import io.partd.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The manners of {@code partd export}: what it says, what it replaces, and what it leaves behind. */
@Tag("slow")
@Timeout(120)
class ExportIT {
    @TempDir
    static Path common;

    @TempDir
    Path directory;

    private static Path store;

    @BeforeAll
    static void shuffle() throws Exception {
        store = common.resolve("flights");
        Script.shuffleSample(store);
    }

    @ParameterizedTest
    @CsvSource({
        "two.parquet, read_parquet",
        "two.PQ, read_parquet",
        "two.csv, read_csv",
        "two.csv.gz, read_csv",
        "two.ndjson.zst, read_json",
        "two.jsonl, read_json",
    })
    void theNameSaysTheFormat(String name, String reader) throws Exception {
        Path file = directory.resolve(name);
        String said = Script.run("export", store, "ATL", "SEA", "--out", file)
                .succeeded()
                .out();
        assertTrue(said.matches("11,747 rows of 2 keys in \\d+\\.\\d s; .* in .*\n"), said);
        assertTrue(said.endsWith(name + "\n"), said);
        String compressed =
                name.endsWith(".gz") ? ", compression = 'gzip'" : name.endsWith(".zst") ? ", compression = 'zstd'" : "";
        Flights.assertSameRows(
                "SELECT origin, count(*) AS n FROM read_parquet('" + Script.SAMPLE
                        + "') WHERE origin IN ('ATL', 'SEA') GROUP BY origin ORDER BY origin",
                "SELECT origin, count(*) AS n FROM " + reader + "('" + file + "'" + compressed
                        + ") GROUP BY origin ORDER BY origin");
    }

    @Test
    void whereNothingSaysTheFormat() throws Exception {
        Script.run("export", store, "ATL").failed(2, "--format is missing: arrow, parquet, csv or json");
        Script.run("export", store, "ATL", "--out", directory.resolve("rows.txt"))
                .failed(2, "--format is missing");
    }

    @Test
    void whatIsThereIsReplacedByForce() throws Exception {
        Path file = Files.writeString(directory.resolve("ATL.csv"), "mine");
        Script.run("export", store, "ATL", "--out", file).failed(1, file + " is there already: --force replaces it");
        Script.run("export", store, "ATL", "SEA", "--format", "csv", "--out", directory)
                .failed(1, file + " is there already");
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of("ATL.csv"), Script.names(directory));
        Script.run("export", store, "ATL", "SEA", "--format", "csv", "--out", directory, "--force")
                .succeeded();
        assertEquals(List.of("ATL.csv", "SEA.csv"), Script.names(directory));
        assertEquals(8340, Files.readAllLines(file).size());
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() throws Exception {
        Path file = directory.resolve("none/two.csv");
        Script.run("export", store, "ATL", "--out", file)
                .failed(1, "there is no directory " + file.getParent() + " for " + file);
    }

    /** So many rows that it takes a while, in two formats: one that Arrow writes and one that DuckDB does. */
    @ParameterizedTest
    @ValueSource(strings = {"rows.arrow", "rows.csv"})
    void ctrlCLeavesNothingAndSaysSo(String name) throws Exception {
        Path large = common.resolve("large");
        if (!Files.exists(large)) makeLarge(large);
        Path file = directory.resolve(name);
        Process export = Script.startSignalled("INT", "export", large, "--out", file);
        Patience.until(
                "the file grows", () -> Script.names(directory).stream().anyMatch(each -> each.endsWith(".tmp")));
        Script.signal(export, "INT");
        assertTrue(export.waitFor(60, TimeUnit.SECONDS), "an interrupt does not end it");
        String said = new String(export.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("partd export: interrupted; " + file + " was not written\n", said);
        assertEquals(130, export.exitValue());
        assertEquals(List.of(), Script.names(directory));
    }

    private static void makeLarge(Path large) {
        try (RootAllocator allocator = new RootAllocator();
                FilePartd bytes = Partds.file(large);
                ArrowPartd tables = ArrowPartd.over(bytes, allocator);
                BigIntVector numbers = new BigIntVector("number", allocator);
                VectorSchemaRoot root = VectorSchemaRoot.of(numbers)) {
            int rows = 1_000_000;
            numbers.allocateNew(rows);
            for (int row = 0; row < rows; row++) numbers.set(row, row * 1_000_003L);
            root.setRowCount(rows);
            for (int batch = 0; batch < 60; batch++) tables.append("rows", root);
        }
    }

    @ParameterizedTest
    @Tag("optional")
    @ValueSource(strings = {"all.arrow", "all.csv", "all.parquet"})
    void aFullDisk(String name) throws Exception {
        try (SmallDisk disk = SmallDisk.tmpfs(directory, 1)) {
            Path file = disk.directory().resolve(name);
            String said = Script.run("export", store, "--out", file).failed(1, file.toString(), "No space left");
            assertTrue(!said.contains("{") && !said.contains(".tmp"), said);
            assertEquals(List.of(), Script.names(disk.directory()));
        }
    }
}
