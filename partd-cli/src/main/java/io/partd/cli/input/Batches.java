package io.partd.cli.input;

import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Names;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** All batches of all inputs, one after the other. For one thread. */
public final class Batches implements AutoCloseable {
    private final List<Input> inputs;
    private final List<String> columns;
    private final BufferAllocator allocator;
    private final Memory memory;
    private final long bytes;

    /** The inputs that are read now, by one source. */
    private List<Input> group = List.of();

    private int next;
    private long bytesBefore;
    private Source source;
    private Selected selected;

    /** The columns that were asked for. */
    private record Selected(Schema schema, List<FieldVector> vectors) {}

    /** @param columns which to read, or none for all */
    public Batches(List<Input> inputs, List<String> columns, BufferAllocator allocator, Memory memory) {
        this.inputs = inputs;
        this.columns = columns;
        this.allocator = allocator;
        this.memory = memory;
        this.bytes = inputs.stream().anyMatch(input -> input.bytes() == 0)
                ? 0
                : inputs.stream().mapToLong(Input::bytes).sum();
    }

    /** The schema of the inputs that are read now. */
    public Schema schema() {
        return selected.schema;
    }

    /** Makes the first input the one that is read, so that it has a schema. */
    public void open() {
        if (source == null) advance();
    }

    /** Loads the next batch; says whether there is one. */
    public boolean next() {
        open();
        try {
            while (!source.reader().loadNextBatch()) {
                if (next == inputs.size()) return false;
                advance();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** The batch: valid until the next one is loaded. */
    public VectorSchemaRoot root() throws IOException {
        VectorSchemaRoot root = source.reader().getVectorSchemaRoot();
        return columns.isEmpty() ? root : new VectorSchemaRoot(selected.schema, selected.vectors, root.getRowCount());
    }

    public DictionaryProvider dictionaries() {
        return source.reader();
    }

    /** How much of all inputs was read, from 0 to 1, or less than 0 where that is not known. */
    public double done() {
        double part = bytes == 0 || source == null ? -1 : source.done();
        return part < 0 ? -1 : (bytesBefore + part * size(group)) / bytes;
    }

    private static long size(List<Input> inputs) {
        return inputs.stream().mapToLong(Input::bytes).sum();
    }

    private void advance() {
        closeSource();
        bytesBefore += size(group);
        int end = next + 1;
        InputFormat kind = inputs.get(next).kind();
        if (kind.function != null) {
            while (end < inputs.size() && inputs.get(end).kind() == kind) end++;
        }
        group = inputs.subList(next, end);
        next = end;
        try {
            source = openGroup(kind);
            selected = select(source.reader());
        } catch (Failure e) {
            if (e.getMessage().contains(group.get(0).toString())) throw e;
            throw new Failure(e.getMessage() + " (in " + names() + ")", e);
        } catch (IOException | SQLException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private Source openGroup(InputFormat kind) throws IOException, SQLException {
        if (kind.function == null) return ArrowSource.open(group.get(0), allocator);
        List<Path> files = group.stream().map(Input::path).toList();
        return DuckSource.open(kind, files, columns, allocator, memory);
    }

    private Selected select(ArrowReader reader) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        if (columns.isEmpty()) return new Selected(root.getSchema(), root.getFieldVectors());
        List<Field> fields = new ArrayList<>();
        for (String name : columns) fields.add(Names.column(root.getSchema(), name));
        List<FieldVector> vectors = fields.stream().map(root::getVector).toList();
        return new Selected(new Schema(fields, root.getSchema().getCustomMetadata()), vectors);
    }

    private Failure unreadable(Exception e) {
        if (e instanceof Failure failure) return failure;
        return new Failure("cannot read " + names() + ": " + Errors.reason(e), e);
    }

    private String names() {
        Input first = group.get(0);
        return group.size() == 1 ? first.toString() : first + " and " + Text.count(group.size() - 1, "other file");
    }

    private void closeSource() {
        if (source == null) return;
        try {
            source.close();
        } catch (Exception e) {
            throw unreadable(e);
        } finally {
            source = null;
        }
    }

    @Override
    public void close() {
        closeSource();
    }
}
