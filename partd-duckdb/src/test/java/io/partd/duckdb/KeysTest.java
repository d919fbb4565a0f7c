package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Work on stores key by key, beside the same in one statement. */
class KeysTest extends FlightsFixture {
    /** A day's weather of an airport, of which some days are missing and some airports have none. */
    private static final String WEATHER =
            "SELECT DISTINCT origin, date_trunc('day', date) AS day, hash(origin, day) % 40 AS degrees FROM " + SAMPLE
                    + " WHERE hash(origin, date_trunc('day', date)) % 3 > 0 AND origin > 'C'";

    private ArrowPartd into;

    KeysTest() {
        super(SEVEN);
    }

    @Override
    DuckOptions options() {
        return super.options().temporaryIn(directory);
    }

    @BeforeEach
    void openInto() {
        into = store("into");
    }

    @AfterEach
    void closeInto() {
        into.close();
    }

    @Test
    void aStatementOfEachKeyGoesUnderItsKeyInOrder() throws Exception {
        String order = "ORDER BY date, destination, delay, distance";
        String each =
                "SELECT origin, date, avg(delay) OVER (" + order + " ROWS 100 PRECEDING) AS m FROM flights " + order;
        long rows = duck.eachKey(each).into(into);
        assertEquals(flights.keys(), into.keys());
        duck.table("smoothed", into);
        String whole = each.replace("OVER (", "OVER (PARTITION BY origin ")
                .replace("flights ORDER BY ", "flights ORDER BY origin, ");
        List<String> expected = Rows.of(duck.query(whole).reader());
        assertEquals(rows, expected.size());
        assertEquals(expected, Rows.of(duck.query("SELECT * FROM smoothed").reader()));
    }

    @Test
    void totalsArePerKeyAndOtherTablesAreWhole() throws Exception {
        duck.table("airports", Path.of("../samples/airports.csv"));
        duck.eachKey("SELECT count(*) AS n, any_value(city) AS city FROM flights JOIN airports ON origin = iata"
                        + " WHERE flights.origin IN ('ATL', 'ORD')")
                .into(into);
        assertEquals(List.of("ATL", "ORD"), List.copyOf(into.keys()));
        duck.table("counts", into, "partition");
        assertEquals(
                List.of("ATL|Atlanta|", "ORD|Chicago|"),
                Rows.of(duck.query("SELECT partition, city FROM counts ORDER BY 1")
                        .reader()));
    }

    /** As many groups as there are rows: by a hash of the group's columns, each key has all rows of its groups. */
    @Test
    void aGroupByIsARepartitionAndThenKeyByKey() throws Exception {
        String sql = "SELECT destination, date, count(*) AS n, max(delay) AS late FROM split GROUP BY ALL";
        try (ArrowPartd split = store("split")) {
            long all = duck.repartition(flights)
                    .by(Partitioner.hash(8, "destination", "date"))
                    .into(split);
            duck.table("split", split);
            assertEquals(
                    List.of(all + "|"),
                    Rows.of(duck.query("SELECT count(*) FROM flights").reader()));
            duck.eachKey(sql).into(into);
            duck.table("groups", into);
            assertEquals(
                    Rows.of(duck.query(sql.replace("FROM split", "FROM flights") + " ORDER BY ALL")
                            .reader()),
                    Rows.of(duck.query("SELECT * FROM groups ORDER BY ALL").reader()));
        }
    }

