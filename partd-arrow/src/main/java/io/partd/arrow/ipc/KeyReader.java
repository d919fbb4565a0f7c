package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnFactory;
import io.partd.arrow.column.DictionaryColumns;
import io.partd.arrow.column.ListViewColumn;
import io.partd.arrow.column.SchemaRules;
import io.partd.arrow.memory.Arena;
import io.partd.arrow.memory.ScratchPool;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Loads a key's batches one by one, in place where they are mapped and not small. For one thread. */
public final class KeyReader extends ArrowReader {
    private final BatchReader reader;
    private final Projection projection;
    /** By number: the dictionaries that were loaded last. */
    private final Batch[] loaded;

    /** Takes over the reader. */
    private KeyReader(BatchReader reader, Projection projection, BufferAllocator allocator) {
        super(allocator);
        for (DictionaryColumns dictionary : reader.table().dictionaries) {
            if (projection.dictionaries.contains(dictionary.id)) requireOwnTypeIds(dictionary.values.field, allocator);
        }
        this.reader = reader;
        this.projection = projection;
        this.loaded = new Batch[reader.table().dictionaries.size()];
    }

    /**
     * A reader of the columns of these names, or of all; the name of the stream is for errors.
     *
     * @throws IllegalArgumentException if a dictionary has entries for which Arrow Java's vectors have other type ids
     */
    public static ArrowReader of(
            Bytes bytes, String name, List<String> columns, BufferAllocator allocator, ScratchPool scratch) {
        BatchReader reader = new BatchReader(bytes, name, allocator, scratch);
        List<String> names = reader.table() == TableSchema.EMPTY ? List.of() : columns;
        return new KeyReader(reader, reader.project(names), allocator);
    }

    /** The type ids of a dictionary are those of its vector, which renames and reorders some. */
    private static void requireOwnTypeIds(Field entries, BufferAllocator allocator) {
        if (!hasUnion(entries)) return;
        Field plain = DictionaryColumns.plain(entries);
        try (FieldVector vector = VectorFiller.create(plain, allocator)) {
            if (SchemaRules.sameTypes(plain, vector.getField())) return;
        }
        throw new IllegalArgumentException("column \"" + entries.getName() + "\" is encoded with a dictionary of unions"
                + " whose type ids Arrow Java changes: read it with get(key), which decodes it");
    }

    private static boolean hasUnion(Field field) {
        return ColumnFactory.storage(field.getType()) instanceof ArrowType.Union
                || field.getChildren().stream().anyMatch(KeyReader::hasUnion);
    }

    @Override
    protected Schema readSchema() {
        // What follows says less clearly what it does not like.
        VectorFiller.requireVectors(projection.decodedSchema().getFields(), allocator);
        return projection.schema();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        ensureInitialized();
        getVectorSchemaRoot().clear();
        reader.releaseBatches();
        Batch batch = reader.next();
        if (batch == null) return false;
        for (DictionaryColumns dictionary : reader.table().dictionaries) loadDictionary(dictionary);
        Column[] columns = new Column[projection.fields.length];
        for (int i = 0; i < columns.length; i++) columns[i] = reader.table().columns[projection.fields[i]];
        load(getVectorSchemaRoot().getFieldVectors(), columns, batch, reader.arena());
        getVectorSchemaRoot().setRowCount(batch.rows);
        return true;
    }

    private void loadDictionary(DictionaryColumns dictionary) {
        DictionaryState state = reader.dictionary(dictionary.number);
        if (state == null || state.batch() == loaded[dictionary.number]) return;
        FieldVector vector = lookup(dictionary.id).getVector();
        Column[] columns = {dictionary.values};
        load(List.of(vector), columns, state.batch(), state.arena());
        loaded[dictionary.number] = state.batch();
    }

    private static void load(Iterable<FieldVector> vectors, Column[] columns, Batch batch, Arena arena) {
        VectorFiller.Source source = new VectorFiller.Source();
        try {
            for (Column column : columns) export(column, batch, arena, source);
            source.fill(vectors);
        } finally {
            source.close();
        }
    }

    private static void export(Column column, Batch batch, Arena arena, VectorFiller.Source source) {
        int node = column.in;
        if (column instanceof ListViewColumn lists) lists.settleNulls(batch, arena);
        int buffers = column.buffers + batch.dataBuffers[node];
        source.nodes.add(new ArrowFieldNode(batch.lengths[node], batch.nulls[node]));
        source.counts.add(buffers);
        for (int i = 0; i < buffers; i++) {
            source.buffers.add(arena.export(batch.address(node, i), batch.size(node, i)));
        }
        for (Column child : column.children) export(child, batch, arena, source);
    }

    @Override
    public long bytesRead() {
        return reader.position();
    }

    @Override
    protected void closeReadSource() {
        reader.close();
    }
}
