package io.partd.duckdb;

import io.partd.Progress;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.engine.Watch;
import io.partd.duckdb.read.Input;
import io.partd.duckdb.read.Inputs;
import io.partd.duckdb.read.Kept;
import io.partd.duckdb.read.Reads;
import io.partd.duckdb.read.Selection;
import io.partd.duckdb.read.Split;
import io.partd.duckdb.read.StreamInput;
import io.partd.duckdb.write.StoreOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Rows on their way into a store: where they come from, which of them, and how they are split. Nothing is read before
 * {@link #into} or {@link #rows}; then it is read in bounded memory, and the order of the inputs stays within each
 * part. A column is named as it is written there, by case; what is no column is an expression of DuckDB's SQL, such as
 * {@code month(date)}, and becomes a column of that name. For one thread.
 */
public final class DuckRead {
    private final Database database;
    private final List<Named> inputs = new ArrayList<>();
    private CsvOptions csv = CsvOptions.defaults();
    private Optional<InputFormat> format = Optional.empty();
    private Optional<String> where = Optional.empty();
    private List<String> columns = List.of();
    private Split split;

    /** An input before it was looked at. */
    private interface Named {
        List<Input> find(Kept kept) throws IOException;
    }

    DuckRead(Database database) {
        this.database = database;
    }

    /**
     * Adds files: Parquet, CSV, JSON, Arrow files and streams, the text compressed ({@code .gz}, {@code .zst}) or not.
     *
     * @param pathsOrGlobs names of files; a glob such as {@code logs/**.csv} stands for those that match, sorted
     */
    public DuckRead and(String... pathsOrGlobs) {
        for (String name : pathsOrGlobs) {
            Objects.requireNonNull(name, "a path is null");
            inputs.add(kept -> Inputs.find(name, format, temporary(), kept));
        }
        return this;
    }

    /**
     * Adds a stream, which is closed when it was read. What is no Arrow stream is kept in a temporary file while it is
     * read. What it holds is found out by its first bytes, where they say it: a text that begins with a brace or a
     * bracket is JSON, one with a comma, semicolon, tab or bar in its first line CSV; {@link #format} says the rest.
     *
     * @param name what errors call it
     */
    public DuckRead and(InputStream in, String name) {
        Objects.requireNonNull(in, "the stream is null");
        Objects.requireNonNull(name, "the name is null");
        inputs.add(kept -> List.of(StreamInput.open(in, name, format, temporary(), kept)));
        return this;
    }

    /** Adds what one SELECT gives, over files for instance. */
    DuckRead andQuery(String sql) {
        Objects.requireNonNull(sql, "the query is null");
        inputs.add(kept -> List.of(new Input.OfQuery(sql)));
        return this;
    }

    /** Adds the batches of a reader, which stays open. */
    DuckRead and(ArrowReader reader) {
        Objects.requireNonNull(reader, "the reader is null");
        inputs.add(kept -> List.of(new Input.OfReader(reader)));
        return this;
    }

    private Path temporary() {
        return database.options().temporary().orElse(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Says what those inputs hold that neither begin as Parquet or Arrow do, whatever their names say. */
    public DuckRead format(InputFormat what) {
        format = Optional.of(what);
        return this;
    }

    /** Says how CSV files are written. */
    public DuckRead csv(CsvOptions options) {
        csv = Objects.requireNonNull(options, "the options are null");
        return this;
    }

    /**
     * Takes those rows alone for which a condition of DuckDB's SQL is true: {@code delay > 60 AND origin <> 'ATL'}.
     *
     * @param condition one condition over the columns of the inputs
     */
    public DuckRead where(String condition) {
        where = Optional.of(condition);
        return this;
    }

    /**
     * Takes these columns, and those that the rows are split by, instead of all.
     *
     * @param names columns; expressions, with or without a name as in {@code upper(origin) AS origin}; {@code *} for
     *     all columns
     */
    public DuckRead select(String... names) {
        columns = List.of(names);
        return this;
    }

    /** Splits the rows as a partitioner does, whose columns may be expressions. */
    public DuckRead by(Partitioner partitioner) {
        split = new Split.Known(Objects.requireNonNull(partitioner, "the partitioner is null"));
        return this;
    }

    /**
     * Splits the rows by a hash of columns into so many parts that each is a small piece, about a sixteenth, of the
     * memory that there is: a power of two. For that the rows are counted first, which reads the inputs once more; of
     * Parquet files it costs next to nothing.
     */
    public DuckRead byHash(String column, String... more) {
        // What is wrong with the columns is the same for any number of parts.
        split = new Split.Hash(Partitioner.hash(1, column, more).columns());
        return this;
    }

    /**
     * Splits the rows by ranges of a column.
     *
     * @param bounds as {@link Partitioner#range} has them, written as text: {@code 1.5}, {@code 2001-12-31},
     *     {@code 2001-12-31T23:59:59}, {@code PT1H}, hexadecimal for binary values
     */
    public DuckRead byRanges(String column, List<String> bounds) {
        split = new Split.Ranges(Objects.requireNonNull(column, "the column is null"), List.copyOf(bounds));
        return this;
    }

    /**
     * Splits the rows by ranges of a column that hold about as many rows each. The bounds come from a sample of the
     * rows, for which the column is read once more. Where one value has many rows, there are fewer ranges.
     *
     * @throws IllegalArgumentException if there is to be less than one
     */
    public DuckRead byRanges(String column, int ranges) {
        if (ranges < 1 || ranges > 1 << 16)
            throw new IllegalArgumentException(ranges + " ranges: use 1 to " + (1 << 16));
        split = new Split.EvenRanges(Objects.requireNonNull(column, "the column is null"), ranges);
        return this;
    }

    /**
     * Begins to read, for who does something else with the rows than {@link #into}. The caller closes what is returned,
     * before the database that this came from.
     *
     * @throws UnreadableInputException if an input does not hold what it is read as
     * @throws IllegalArgumentException if there is no such file, column, or expression
     */
    public RowBatches rows() {
        if (split == null) throw new IllegalStateException("say how the rows are split: by(...)");
        if (inputs.isEmpty()) throw new IllegalStateException("say what is read: no input was named");
        Watch.Guard guard = database.watch().begin();
        Kept kept = new Kept(guard);
        List<Input> found = find(kept, guard);
        Selection selection = new Selection(columns, split.columns(), where);
        return new RowBatches(new Reads(database, found, csv, selection, guard), split, kept);
    }

    private List<Input> find(Kept kept, Watch.Guard guard) {
        List<Input> found = new ArrayList<>();
        try {
            for (Named input : inputs) found.addAll(input.find(kept));
            return found;
        } catch (IOException e) {
            kept.close();
            if (guard.isOver()) throw Failures.running(e, guard, database);
            throw new UncheckedIOException("cannot read the input: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            kept.close();
            throw e;
        }
    }

    /**
     * Reads all of it into a store, and flushes what that has staged. What was written stays where it fails.
     *
     * @throws UnreadableInputException if an input does not hold what it is read as
     * @throws IllegalArgumentException if there is no such file, column, or expression, or the store holds other
     *     columns or was split otherwise
     * @throws DuckException if the thread is interrupted, or it takes longer than {@link DuckOptions#timeout}
     */
    public ReadSummary into(ArrowPartd store) {
        StoreOutput.prepare(database, store);
        try (RowBatches batches = rows();
                Progress progress = Progress.begin("read by " + batches.partitioner(), "rows", Progress.UNKNOWN)) {
            long rows = 0;
            while (batches.next()) {
                VectorSchemaRoot root = batches.root();
                StoreOutput.write(() -> store.append(root, batches.partitioner(), batches.dictionaries()));
                int more = root.getRowCount();
                rows += more;
                progress.add(more);
            }
            StoreOutput.write(store::flush);
            return new ReadSummary(rows, batches.leftOut(), batches.partitioner());
        }
    }
}
