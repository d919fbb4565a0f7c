package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.keys.SortColumn;
import io.partd.duckdb.keys.Sorting;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.write.StoreOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rows of a store, to be sorted by columns. Immutable. */
public final class DuckSort {
    private final Database database;
    private final Planner planner;
    private final ArrowPartd from;
    private final List<SortColumn> columns;

    DuckSort(Database database, Planner planner, ArrowPartd from, List<SortColumn> columns) {
        this.database = database;
        this.planner = planner;
        this.from = from;
        this.columns = columns;
    }

    /**
     * Returns the same, ordered by these columns as well, ascending: rows that are equal in all those named before are
     * ordered by the first, those equal in it by the next, and so on.
     */
    public DuckSort by(String column, String... more) {
        return and(false, column, more);
    }

    /** Returns the same, ordered by these columns as well, the largest value of each first. */
    public DuckSort byDescending(String column, String... more) {
        return and(true, column, more);
    }

    private DuckSort and(boolean descending, String column, String... more) {
        List<SortColumn> all = new ArrayList<>(columns);
        all.add(new SortColumn(Objects.requireNonNull(column, "the column is null"), descending));
        for (String name : more) {
            all.add(new SortColumn(Objects.requireNonNull(name, "a column is null"), descending));
        }
        return new DuckSort(database, planner, from, List.copyOf(all));
    }

    /**
     * Sorts all rows into another store, which is empty: split by ranges of the first column, and in order within each.
     * Nulls come last, ascending or descending, NaN counts as the largest number, and rows that are equal in all
     * columns stay in the order that they had: by the store's keys, and as they were appended.
     * {@link PartdDuck#table(String, ArrowPartd)} reads the ranges in their order, so that {@code SELECT * FROM sorted}
     * gives all rows in order.
     *
     * <p>Where the store is split by ranges of that column already, they are sorted one by one. Else bounds are chosen
     * by a sample of the column's values such that a range fits into memory, and rows are split by them into a
     * temporary store first, which is as large as this one.
     *
     * @return how many rows there were
     * @throws IllegalStateException if no column was named
     * @throws IllegalArgumentException if a column is not there or has no order, or the other store has keys
     * @throws DuckException if it cannot be finished: then the other store has some of the rows
     */
    public long into(ArrowPartd store) {
        Objects.requireNonNull(store, "the other store is null");
        if (columns.isEmpty()) throw new IllegalStateException("say by which columns: by(column, more...)");
        if (StoreOutput.bottom(store) == StoreOutput.bottom(from)) {
            throw new IllegalArgumentException(store + " is the store that is read: sort into another one");
        }
        if (!store.keys().isEmpty()) {
            throw new IllegalArgumentException(store + " has keys already: sort into an empty store");
        }
        StoreOutput.prepare(database, store);
        return new Sorting(database, planner, columns, store).sort(from);
    }
}
