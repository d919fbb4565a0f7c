package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.keys.EachKey;
import io.partd.duckdb.query.ArrowFileSource;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.RootSource;
import io.partd.duckdb.query.Source;
import io.partd.duckdb.query.StoreSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB beside stores: reads files into them, and asks them questions in SQL. One has a database of its own in the
 * memory of this process; what it was given stays the caller's. Safe for several threads.
 */
public final class PartdDuck implements AutoCloseable {
    private final Database database;
    private final Planner planner;

    private PartdDuck(Database database, Planner planner) {
        this.database = database;
        this.planner = planner;
    }

    /**
     * Begins with an empty database.
     *
     * @throws IllegalStateException if DuckDB cannot be had, or if this JVM does not let Arrow hand tables to it: the
     *     message says which flag to add
     */
    public static PartdDuck open(DuckOptions options) {
        try {
            Database database = new Database(options);
            try {
                return new PartdDuck(database, new Planner(database.allocator()));
            } catch (SQLException | RuntimeException | Error e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not begin: " + e.getMessage(), e);
        }
    }

    /**
     * Begins to say what is read into a store: files, to which more can be added.
     *
     * @param pathsOrGlobs as {@link DuckRead#and(String...)} says
     */
    public DuckRead read(String... pathsOrGlobs) {
        return new DuckRead(database).and(pathsOrGlobs);
    }

    /**
     * The same of what one SELECT gives, over files for instance: {@code SELECT * FROM read_csv('a.csv') ORDER BY n}.
     * It runs once more where the rows are looked at first.
     */
    public DuckRead readQuery(String sql) {
        return new DuckRead(database).andQuery(sql);
    }

    /** The same of the batches of a reader, which stays open. */
    public DuckRead read(ArrowReader reader) {
        return new DuckRead(database).and(reader);
    }

    /**
     * Names a store as a table: the rows of all its keys, which have the same columns. Statements read what it holds
     * when they run.
     *
     * @throws IllegalArgumentException if the store has no columns yet, or one of a type that SQL lacks
     */
    public PartdDuck table(String name, ArrowPartd store) {
        return define(name, new StoreSource(require(store, "store"), Optional.empty(), database.scans()));
    }

    /**
     * As {@link #table(String, ArrowPartd)}, with one more column that says under which key a row lies, as text.
     *
     * @param keyColumn the name of that column, such as {@code partition}
     */
    public PartdDuck table(String name, ArrowPartd store, String keyColumn) {
        Optional<String> column = Optional.of(require(keyColumn, "name of the key's column"));
        return define(name, new StoreSource(require(store, "store"), column, database.scans()));
    }

    /**
     * Names an Arrow table as a table. It is read where it lies: it must stay open and as it is while statements run.
     *
     * @throws IllegalArgumentException if it has no columns, or one of a type that SQL lacks
     */
    public PartdDuck table(String name, VectorSchemaRoot table) {
        return define(name, new RootSource(require(table, "table")));
    }

    /**
     * Names a file as a table, by the ending of its name: Parquet, CSV, JSON (a value a line or an array; both also
     * with {@code .gz} or {@code .zst} behind), or Arrow. Of Parquet and Arrow, only the columns that a statement uses
     * are read.
     *
     * @throws IllegalArgumentException if it is not there, or no such file
     */
    public PartdDuck table(String name, Path file) {
        if (!Files.isRegularFile(require(file, "file"))) {
            throw new IllegalArgumentException(file + " is no file");
        }
        try {
            if (isArrow(file)) return define(name, new ArrowFileSource(file, database.scans()));
            defineView(requireName(name), "SELECT * FROM " + Sql.literal(Sql.noGlob(file.toString())));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + Failures.message(e), e);
        }
    }

    private static boolean isArrow(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(arrow|arrows|ipc|feather)");
    }

    private PartdDuck define(String name, Source source) {
        try {
            planner.define(requireName(name), source);
            return this;
        } catch (SQLException e) {
            throw new IllegalArgumentException("table \"" + name + "\": " + Failures.message(e), e);
        }
    }

    private void defineView(String name, String query) throws SQLException {
        planner.defineView(name, query);
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE VIEW " + Sql.identifier(name) + " AS " + query);
        }
    }

    private static <T> T require(T value, String what) {
        return Objects.requireNonNull(value, () -> "the " + what + " is null");
    }

    private static String requireName(String name) {
        if (require(name, "name").isBlank()) throw new IllegalArgumentException("the name of the table is empty");
        return name;
    }

    /**
     * Returns a statement, one SELECT, over the tables that were named. It is checked now, and runs when its result is
     * asked for. Only the columns that it uses are read of a store, and only the keys that can have rows where a
     * condition in its WHERE leaves a few values, or a range, of the columns that the store is split by.
     *
     * <p>Rows come in the order of the store's keys, and within a key as they were appended, where the statement says
     * no other. The order of joins is the one in which the statement has them: the larger table first.
     *
     * @param parameters the values of {@code ?}, or {@code $1} and so on: null, text, numbers, booleans, dates, times,
     *     {@code byte[]}, {@code UUID}, collections of such
     * @throws IllegalArgumentException if the statement is wrong, with the place marked and near names, or a value has
     *     no place in SQL
     */
    public DuckQuery query(String sql, Object... parameters) {
        return DuckQuery.of(database, planner, sql, parameters);
    }

    /** Returns what a statement reads, as {@link DuckQuery#explain} does. */
    public Explanation explain(String sql, Object... parameters) {
        return query(sql, parameters).explain();
    }

    /**
     * Returns a statement that is asked of each key of the stores in it by itself: its totals are per key.
     *
     * @param parameters as for {@link #query}
     * @throws IllegalArgumentException if the statement is wrong, names no store, or several that are not split alike
     */
    public DuckEachKey eachKey(String sql, Object... parameters) {
        return DuckEachKey.of(database, query(sql, parameters).plan());
    }

    /**
     * Calls a function with the rows of each key of a store, with as many keys at once as there are
     * {@link DuckOptions#threads}, and returns what it returned by key. Columns that are dictionary-encoded stay so.
     *
     * @param columns which to read, or none for all
     * @throws DuckException if the function fails with a key, which the message names; the rest is ended
     */
    public <R> SortedMap<String, R> eachKey(ArrowPartd store, KeyFunction<R> function, String... columns) {
        SortedMap<String, R> results = Collections.synchronizedSortedMap(new TreeMap<>());
        List<String> keys = List.copyOf(require(store, "store").keys());
        EachKey.run("each key of " + store, keys, database.options().threads(), key -> {
            try (ArrowReader rows = store.reader(database.scans(), key, columns)) {
                R result = function.apply(key, rows);
                results.put(key, result);
            }
        });
        return new TreeMap<>(results);
    }

    /** Returns the rows of a store, to be split another way. */
    public DuckRepartition repartition(ArrowPartd store) {
        return new DuckRepartition(database, store, null);
    }

    /** Returns the rows of a store, to be sorted; they may be more than fit into memory. */
    public DuckSort sort(ArrowPartd store) {
        return new DuckSort(database, planner, require(store, "store"), List.of());
    }

    /** Returns two stores that are split alike, to be joined key by key. */
    public DuckJoin join(ArrowPartd left, ArrowPartd right) {
        return DuckJoin.of(database, planner, require(left, "left store"), require(right, "right store"));
    }

    /** Ends the database, and removes its temporary files; stores that it was given stay open. */
    @Override
    public void close() {
        try (database) {
            planner.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not end: " + e.getMessage(), e);
        }
    }
}
