package io.partd.duckdb;

import io.partd.arrow.Partitioner;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.read.Columns;
import io.partd.duckdb.read.Input;
import io.partd.duckdb.read.Kept;
import io.partd.duckdb.read.ReadFailure;
import io.partd.duckdb.read.Reads;
import io.partd.duckdb.read.Source;
import io.partd.duckdb.read.Split;
import io.partd.duckdb.read.SplitPlan;
import io.partd.text.Text;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of a {@link DuckRead}, batch by batch, in the order of the inputs. For one thread, but for {@link #cancel}.
 * Who only wants them in a store takes {@link DuckRead#into}.
 */
public final class RowBatches implements AutoCloseable {
    private final Reads reads;
    private final List<List<Input>> groups;
    private final Kept kept;
    private final long bytes;

    private List<Input> group = List.of();
    private int begun;
    private long bytesBefore;
    private double reached = -1;
    private long leftOut;
    private volatile Source source;
    private Schema schema;
    /** The columns that are wanted, where they are not all of the source's. */
    private List<FieldVector> vectors;

    private Partitioner partitioner;

    /** @param kept temporary files, which are removed in the end */
    RowBatches(Reads reads, Split split, Kept kept) {
        this.reads = reads;
        this.groups = reads.groups();
        this.kept = kept;
        this.bytes = reads.inputs().stream().anyMatch(input -> input.bytes() == 0) ? 0 : size(reads.inputs());
        try {
            advance();
            this.partitioner = partitioner(split);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Partitioner partitioner(Split split) {
        try {
            return new SplitPlan(reads, schema, source.reader()).partitioner(split);
        } catch (IOException | SQLException e) {
            throw failed(e);
        }
    }

    /** Returns how the rows are to be split; what was to be found out for it was found out. */
    public Partitioner partitioner() {
        return partitioner;
    }

    /** Returns the schema of what is read now. Inputs of several formats may differ in theirs. */
    public Schema schema() {
        return schema;
    }

    /**
     * Loads the next batch; the one before is no longer valid.
     *
     * @return whether there is one
     * @throws UnreadableInputException if an input does not hold what it is read as
     * @throws DuckException if the thread is interrupted, or the read takes longer than {@link DuckOptions#timeout}
     */
    public boolean next() {
        try {
            while (!load()) {
                leftOut += source.leftOut();
                if (begun == groups.size()) return false;
                advance();
            }
            return true;
        } catch (IOException | SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    private boolean load() throws IOException {
        // Also where batches come from files of Arrow, which no statement reads.
        if (reads.guard().isOver()) throw failed(null);
        return source.reader().loadNextBatch();
    }

    private RuntimeException failed(Exception e) {
        if (reads.guard().isOver()) return Failures.running(e, reads.guard(), reads.database());
        return ReadFailure.of(names(), e);
    }

    /** Returns the batch, which stays this object's: it is valid until the next one is loaded. */
    public VectorSchemaRoot root() {
        try {
            VectorSchemaRoot root = source.reader().getVectorSchemaRoot();
            return vectors == null ? root : new VectorSchemaRoot(schema, vectors, root.getRowCount());
        } catch (IOException e) {
            throw ReadFailure.of(names(), e);
        }
    }

    /** Returns the dictionaries of the batch's columns. */
    public DictionaryProvider dictionaries() {
        return source.reader();
    }

    /** Returns how much of all inputs was read, from 0 to 1, or less than 0 where that is not known. */
    public double done() {
        // Where a source does not know for a moment, what was known before holds.
        double part = bytes == 0 ? -1 : source.done();
        if (part >= 0) reached = Math.max(reached, (bytesBefore + part * size(group)) / bytes);
        return reached;
    }

    /** Returns how many lines were left out so far, because they cannot be read and are to be ignored then. */
    public long leftOut() {
        return leftOut;
    }

    /**
     * Makes the read of another thread fail that waits for DuckDB. Safe for all threads; does nothing where none waits.
     */
    public void cancel() {
        Source current = source;
        if (current == null) return;
        try {
            current.cancel();
        } catch (SQLException e) {
            throw ReadFailure.of(names(), e);
        }
    }

    private static long size(List<Input> inputs) {
        return inputs.stream().mapToLong(Input::bytes).sum();
    }

    private void advance() {
        closeSource();
        bytesBefore += size(group);
        group = groups.get(begun++);
        try {
            source = reads.open(group);
            select(source);
        } catch (IOException | SQLException | RuntimeException e) {
            if (reads.guard().isOver()) throw failed(e);
            throw begun == 1 ? ReadFailure.of(names(), e) : ReadFailure.ofOneOf(names(), e);
        }
    }

    private void select(Source opened) throws IOException {
        VectorSchemaRoot root = opened.reader().getVectorSchemaRoot();
        schema = root.getSchema();
        vectors = null;
        if (opened.columns().isEmpty()) return;
        List<Field> fields = new ArrayList<>();
        for (String name : opened.columns()) fields.add(Columns.require(schema, name));
        vectors = fields.stream().map(root::getVector).toList();
        schema = new Schema(fields, schema.getCustomMetadata());
    }

    private String names() {
        String first = group.get(0).name();
        return group.size() == 1 ? first : first + " and " + Text.count(group.size() - 1, "other file");
    }

    private void closeSource() {
        if (source == null) return;
        try {
            source.close();
        } catch (IOException | SQLException e) {
            throw ReadFailure.of(names(), e);
        } finally {
            source = null;
        }
    }

    /** Ends the read, wherever it is, and removes what was kept of streams. */
    @Override
    public void close() {
        try {
            closeSource();
        } finally {
            kept.close();
        }
    }
}