    @Test
    void aFileForEachKey() throws Exception {
        Path parquet = directory.resolve("parquet");
        SortedMap<String, Path> files = duck.eachKey("SELECT * FROM flights WHERE origin IN ('ATL', 'DEN')")
                .into(parquet);
        assertEquals(Map.of("ATL", parquet.resolve("ATL.parquet"), "DEN", parquet.resolve("DEN.parquet")), files);
        for (String key : files.keySet()) {
            assertEquals(
                    Rows.of(duck.query("SELECT * FROM flights WHERE origin = ?", key)
                            .reader()),
                    Rows.of(duck.query("SELECT * FROM '" + files.get(key) + "'").reader()));
        }
        refused("has files already", () -> duck.eachKey("SELECT 1 FROM flights").into(parquet));
        Path none = directory.resolve("none");
        DuckException failure = assertThrows(
                DuckException.class,
                () -> duck.eachKey("SELECT CASE origin WHEN 'DEN' THEN error('no') ELSE 1 END FROM flights")
                        .into(none));
        assertTrue(failure.getMessage().contains("key \"DEN\""), failure.getMessage());
        duck.close();
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(
                    List.of("flights", "into", "parquet"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aFunctionIsCalledForEachKey() {
        SortedMap<String, Long> rows = duck.eachKey(
                flights,
                (key, reader) -> {
                    long count = 0;
                    while (reader.loadNextBatch())
                        count += reader.getVectorSchemaRoot().getRowCount();
                    return count;
                },
                "delay");
        assertEquals(flights.keys(), rows.keySet());
        rows.forEach((key, count) -> assertEquals(flights.rows(key), count));
    }

    @Test
    void aFailureNamesTheKeyAndEndsTheRest() {
        DuckException sql = assertThrows(
                DuckException.class,
                () -> duck.eachKey(
                                "SELECT CASE WHEN origin = 'DEN' THEN error('no ' || origin) ELSE delay END AS x FROM flights")
                        .into(into));
        assertTrue(sql.getMessage().contains("key \"DEN\"") && sql.getMessage().contains("no DEN"), sql.getMessage());
        IllegalStateException mine = new IllegalStateException("mine");
        DuckException function = assertThrows(
                DuckException.class,
                () -> duck.eachKey(flights, (key, reader) -> {
                    if (key.equals("DEN")) throw mine;
                    return key;
                }));
        assertTrue(function.getMessage().contains("key \"DEN\": mine"), function.getMessage());
        assertEquals(mine, function.getCause());
    }

    @Test
    void anInterruptEndsAllKeys() throws Exception {
        AtomicReference<DuckException> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(assertThrows(
                DuckException.class,
                () -> duck.eachKey("SELECT count(*) FROM flights, range(100000000) r WHERE r.range % 7 = delay % 13")
                        .into(into))));
        waiting.start();
        Thread.sleep(300);
        waiting.interrupt();
        waiting.join(20_000);
        assertEquals(DuckException.Reason.CANCELLED, thrown.get().reason());
    }

    @Test
    void eachKeyOfWhat() throws Exception {
        refused("names no store", () -> duck.eachKey("SELECT 1"));
        try (ArrowPartd other = store("other")) {
            duck.query("SELECT * FROM flights")
                    .by(Partitioner.values("destination"))
                    .into(other);
            duck.table("other", other);
            refused("not split alike", () -> duck.eachKey("SELECT 1 FROM flights, other"));
        }
        refused("is the same store", () -> duck.eachKey("SELECT * FROM flights").into(flights));
    }

    @ParameterizedTest
    @CsvSource({"INNER, 256MB", "LEFT, 256MB", "SEMI, 256MB", "ANTI, 256MB", "INNER, 64MB", "LEFT, 64MB"})
    void joinsKeyByKey(String kind, String memory) throws Exception {
        try (ArrowPartd weather = store("weather");
                PartdDuck small = PartdDuck.open(DuckOptions.memory(memory).threads(2))) {
            duck.query(WEATHER).by(Partitioner.values("origin")).into(weather);
            DuckJoin join = small.join(flights, weather).on("origin", "day");
            DuckJoin asked = switch (kind) {
                case "LEFT" -> join.left();
                case "SEMI" -> join.semi();
                case "ANTI" -> join.anti();
                default -> join;
            };
            long rows = asked.into(into);
            duck.table("weather", weather).table("joined", into);
            String using = kind.equals("SEMI") || kind.equals("ANTI") ? "f.*" : "f.*, degrees";
            List<String> expected = Rows.of(duck.query("SELECT " + using + " FROM flights f " + kind
                            + " JOIN weather w ON f.origin = w.origin AND f.day = w.day ORDER BY ALL")
                    .reader());
            assertEquals(expected.size(), rows);
            assertEquals(
                    expected,
                    Rows.of(duck.query("SELECT * FROM joined ORDER BY ALL").reader()));
            assertEquals(
                    1,
                    duck.explain("SELECT 1 FROM joined WHERE origin = 'DEN'")
                            .scans()
                            .get(0)
                            .keys());
        }
    }

    /** One key that is larger than what is held at once, on both sides, and nulls. */
    @ParameterizedTest
    @ValueSource(strings = {"INNER", "LEFT", "SEMI", "ANTI"})
    void joinsAKeyInSlices(String kind) throws Exception {
        try (ArrowPartd left = store("left");
                ArrowPartd right = store("right");
                PartdDuck small = PartdDuck.open(DuckOptions.memory("64MB").threads(1))) {
            duck.query(numbers("a", 800_000)).by(Partitioner.values("k")).into(left);
            duck.query(numbers("b", 900_000)).by(Partitioner.values("k")).into(right);
            DuckJoin join = small.join(left, right).on("k", "n");
            DuckJoin asked = switch (kind) {
                case "LEFT" -> join.left();
                case "SEMI" -> join.semi();
                case "ANTI" -> join.anti();
                default -> join;
            };
            asked.into(into);
            duck.table("l", left).table("r", right).table("joined", into);
            String sums = kind.equals("SEMI") || kind.equals("ANTI") ? "sum(a)" : "sum(a), sum(b)";
            assertEquals(
                    Rows.of(duck.query("SELECT count(*), count(l.n), " + sums + " FROM l " + kind
                                    + " JOIN r ON l.k = r.k AND l.n = r.n")
                            .reader()),
                    Rows.of(duck.query("SELECT count(*), count(n), " + sums + " FROM joined")
                            .reader()));
        }
    }

    private static String numbers(String name, int rows) {
        return "SELECT 'one' AS k, CASE WHEN range % 100 = 7 THEN NULL ELSE range % 700000 END AS n, hash(range) AS "
                + name + " FROM range(" + rows + ")";
    }

    @Test
    void joinsOnlyWhatIsSplitAlike() throws Exception {
        try (ArrowPartd other = store("other")) {
            duck.query("SELECT origin, day, 1 AS x FROM flights")
                    .by(Partitioner.hash(8, "origin"))
                    .into(other);
            refused(
                    "duck.repartition(right).by(Partitioner.parse(\"values(\\\"origin\\\")\"))",
                    () -> duck.join(flights, other).on("origin").into(into));
            duck.repartition(other).by(Partitioner.values("origin")).into(into);
            assertEquals(flights.keys(), into.keys());
            try (ArrowPartd joined = store("joined")) {
                refused(
                        "unless they are joined on \"origin\"",
                        () -> duck.join(flights, into).on("day").into(joined));
                refused(
                        "no column \"orign\": did you mean \"origin\"?",
                        () -> duck.join(flights, into).on("orign").into(joined));
                refused(
                        "both stores have a column \"day\"",
                        () -> duck.join(flights, into).on("origin").into(joined));
                refused(
                        "one of the stores",
                        () -> duck.join(flights, into).on("origin", "day").into(into));
                assertTrue(duck.join(flights, into).on("origin", "day").semi().into(joined) > 0);
            }
        }
    }

    private static void refused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
