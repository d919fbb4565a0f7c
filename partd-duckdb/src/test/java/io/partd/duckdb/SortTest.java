package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Sorted stores; the oracle is DuckDB's ORDER BY. */
class SortTest extends FlightsFixture {
    private ArrowPartd into;

    SortTest() {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date",
                "delay",
                "destination",
                "origin, delay",
                "delay DESC, origin",
                "destination DESC, date DESC",
                "origin, date DESC"
            })
    void sortsByRanges(String columns) throws Exception {
        try (PartdDuck small =
                PartdDuck.open(DuckOptions.memory("64MB").threads(2).temporaryIn(directory))) {
            long rows = by(small.sort(flights), columns).into(into);
            assertEquals(duck.query("SELECT 1 FROM flights").toTablesaw().rowCount(), rows);
            assertTrue(into.keys().size() > 1);
        }
        duck.table("sorted", into);
        assertEquals(ordered("flights", columns), rows("SELECT * FROM sorted"));
        String first = columns.split("[ ,]")[0];
        try (ArrowPartd again = store("again")) {
            duck.sort(into).by(first, "distance").into(again);
            assertEquals(into.keys(), again.keys());
            duck.table("again", again);
            assertEquals(ordered("sorted", first + ", distance"), rows("SELECT * FROM again"));
        }
        duck.close();
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(
                    Collections.emptyList(),
                    left.filter(path -> !path.toString().matches(".*/(flights|into|again)"))
                            .toList());
        }
    }

    private static DuckSort by(DuckSort sort, String columns) {
        DuckSort all = sort;
        for (String each : columns.split(", ")) {
            String[] words = each.split(" ");
            all = words.length == 1 ? all.by(words[0]) : all.byDescending(words[0]);
        }
        return all;
    }

    /** What DuckDB gives. Rows that are equal keep their order: it is told what that was. */
    private List<String> ordered(String table, String columns) throws Exception {
        return rows("SELECT * EXCLUDE n FROM (SELECT *, row_number() OVER () AS n FROM " + table + ") ORDER BY "
                + columns + ", n");
    }

    private List<String> rows(String sql) throws Exception {
        return Rows.of(duck.query(sql).reader());
    }

    /** The order is that of the store that was sorted, and not of what is made of it. */
    @Test
    void whatIsMadeOfADescendingStoreIsNotDescending() throws Exception {
        duck.sort(flights).byDescending("delay").into(into);
        try (ArrowPartd days = store("days");
                ArrowPartd again = store("again")) {
            duck.repartition(into).by(Partitioner.values("day")).into(days);
            duck.repartition(days).by(Partitioner.range("delay", 0, 30)).into(again);
            duck.table("again", again, "partition");
            assertEquals(
                    List.of("0|", "1|", "2|"),
                    rows(
                            "SELECT partition FROM (SELECT partition, row_number() OVER () n FROM again) GROUP BY 1 ORDER BY min(n)"));
        }
    }

    @Test
    void sortsTypesAndNullsAndNothing() throws Exception {
        String types = "SELECT CASE WHEN range % 9 = 0 THEN NULL ELSE (hash(range) % 1000)::TYPE END AS v, range AS r"
                + " FROM range(3000)";
        for (String type : List.of("DOUBLE", "FLOAT", "DECIMAL(9, 2)", "UTINYINT", "UBIGINT", "VARCHAR")) {
            String how = type.equals("UTINYINT") ? types.replace("1000", "200") : types;
            sorted(how.replace("TYPE", type), type);
        }
        sorted("SELECT DATE '2000-01-01' + (hash(range) % 1000)::INT AS v, range AS r FROM range(1000)", "DATE");
        sorted(
                "SELECT TIMESTAMPTZ '2000-01-01' + INTERVAL (hash(range) % 1000) HOUR AS v, range AS r FROM range(1000)",
                "T");
        sorted(
                "SELECT TIME '00:00:00' + INTERVAL (hash(range) % 1000) SECOND AS v, range AS r FROM range(1000)",
                "TIME");
        sorted("SELECT from_hex(printf('%04x', hash(range) % 1000)) AS v, range AS r FROM range(1000)", "B");
        sorted(
                "SELECT CASE WHEN range % 5 = 0 THEN 'nan'::DOUBLE ELSE range % 7 END AS v, range AS r FROM range(99)",
                "N");
        sorted("SELECT NULL::INTEGER AS v, range AS r FROM range(10)", "nulls");
        sorted("SELECT (range % 2 = 0) AS v, range AS r FROM range(10)", "BOOLEAN");
        try (ArrowPartd source = store("lists");
                ArrowPartd target = store("nothing")) {
            duck.query("SELECT [1] AS v, 2 AS w").under("k").into(source);
            refused("cannot be sorted by first", () -> duck.sort(source).by("v").into(target));
            refused("did you mean", () -> duck.sort(source).by("W").into(target));
            refused("has keys already", () -> duck.sort(source).by("w").into(flights));
        }
    }

    private void sorted(String sql, String name) throws Exception {
        for (String order : List.of("v", "v DESC")) {
            try (ArrowPartd source = store("source " + name + order);
                    ArrowPartd target = store("target " + name + order)) {
                duck.query(sql).under("k").into(source);
                by(duck.sort(source), order + ", r").into(target);
                duck.table("s", source).table("t", target);
                assertEquals(
                        rows("SELECT v::VARCHAR, r FROM s ORDER BY " + order + " NULLS LAST, r"),
                        rows("SELECT v::VARCHAR, r FROM t"),
                        name);
            }
        }
    }

    private static void refused(String part, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
