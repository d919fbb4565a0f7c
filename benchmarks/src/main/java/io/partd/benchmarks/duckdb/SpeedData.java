package io.partd.benchmarks.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckOptions;
import io.partd.duckdb.DuckRead;
import io.partd.duckdb.PartdDuck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The tables of the comparisons: each one as a Parquet file, with DuckDB's own settings, and as a store of the same
 * rows. A table is made when it is asked for first.
 */
final class SpeedData {
    static final int PARTS = 64;
    private static final long STAGED = 512_000_000;
    private static final int NAMES = 1_000;
    /** A prime that no number of rows here is a multiple of: i times it goes through all numbers once. */
    private static final long STEP = 7_368_787;

    private static final long OTHER_STEP = 15_485_863;

    private final Path directory;
    private final long rows;

    SpeedData(Path directory, long rows) {
        this.directory = directory;
        this.rows = rows;
    }

    Path parquet(String table) {
        return directory.resolve(table + ".parquet");
    }

    Path store(String table) {
        return directory.resolve(table);
    }

    /** Makes a Parquet file, unless it is there. */
    void requireParquet(String table) throws SQLException {
        if (Files.exists(parquet(table))) return;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + sql(table) + ") TO '" + parquet(table) + "' (FORMAT parquet)");
        }
    }

    /** Makes a store of the rows of a Parquet file, unless it is there. */
    void requireStore(String store) throws SQLException {
        String table = store.replaceAll("-.*", "");
        requireParquet(table);
        if (Files.exists(store(store))) return;
        try (PartdDuck duck = PartdDuck.open(DuckOptions.memory("2GB"));
                ArrowPartd into = open(store, ArrowPartd.sharedAllocator(), STAGED)) {
            String file = "FROM '" + parquet(table) + "'";
            DuckRead read = duck.readQuery(
                    store.endsWith("-dictionary")
                            ? "SELECT CAST(s AS " + names() + ") AS s, g, v " + file
                            : "SELECT * " + file);
            split(store).apply(read).into(into);
        }
    }

    /** @param staged how many bytes wait in memory, so that a key gets larger pieces */
    ArrowPartd open(String store, BufferAllocator allocator, long staged) {
        return ArrowPartd.over(
                Partds.file(store(store)), allocator, ArrowOptions.defaults().withStageBytes(staged));
    }

    private static UnaryOperator<DuckRead> split(String store) {
        return switch (store) {
            case "numbers" -> read -> read.by(Partitioner.hash(PARTS, "v"));
            case "numbers-range" -> read -> read.byRanges("k", PARTS);
            // Every piece brings its dictionary, so that pieces are to be larger than those.
            case "names-dictionary" -> read -> read.by(Partitioner.hash(1, "g"));
            case "names" -> read -> read.by(Partitioner.hash(PARTS, "g"));
            default -> read -> read.by(Partitioner.hash(PARTS, "k"));
        };
    }

    private String sql(String table) {
        return switch (table) {
            case "left" ->
                "SELECT i * " + STEP + " % " + rows
                        + " AS k, (hash(i) >> 2)::BIGINT % 1000000 AS a, (i % 65536)::INTEGER AS b, i AS c,"
                        + " random() AS d FROM range(" + rows + ") t(i)";
            case "right" ->
                "SELECT i * " + OTHER_STEP + " % " + rows + " AS k, (hash(i + 1) >> 2)::BIGINT % 1000000 AS e,"
                        + " (i % 10007)::INTEGER AS f, i AS g, random() AS h FROM range(" + rows + ") t(i)";
            case "numbers" -> "SELECT (hash(i) >> 2)::BIGINT AS k, i AS v FROM range(" + 4 * rows + ") t(i)";
            case "names" ->
                "SELECT " + name("(hash(i) % " + NAMES + ")") + " AS s, (hash(i + 7) % " + NAMES + ")::INTEGER AS g,"
                        + " i AS v FROM range(" + rows + ") t(i)";
            default -> throw new IllegalArgumentException("there is no table " + table);
        };
    }

    private static String name(String number) {
        return "printf('NAM%03d', " + number + "::BIGINT)";
    }

    /** The type of values that are one of the names: DuckDB hands such columns over with a dictionary. */
    private static String names() {
        return IntStream.range(0, NAMES)
                .mapToObj(i -> String.format(Locale.ROOT, "'NAM%03d'", i))
                .collect(Collectors.joining(", ", "ENUM(", ")"));
    }
}
