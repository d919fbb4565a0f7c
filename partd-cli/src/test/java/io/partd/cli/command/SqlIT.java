package io.partd.cli.command;

import io.partd.cli.testing.Script;
import io.partd.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * {@code partd sql}, {@code sort} and {@code join}, over the sample by origin; the oracle is the same SQL over its
 * file.
 */
@Tag("slow")
@Timeout(120)
class SqlIT {
    private static final String FILE = "flights=" + Script.SAMPLE;

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

    /** What a statement gives over a table that is called flights. */
    private static String csv(Object table, String sql) throws Exception {
        return Script.run("sql", table, sql, "--format", "csv").succeeded().out();
    }

    @Test
    void aTableOfText() throws Exception {
        Path airports = Script.ROOT.resolve("samples/airports.csv");
        String sql =
                "SELECT city, count(*) AS n FROM flights JOIN a ON origin = iata GROUP BY 1 ORDER BY 2 DESC LIMIT 2";
        String shown =
                Script.run("sql", store, "a=" + airports, sql).succeeded().out();
        String written = csv(FILE, sql.replace("JOIN a", "JOIN '" + airports + "' a"));
        assertEquals(
                written.lines().map(line -> line.replace(",", " ")).toList(),
                shown.lines().map(line -> line.replaceAll(" {2,}", " ")).toList());
        Script.Result many =
                Script.run("sql", "SELECT range AS r FROM range(1001)").succeeded();
        assertEquals(1_001, many.out().lines().count());
        assertEquals("partd sql: these are the first 1,000 rows: --format and --out have all\n", many.err());
    }

    @Test
    void aFile() throws Exception {
        String sql = "SELECT origin, sum(delay) AS d, max(date) FROM flights GROUP BY 1 ORDER BY 1";
        Path out = directory.resolve("delays.csv");
        String said = Script.run("sql", store, sql, "--out", out).succeeded().out();
        assertTrue(said.matches("228 rows in [0-9.]+ s; [0-9.]+ kB in " + out + "\n"), said);
        assertEquals(csv(FILE, sql), Files.readString(out));
        Script.run("sql", store, sql, "--out", out).failed(1, out + " is there already: --force replaces it");
        String json = Script.run("sql", store, sql, "--out", out, "--force", "--json")
                .succeeded()
                .out();
        assertTrue(json.contains("\"rows\": 228"), json);
    }

    @Test
    void eachKeyAndAnotherSplit() throws Exception {
        Path worst = directory.resolve("worst");
        String each = "SELECT origin, delay FROM flights ORDER BY delay DESC LIMIT 3";
        Script.run("sql", store, each, "--each-key", "--to", worst).succeeded();
        assertEquals(
                csv(
                        FILE,
                        "SELECT origin, sum(delay) s FROM (SELECT origin, delay FROM flights QUALIFY row_number() OVER"
                                + " (PARTITION BY origin ORDER BY delay DESC) <= 3) GROUP BY 1 ORDER BY 1"),
                Script.run(
                                "sql",
                                worst,
                                "SELECT key AS origin, sum(delay) s FROM worst GROUP BY 1 ORDER BY 1",
                                "--key-column",
                                "key",
                                "--format",
                                "csv")
                        .succeeded()
                        .out());
        Path arrivals = directory.resolve("flights");
        String json = Script.run(
                        "sql", store, "FROM flights", "--split", "hash(8, \"destination\")", "--to", arrivals, "--json")
                .succeeded()
                .out();
        assertTrue(json.contains("\"rows\": 200000"), json);
        assertTrue(json.contains("\"partitions\": 8"), json);
        String all = "SELECT count(*), sum(delay), count(DISTINCT destination) FROM flights";
        assertEquals(csv(FILE, all), csv(arrivals, all));
        Script.run("sql", store, "FROM flights", "--split", "hash(8, \"destination\")", "--to", arrivals)
                .failed(1, arrivals + " is a store with 8 keys: add to it with --append");
    }

    @Test
    void sort() throws Exception {
        Path sorted = directory.resolve("flights");
        String said = Script.run("sort", store, "--by", "delay,date", "--to", sorted)
                .succeeded()
                .out();
        assertTrue(said.startsWith("200,000 rows in "), said);
        String first = " FROM flights LIMIT 1000";
        assertEquals(
                csv(FILE, "SELECT delay, date FROM flights ORDER BY 1, 2 LIMIT 1000"),
                csv(sorted, "SELECT delay, date" + first));
        Script.run("sort", store, "--by", "dely", "--to", directory.resolve("other"))
                .failed(1, "there is no column \"dely\"");
    }

    @Test
    void join() throws Exception {
        Path late = directory.resolve("late");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--where", "delay > 600", "--to", late)
                .succeeded();
        Path joined = directory.resolve("flights");
        Script.run("join", store, late, "--on", "origin,date,destination", "--kind", "semi", "--to", joined)
                .succeeded();
        String count = "SELECT count(*), sum(delay) FROM flights";
        assertEquals(
                csv(
                        FILE,
                        count + " f SEMI JOIN (SELECT * FROM flights WHERE delay > 600) USING (origin, date,"
                                + " destination)"),
                csv(joined, count));
        Path hashed = directory.resolve("hashed");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", "4", "--to", hashed)
                .succeeded();
        Script.run("join", store, hashed, "--on", "origin", "--to", directory.resolve("none"))
                .failed(1, "the stores are not split alike");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        Script.run("sql", store, "SELECT orgin FROM flights").failed(1, "\"orgin\" not found", "\"origin\"");
        Script.run("sql", store, "SELECT 1 FROM fligths").failed(1, "fligths", "flights");
        Script.run("sql", store).failed(2, "the statement is missing");
        Script.run("sql", store, store, "FROM flights").failed(2, "two tables are called flights");
        Script.run("sql", directory.resolve("nothing"), "SELECT 1").failed(1, "there is no directory");
        Script.run("sql", store, "FROM flights", "--each-key").failed(2, "--to DIR");
        Script.run("sql", store, "FROM flights", "--split", "hash(8)", "--to", directory.resolve("x"))
                .failed(2, "--split: ");
    }

    /** A statement that would take days leaves no file. */
    @Test
    void ctrlC() throws Exception {
        Path out = directory.resolve("endless.csv");
        String sql = "SELECT a.range FROM range(10000000) a, range(10000000) b";
        Process endless = Script.startSignalled("INT", "sql", sql, "--out", out);
        Patience.until("it has begun to write", () -> !Script.names(directory).isEmpty());
        Script.signal(endless, "INT");
        assertTrue(endless.waitFor(60, TimeUnit.SECONDS), "an interrupt does not end it");
        String said = new String(endless.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("partd sql: interrupted; " + out + " was not written\n", said);
        assertEquals(130, endless.exitValue());
        assertEquals(List.of(), Script.names(directory));
    }
}
