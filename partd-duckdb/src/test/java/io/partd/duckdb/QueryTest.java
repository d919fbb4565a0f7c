package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Statements over the sample flights in a store; the oracle is DuckDB over the same Parquet file. */
class QueryTest extends FlightsFixture {
    private static final Path AIRPORTS = Path.of("../samples/airports.csv");
    private static final String[] TABLES = {
        "CREATE VIEW flights AS SELECT * FROM " + SAMPLE, "CREATE VIEW airports AS SELECT * FROM '" + AIRPORTS + "'"
    };

    QueryTest() {
        super("SELECT * FROM " + SAMPLE);
    }

    @BeforeEach
    void addAirports() {
        duck.table("airports", AIRPORTS);
    }

    /** Columns of DuckDB's ENUM come with a dictionary, whose numbers have one, two or four bytes by its size. */
    @ParameterizedTest
    @ValueSource(strings = {"'LOW', 'HIGH'", "'HIGH', 'LOW'", ""})
    void dictionariesAreReadAsTheirValues(String other) throws Exception {
        String sql =
                "SELECT delay % 7 AS n, CASE WHEN delay > 60 THEN 'HIGH' WHEN delay > 0 THEN 'LOW' END AS level FROM "
                        + SAMPLE;
        String asked = "SELECT level, count(*) c, sum(n) s FROM levels GROUP BY level ORDER BY level";
        try (ArrowPartd levels = ArrowPartd.over(Partds.dict(), allocator)) {
            duck.query("SELECT n, CAST(level AS ENUM('LOW', 'HIGH')) AS level FROM (" + sql + ")")
                    .under("one")
                    .into(levels);
            String type = other.isEmpty() ? "VARCHAR" : "ENUM(" + other + ")";
            duck.query("SELECT n, CAST(level AS " + type + ") AS level FROM (" + sql + ")")
                    .under("two")
                    .into(levels);
            assertTrue(levels.schema("one").findField("level").getDictionary() != null, "it has a dictionary");
            duck.table("levels", levels);
            assertEquals(
                    Rows.ofDuckDb(allocator, asked, "CREATE VIEW levels AS (" + sql + ") UNION ALL (" + sql + ")"),
                    Rows.of(duck.query(asked).reader()));
        }
    }

