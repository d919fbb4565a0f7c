package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.testing.Rows;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Random conditions, groups and joins over stores that are split in every way, beside the same over tables of DuckDB's.
 */
class RandomQueriesTest {
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 100);
    private static final List<String> COLUMNS = List.of("a", "t", "d", "x", "n");
    private static final String ROWS = "SELECT (hash(range) % 50)::INTEGER AS a,"
            + " CASE WHEN range % 11 = 0 THEN NULL WHEN range % 13 = 0 THEN '' ELSE 't' || hash(range + 1) % 20 END AS t,"
            + " DATE '2001-01-01' + (hash(range + 2) % 30)::INTEGER AS d,"
            + " CASE WHEN range % 17 = 0 THEN 'NaN'::DOUBLE ELSE (hash(range + 3) % 100)::DOUBLE / 4 END AS x,"
            + " (hash(range + 4) % 40)::DECIMAL(9, 2) AS n FROM range(700)";
    private static final List<Partitioner> SPLITS = List.of(
            Partitioner.values("t"),
            Partitioner.hash(7, "a"),
            Partitioner.hash(5, "t", "d"),
            Partitioner.range("x", 3.5, 10, 20),
            Partitioner.range("t", "t12", "t3"),
            Partitioner.values("n"),
            Partitioner.values("a", "d"));

    private Random random;

    @Test
    void giveWhatDuckDbGives() throws Exception {
        long seed = Long.getLong("partd.random.seed", System.nanoTime());
        random = new Random(seed);
        try (BufferAllocator allocator = new RootAllocator();
                DuckDBConnection alone =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = alone.createStatement();
                PartdDuck duck = PartdDuck.open(DuckOptions.memory("128MB").threads(2))) {
            for (int i = 0; i < SPLITS.size(); i++) {
                ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator);
                duck.query(ROWS).by(SPLITS.get(i)).into(store);
                duck.table("s" + i, store);
                statement.execute("CREATE TABLE s" + i + " AS " + ROWS);
            }
            for (int i = 0; i < ROUNDS; i++) {
                String sql = query();
                assertEquals(
                        Rows.ofDuckDb(allocator, sql, alone),
                        Rows.of(duck.query(sql).reader()),
                        () -> "seed " + seed + ": " + sql);
            }
        }
    }

    private String query() {
        String left = "s" + random.nextInt(SPLITS.size());
        String right = "s" + random.nextInt(SPLITS.size());
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT * FROM " + left + " WHERE " + condition("") + " ORDER BY ALL";
            case 1 ->
                "SELECT " + column() + " AS g, count(*), min(n), max(d) FROM " + left + " WHERE " + condition("")
                        + " GROUP BY 1 ORDER BY ALL";
            case 2 ->
                "SELECT count(*), sum(l.a), sum(r.n) FROM " + left + " l " + pick("", "LEFT ", "RIGHT ", "FULL ")
                        + "JOIN " + right + " r ON l.a = r.a AND l.d = r.d WHERE " + condition("l.") + " AND ("
                        + condition("r.") + " OR " + condition("l.") + ")";
            default ->
                "SELECT count(*), max(t) FROM (SELECT * FROM " + left + " WHERE " + condition("")
                        + ") WHERE a IN (SELECT a FROM " + right + " WHERE " + condition("") + ")";
        };
    }

    private String condition(String table) {
        int kind = random.nextInt(8);
        if (kind == 0) return "(" + condition(table) + " AND " + condition(table) + ")";
        if (kind == 1) return "(" + condition(table) + " OR " + condition(table) + ")";
        if (kind == 2) return "NOT " + condition(table);
        String column = column();
        String name = table + column;
        if (kind == 3) return name + " IN (" + value(column) + ", " + value(column) + ")";
        if (kind == 4) return name + " BETWEEN " + value(column) + " AND " + value(column);
        if (kind == 5) return name + " IS " + pick("", "NOT ") + "NULL";
        return name + " " + pick("=", "=", "=", "<", "<=", ">", ">=", "<>") + " " + value(column);
    }

    private String column() {
        return COLUMNS.get(random.nextInt(COLUMNS.size()));
    }

    private String value(String column) {
        return switch (column) {
            case "t" -> pick("''", "NULL", "'t" + random.nextInt(22) + "'");
            case "d" -> pick("DATE ", "") + "'2001-01-" + (10 + random.nextInt(20)) + "'";
            case "x" -> pick(random.nextInt(30) + ".25", "-1", "'NaN'::DOUBLE", String.valueOf(random.nextInt(30)));
            case "n" -> pick(random.nextInt(45) + ".00", String.valueOf(random.nextInt(45)), "3.5", "3.001");
            default -> pick(String.valueOf(random.nextInt(55)), "7.5", random.nextInt(55) + "::BIGINT", "'12'");
        };
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }
}
