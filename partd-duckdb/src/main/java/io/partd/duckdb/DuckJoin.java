package io.partd.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.keys.JoinKind;
import io.partd.duckdb.keys.Joining;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.StoreSource;
import io.partd.duckdb.write.StoreOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Two stores that are split alike, to be joined key by key, without a shuffle. Immutable; an inner join at first. */
public final class DuckJoin {
    private final Database database;
    private final Planner planner;
    private final StoreSource left;
    private final StoreSource right;
    private final JoinKind kind;
    private final List<String> columns;

    private DuckJoin(
            Database database,
            Planner planner,
            StoreSource left,
            StoreSource right,
            JoinKind kind,
            List<String> columns) {
        this.database = database;
        this.planner = planner;
        this.left = left;
        this.right = right;
        this.kind = kind;
        this.columns = columns;
    }

    static DuckJoin of(Database database, Planner planner, ArrowPartd left, ArrowPartd right) {
        return new DuckJoin(
                database,
                planner,
                new StoreSource(left, Optional.empty(), database.scans()),
                new StoreSource(right, Optional.empty(), database.scans()),
                JoinKind.INNER,
                List.of());
    }

    /** Returns the same, with the columns that must be equal, which both stores have; a null equals nothing. */
    public DuckJoin on(String column, String... more) {
        List<String> all = new ArrayList<>();
        all.add(Objects.requireNonNull(column, "the column is null"));
        for (String name : more) all.add(Objects.requireNonNull(name, "a column is null"));
        return new DuckJoin(database, planner, left, right, kind, List.copyOf(all));
    }

    /**
     * Returns the same as a left join: rows of the left store that match none have nulls for the right one's columns.
     */
    public DuckJoin left() {
        return with(JoinKind.LEFT);
    }

    /** Returns the same as a semi join: the rows of the left store that match any, once each. */
    public DuckJoin semi() {
        return with(JoinKind.SEMI);
    }

    /** Returns the same as an anti join: the rows of the left store that match none. */
    public DuckJoin anti() {
        return with(JoinKind.ANTI);
    }

    private DuckJoin with(JoinKind other) {
        return new DuckJoin(database, planner, left, right, other, columns);
    }

    /**
     * Joins, and appends the rows to another store, split as these two are: the left store's columns, then those of the
     * right one but for the columns joined on. Their order within a key is not said. What was appended before a failure
     * stays.
     *
     * <p>Keys are joined one after the other, small ones several at once, so that memory holds the smaller side of a
     * key. Where that is more than fits, the key is joined in slices.
     *
     * @return how many rows there were
     * @throws IllegalStateException if no column was named
     * @throws IllegalArgumentException if the stores are not split alike, or not by columns that they are joined on; if
     *     both have another column of one name; if the other store is one of the two
     */
    public long into(ArrowPartd store) {
        Objects.requireNonNull(store, "the other store is null");
        if (columns.isEmpty()) throw new IllegalStateException("say which columns must be equal: on(column, more...)");
        Partitioner partitioner = Joining.requireAlike(left, right, columns);
        for (StoreSource side : List.of(left, right)) {
            if (StoreOutput.bottom(side.store()) == StoreOutput.bottom(store)) {
                throw new IllegalArgumentException(
                        store + " is one of the stores that are read: write into another one");
            }
        }
        StoreOutput.prepare(database, store);
        return new Joining(database, planner, left, right, kind, columns).into(store, partitioner);
    }
}