    /** DuckDB keeps the dictionary of a column while the next one lies where it lay. */
    @Test
    void everyKeyMayHaveADictionaryOfItsOwn() throws Exception {
        try (ArrowPartd levels = ArrowPartd.over(Partds.dict(), allocator)) {
            long sum = 0;
            for (int key = 0; key < 60; key++) {
                String type = "ENUM('a" + key + "', 'b" + key + "', 'c" + key + "')";
                duck.query("SELECT CAST('abc'[1 + range % 3] || '" + key + "' AS " + type + ") AS level FROM range("
                                + (3_000 + key) + ")")
                        .under("key" + key)
                        .into(levels);
                sum += 3_000 + key;
            }
            duck.table("levels", levels, "partition");
            String wrong =
                    "SELECT count(*), count(*) FILTER (level[2:] <> partition[4:]), count(DISTINCT level) FROM levels";
            assertEquals(List.of(sum + "|0|180|"), Rows.of(duck.query(wrong).reader()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT origin, avg(delay) d, count(*) FROM flights GROUP BY origin ORDER BY d DESC, origin LIMIT 10",
                "SELECT count(*) FROM flights",
                "SELECT count(*) FROM flights WHERE origin = 'ATL'",
                "SELECT sum(delay) FROM flights WHERE origin IN ('ATL', 'ORD') AND delay > 10",
                "SELECT a.origin, count(*) FROM flights a JOIN flights b ON a.destination = b.origin AND a.date = b.date"
                        + " GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 5",
                "WITH f AS (SELECT * FROM flights WHERE delay > 60) SELECT f.origin, g.n FROM (SELECT DISTINCT origin"
                        + " FROM f) f JOIN (SELECT origin, count(*) n FROM f GROUP BY 1) g USING (origin) ORDER BY 1",
                "WITH flights AS (SELECT 1 AS x) SELECT * FROM flights",
                "SELECT * FROM (SELECT origin, destination, delay FROM flights) WHERE delay > 300 ORDER BY ALL",
                "SELECT origin FROM flights WHERE EXISTS (SELECT 1 FROM flights g WHERE g.destination = flights.origin"
                        + " AND g.delay > 400) GROUP BY 1 ORDER BY 1",
                "SELECT f.origin, a.* FROM flights f JOIN airports a ON f.origin = a.iata ORDER BY ALL LIMIT 20",
                "WITH RECURSIVE hops AS (SELECT 'ATL' AS at, 0 AS n UNION SELECT f.destination, n + 1 FROM hops JOIN"
                        + " flights f ON f.origin = hops.at WHERE n < 2) SELECT count(*), max(n) FROM hops",
                "WITH f AS NOT MATERIALIZED (SELECT origin o, delay FROM flights) SELECT (SELECT count(*) FROM f),"
                        + " (SELECT max(delay) FROM f)",
                "FROM flights SELECT max(delay) OVER (PARTITION BY origin) m, origin QUALIFY row_number() OVER"
                        + " (PARTITION BY origin ORDER BY delay) = 1 ORDER BY ALL",
                "SELECT * FROM (PIVOT flights ON origin IN ('ATL', 'ORD') USING count(*) GROUP BY destination)"
                        + " ORDER BY ALL",
                "SELECT 1 FROM flights WHERE 1 = 0",
                "SELECT count(*) FROM flights LEFT JOIN airports ON origin = iata WHERE origin = 'ATL' OR origin = 'ORD'",
                "SELECT max(delay) FROM flights TABLESAMPLE 100 PERCENT"
            })
    void givesWhatDuckDbGives(String sql) throws Exception {
        assertEquals(
                Rows.ofDuckDb(allocator, sql, TABLES), Rows.of(duck.query(sql).reader()));
        // Once more: streams are read once, and a statement runs as often as it is asked.
        DuckQuery query = duck.query(sql);
        assertEquals(Rows.of(query.reader()), Rows.of(query.reader()));
    }

    @Test
    void readsTheColumnsAndKeysThatItNeeds() {
        Explanation.Scan one = duck.explain("SELECT sum(delay) FROM flights WHERE origin = ?", "ATL")
                .scans()
                .get(0);
        assertEquals("flights", one.table());
        assertEquals(List.of("delay", "origin"), one.columns().stream().sorted().toList());
        assertEquals(1, one.keys());
        assertEquals(flights.keys().size(), one.allKeys());
        assertEquals(flights.bytes("ATL", "origin", "delay"), one.bytes());
        assertTrue(flights.bytes("ATL") > one.bytes());
        assertEquals(2, keys("SELECT 1 FROM flights WHERE origin IN ('ATL', 'ORD', 'nowhere') AND delay > 3"));
        assertEquals(2, keys("SELECT 1 FROM flights f WHERE f.origin = 'ATL' OR 'ORD' = f.origin"));
        assertEquals(1, keys("SELECT 1 FROM flights WHERE origin = 'ATL' AND origin = 'ORD'"));
        assertEquals(flights.keys().size(), keys("SELECT 1 FROM flights WHERE origin = 'ATL' OR delay = 3"));
        assertEquals(flights.keys().size(), keys("SELECT 1 FROM flights WHERE origin > 'ATL'"));
        assertEquals(flights.keys().size(), keys("SELECT (SELECT count(*) FROM flights) WHERE 1 = 1"));
    }

    private int keys(String sql) {
        return duck.explain(sql).scans().get(0).keys();
    }

    @Test
    void choosesBucketsAndRanges() throws Exception {
        try (ArrowPartd buckets = store("buckets");
                ArrowPartd ranges = store("ranges")) {
            DuckQuery all = duck.query("SELECT * FROM flights");
            all.by(Partitioner.hash(16, "origin", "destination")).into(buckets);
            all.by(Partitioner.range("delay", -10, 0, 10, 60)).into(ranges);
            duck.table("buckets", buckets).table("ranges", ranges);
            assertEquals(1, keys("SELECT 1 FROM buckets WHERE origin = 'ATL' AND destination = 'ORD'"));
            assertEquals(16, keys("SELECT 1 FROM buckets WHERE origin = 'ATL'"));
            assertEquals(2, keys("SELECT 1 FROM ranges WHERE delay >= 20"));
            assertEquals(2, keys("SELECT 1 FROM ranges WHERE 20 < delay"));
            assertEquals(1, keys("SELECT 1 FROM ranges WHERE delay < -20"));
            assertEquals(2, keys("SELECT 1 FROM ranges WHERE delay BETWEEN 5 AND 15"));
            assertEquals(1, keys("SELECT 1 FROM ranges WHERE delay = -3"));
            for (String where : List.of("delay >= 20", "delay < -20", "delay BETWEEN 5 AND 15", "delay IS NULL")) {
                String sql = "SELECT count(*), sum(delay) FROM %s WHERE " + where;
                assertEquals(
                        Rows.ofDuckDb(allocator, sql.replace("%s", "flights"), TABLES),
                        Rows.of(duck.query(sql.replace("%s", "ranges")).reader()));
            }
        }
    }

    @Test
    void parametersAreValues() throws Exception {
        String sql = "SELECT ?, count(*) FROM flights WHERE origin = ? AND delay > ?";
        List<String> rows = Rows.of(duck.query(sql, null, "x' OR 1 = 1 --", 5L).reader());
        assertEquals(List.of("null|0|"), rows);
        assertEquals(
                List.of("2001-02-03|1.50|7|[1,2]|"),
                Rows.of(duck.query(
                                        "SELECT $1, $2, $3, $4",
                                        LocalDate.of(2001, 2, 3),
                                        new BigDecimal("1.50"),
                                        (byte) 7,
                                        List.of(1, 2))
                                .reader())
                        .stream()
                        .map(row -> row.replace(
                                String.valueOf(LocalDate.of(2001, 2, 3).toEpochDay()), "2001-02-03"))
                        .toList());
        refused("has 1 parameters, and is given 2", () -> duck.query("SELECT ?", 1, 2));
        refused("parameter 2 has no value", () -> duck.query("SELECT ?, ?", 1));
        refused("class java.lang.Object", () -> duck.query("SELECT ?", new Object()));
    }

    @Test
    void theKeyIsAColumnWhereAsked() throws Exception {
        duck.table("keyed", flights, "partition");
        assertEquals(
                Rows.of(duck.query("SELECT origin, count(*) FROM flights GROUP BY 1 ORDER BY 1")
                        .reader()),
                Rows.of(duck.query("SELECT partition, count(*) FROM keyed GROUP BY 1 ORDER BY 1")
                        .reader()));
        assertEquals(1, keys("SELECT count(*) FROM keyed WHERE partition = 'ATL'"));
        assertEquals(
                List.of("0|"),
                Rows.of(duck.query("SELECT count(*) FROM keyed WHERE partition <> origin")
                        .reader()));
    }

    @Test
    void resultsAreTables() {
        String sql = "SELECT origin, sum(delay) s, avg(delay) a, max(date) d FROM flights GROUP BY 1 ORDER BY 1";
        Table table = duck.query(sql).toTablesaw();
        assertEquals(flights.keys().size(), table.rowCount());
        assertEquals(List.of("origin", "s", "a", "d"), table.columnNames());
        assertEquals(ColumnType.LONG, table.column("s").type());
        try (VectorSchemaRoot root = duck.query(sql).toArrow(allocator)) {
            assertEquals(table.rowCount(), root.getRowCount());
            duck.table("result", root);
            assertEquals(
                    table.rowCount(),
                    duck.query("SELECT DISTINCT a.origin FROM result a, result b WHERE a.origin = b.origin")
                            .toTablesaw()
                            .rowCount());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.parquet", "f.csv", "f.csv.gz", "f.json", "f.arrow", "f.arrows"})
    void resultsAreFilesAndFilesAreTables(String name) throws Exception {
        String sql = "SELECT origin, delay FROM flights WHERE origin < 'C' ORDER BY ALL";
        Path file = directory.resolve(name);
        duck.query(sql).into(file);
        duck.table("back", file);
        assertEquals(
                Rows.of(duck.query(sql.replace("flights", "back")).reader()),
                Rows.of(duck.query(sql).reader()));
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(each -> each.toString().contains(".tmp")).toList());
        }
    }

    @Test
    void parquetFilesOfASize() throws Exception {
        Path files = directory.resolve("files");
        duck.query("SELECT *, hash(range) h FROM range(600000)").into(files, 1_000_000);
        List<Path> made;
        try (var list = Files.list(files)) {
            made = list.sorted().toList();
        }
        assertTrue(made.size() > 2, made::toString);
        assertEquals("part-0.parquet", made.get(0).getFileName().toString());
        assertEquals(
                List.of("600000|"),
                Rows.of(duck.query("SELECT count(*) FROM '" + files + "/*.parquet'")
                        .reader()));
        refused("has files already", () -> duck.query("SELECT 1").into(files, 1_000_000));
    }

    @Test
    void rowsGoIntoAnotherStoreInOrder() throws Exception {
        try (ArrowPartd other = store("other")) {
            long rows = duck.query("SELECT * FROM flights WHERE delay > 0 ORDER BY date, origin")
                    .by(Partitioner.values("destination"))
                    .into(other);
            duck.table("other", other);
            assertEquals(
                    List.of(rows + "|"),
                    Rows.of(duck.query("SELECT count(*) FROM other").reader()));
            duck.query("SELECT 7 AS seven WHERE 1 = 0").under("none").into(other);
            assertEquals("seven", other.schema("none").getFields().get(0).getName());
            assertThrows(
                    IllegalStateException.class, () -> duck.query("SELECT 1").into(other));
            refused(
                    "is the same store",
                    () -> duck.query("SELECT * FROM flights")
                            .by(Partitioner.values("origin"))
                            .into(flights));
        }
    }

    @Test
    void storesFilesAndArrowTablesTogether() throws Exception {
        try (VectorSchemaRoot late = duck.query(
                        "SELECT origin, count(*) AS late FROM flights WHERE delay > 60 GROUP BY 1")
                .toArrow(allocator)) {
            duck.table("late", late);
            String sql = "SELECT city, late, f.n, p.n FROM (SELECT origin, count(*) n FROM flights GROUP BY 1) f"
                    + " JOIN late USING (origin) JOIN airports ON iata = origin"
                    + " JOIN (SELECT destination, count(*) n FROM " + SAMPLE
                    + " GROUP BY 1) p ON p.destination = origin ORDER BY ALL";
            String[] tables = {
                TABLES[0],
                TABLES[1],
                "CREATE VIEW late AS SELECT origin, count(*) AS late FROM flights WHERE delay > 60 GROUP BY 1"
            };
            assertEquals(
                    Rows.ofDuckDb(allocator, sql, tables),
                    Rows.of(duck.query(sql).reader()));
        }
    }

    private static void refused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
