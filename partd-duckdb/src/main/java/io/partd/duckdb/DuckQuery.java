package io.partd.duckdb;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.Plan.ResultColumn;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.Running;
import io.partd.duckdb.query.Source.Part;
import io.partd.duckdb.write.FileOutput;
import io.partd.duckdb.write.StoreOutput;
import io.partd.duckdb.write.TablesawOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import tech.tablesaw.api.Table;

/**
 * A statement of SQL, which runs when its result is asked for, and as often as that is done; each run reads what the
 * tables hold then. Immutable, and safe for several threads.
 *
 * <p>A statement that cannot finish throws a {@link DuckException}. It ends when the thread that waits for it is
 * interrupted.
 */
public final class DuckQuery {
    private final Database database;
    private final Planner planner;
    private final Plan plan;
    private final List<Object> parameters;
    private final Partitioner partitioner;
    private final String key;

    private DuckQuery(
            Database database,
            Planner planner,
            Plan plan,
            List<Object> parameters,
            Partitioner partitioner,
            String key) {
        this.database = database;
        this.planner = planner;
        this.plan = plan;
        this.parameters = parameters;
        this.partitioner = partitioner;
        this.key = key;
    }

    static DuckQuery of(Database database, Planner planner, String sql, Object... parameters) {
        Objects.requireNonNull(sql, "the statement is null");
        List<Object> values = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(parameters)));
        try {
            return new DuckQuery(database, planner, planner.plan(sql, values), values, null, null);
        } catch (SQLException e) {
            throw new IllegalArgumentException("the statement cannot be planned: " + e.getMessage(), e);
        }
    }

    Plan plan() {
        return plan;
    }

    /** Returns this statement, with its rows split by a partitioner where they go {@link #into(ArrowPartd)} a store. */
    public DuckQuery by(Partitioner how) {
        Objects.requireNonNull(how, "the partitioner is null");
        return new DuckQuery(database, planner, plan, parameters, how, null);
    }

    /** Returns this statement, with all its rows under one key where they go {@link #into(ArrowPartd)} a store. */
    public DuckQuery under(String oneKey) {
        Objects.requireNonNull(oneKey, "the key is null");
        return new DuckQuery(database, planner, plan, parameters, null, oneKey);
    }

    /**
     * Runs the statement, and returns a reader of what it gives, in bounded memory: the statement goes on as batches
     * are asked for. One thread reads, and closes it, which ends the statement. Batches are valid until the next one. A
     * failure on the way is a {@link DuckException} from {@code loadNextBatch}.
     */
    public ArrowReader reader() {
        return begin(plan).reader();
    }

    private Running begin(Plan which) {
        try {
            return Running.begin(database, which, PlannedScan::keys);
        } catch (SQLException e) {
            throw new DuckException(DuckException.Reason.FAILED, "the statement does not begin: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the statement, and returns all that it gives as one table from an allocator, which the caller closes. A sum
     * of integers is a decimal of 38 digits: cast it in the statement where that is not wanted.
     */
    public VectorSchemaRoot toArrow(BufferAllocator allocator) {
        Objects.requireNonNull(allocator, "the allocator is null");
        return toArrow(plan, allocator);
    }

    private VectorSchemaRoot toArrow(Plan which, BufferAllocator allocator) {
        try (ArrowPartd whole = ArrowPartd.over(Partds.dict(), allocator);
                ArrowReader rows = begin(which).reader()) {
            StoreOutput.append(rows, whole, "result");
            return whole.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the statement, and returns all that it gives as a Tablesaw table; {@code partd-tablesaw} has to be on the
     * class path. Decimals become doubles, and integers of 128 bits such as sums longs; times finer than milliseconds
     * are cut off.
     *
     * @throws IllegalArgumentException if Tablesaw has no column for a type
     */
    public Table toTablesaw() {
        List<String> casts = new ArrayList<>();
        for (ResultColumn column : plan.columns()) casts.add(TablesawOutput.type(column.type()));
        try (VectorSchemaRoot root = toArrow(planner.cast(plan, casts), database.allocator())) {
            return TablesawOutput.table(root);
        }
    }

    /**
     * Runs the statement, and appends its rows to a store, in their order: split {@link #by} a partitioner or all
     * {@link #under} one key. What was appended before a failure stays.
     *
     * @return how many rows there were
     * @throws IllegalStateException if neither was said
     * @throws IllegalArgumentException if the statement reads this store, or the store does not take such rows
     */
    public long into(ArrowPartd store) {
        Objects.requireNonNull(store, "the store is null");
        if (partitioner == null && key == null) {
            throw new IllegalStateException("say which row goes where: by(partitioner), or under(key)");
        }
        StoreOutput.requireOther(plan, store);
        StoreOutput.prepare(database, store);
        try (ArrowReader rows = reader()) {
            return partitioner == null
                    ? StoreOutput.append(rows, store, key)
                    : StoreOutput.split(rows, store, partitioner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the statement, and writes its rows to a file, which appears when it is complete, in place of what was there.
     * Its name says as what: {@code .parquet}, {@code .csv}, {@code .json} or {@code .jsonl} (a value a line),
     * {@code .arrow} (a file), {@code .arrows} (a stream); text is compressed where {@code .gz} or {@code .zst} stands
     * behind.
     *
     * @throws IllegalArgumentException if the name says none of these, or the directory is not there
     */
    public void into(Path file) {
        try (Running running = begin(plan)) {
            FileOutput.write(running, file);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs the statement, and writes its rows to Parquet files of about so many bytes each, {@code part-0.parquet} and
     * so on, in a directory that appears when all are complete.
     *
     * @throws IllegalArgumentException if the directory has files already, or its parent is not there
     */
    public void into(Path directory, long bytesPerFile) {
        if (bytesPerFile < 1) throw new IllegalArgumentException(bytesPerFile + " bytes a file: use 1 or more");
        try (Running running = begin(plan)) {
            FileOutput.write(running, directory, bytesPerFile);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Returns what the statement reads: keys, columns and bytes. Of what is stored, only headers are read. */
    public Explanation explain() {
        List<Explanation.Scan> scans = new ArrayList<>();
        for (PlannedScan scan : plan.scans()) {
            List<String> keys = scan.keys();
            scans.add(new Explanation.Scan(
                    scan.table(),
                    keys.size(),
                    scan.source().keys().size(),
                    scan.columns(),
                    scan.source().schema().getFields().size(),
                    scan.source().bytes(new Part(keys, scan.columns()))));
        }
        return new Explanation(scans);
    }

    /** The statement as it was asked. */
    @Override
    public String toString() {
        return plan.asked();
    }
}
