package io.partd.duckdb.keys;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.Running;
import io.partd.duckdb.query.Source.Part;
import io.partd.duckdb.query.StoreSource;
import io.partd.duckdb.write.StoreOutput;
import io.partd.text.Suggestions;
import io.partd.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Sorts a store by ranges of its first column, each of which fits into memory, one after the other. */
public final class Sorting {
    /** DuckDB holds sorted rows, and those of the range that it reads. */
    private static final int RANGES_IN_MEMORY = 6;

    private static final int MOST_RANGES = 4_096;
    private static final long MOST_STAGED = 256_000_000;

    private final Database database;
    private final Planner planner;
    private final List<SortColumn> columns;
    private final ArrowPartd sorted;

    public Sorting(Database database, Planner planner, List<SortColumn> columns, ArrowPartd sorted) {
        this.database = database;
        this.planner = planner;
        this.columns = columns;
        this.sorted = sorted;
    }

    /** Sorts, and says how many rows there were. */
    public long sort(ArrowPartd from) {
        StoreSource source = new StoreSource(from, Optional.empty(), database.scans());
        requireColumns(source);
        try {
            if (isByRange(source))
                return sortRanges(source, source.partitioner().orElseThrow());
            Partitioner ranges =
                    Bounds.of(database, planner, source, columns.get(0).name(), ranges(source));
            return splitAndSort(source, ranges);
        } catch (SQLException e) {
            throw new DuckException(Reason.FAILED, e.getMessage(), e);
        }
    }

    private void requireColumns(StoreSource source) {
        List<String> there =
                source.schema().getFields().stream().map(Field::getName).toList();
        for (SortColumn column : columns) {
            String name = column.name();
            if (there.contains(name)) continue;
            throw new IllegalArgumentException(
                    "there is no column " + Text.quote(name) + Suggestions.hint(name, there));
        }
    }

    private boolean isByRange(StoreSource source) {
        return source.rangeColumn().equals(Optional.of(columns.get(0).name()));
    }

    private int ranges(StoreSource source) {
        List<String> all =
                source.schema().getFields().stream().map(Field::getName).toList();
        long bytes = source.bytes(new Part(source.keys(), all));
        long ranges = bytes * RANGES_IN_MEMORY / database.memory().forDuckDb() + 2;
        return (int) Math.min(MOST_RANGES, ranges);
    }

    private long splitAndSort(StoreSource source, Partitioner ranges) throws SQLException {
        long staged = Math.min(MOST_STAGED, database.memory().bytes() / 8);
        ArrowOptions options = ArrowOptions.defaults().withStageBytes(staged);
        try (ArrowPartd split =
                ArrowPartd.over(Partds.tempFile(database.temporaryParent()), database.scans(), options)) {
            for (String key : source.keys()) {
                try (ArrowReader rows = source.store().reader(database.scans(), key)) {
                    StoreOutput.split(rows, split, ranges);
                } catch (IOException e) {
                    throw new UncheckedIOException("key " + Text.quote(key) + ": " + e.getMessage(), e);
                }
            }
            if (split.keys().isEmpty()) return 0;
            return sortRanges(new StoreSource(split, Optional.empty(), database.scans()), ranges);
        }
    }

    private long sortRanges(StoreSource ranges, Partitioner by) throws SQLException {
        try (Planner.Named table = planner.define(ranges, "ranges")) {
            String order = columns.stream().map(SortColumn::sql).collect(Collectors.joining(", "));
            // The number of a row keeps those that are equal in the order that they had.
            Plan plan = planner.plan(
                    "SELECT * EXCLUDE (\"partd row\") FROM (SELECT *, row_number() OVER () AS \"partd row\" FROM "
                            + table.sql() + ") ORDER BY " + order + ", \"partd row\"",
                    List.of());
            long rows = 0;
            for (String key : ranges.keys(columns.get(0).descending())) rows += sortRange(plan, key, by);
            return rows;
        }
    }

    private long sortRange(Plan plan, String key, Partitioner by) throws SQLException {
        try (ArrowReader rows =
                Running.begin(database, plan, scan -> List.of(key)).reader()) {
            return columns.get(0).descending()
                    ? StoreOutput.splitDescending(rows, sorted, by)
                    : StoreOutput.split(rows, sorted, by);
        } catch (IOException e) {
            throw new UncheckedIOException("range " + key + ": " + e.getMessage(), e);
        }
    }
}
