package io.partd.arrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Loads a key's batches one by one, in place where they are mapped and not small. For one thread. */
final class KeyReader extends ArrowReader {
    private final TableReader reader;
    private final Projection projection;
    /** By number: the dictionaries that were loaded last. */
    private final Batch[] loaded;

    KeyReader(TableReader reader, Projection projection, BufferAllocator allocator) {
        super(allocator);
        this.reader = reader;
        this.projection = projection;
        this.loaded = new Batch[reader.table().dictionaries.size()];
    }

    @Override
    protected Schema readSchema() {
        return projection.schema();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        ensureInitialized();
        reader.releaseBatches();
        Batch batch = reader.next();
        if (batch == null) {
            getVectorSchemaRoot().clear();
            return false;
        }
        for (DictionaryColumns dictionary : reader.table().dictionaries) loadDictionary(dictionary);
        Column[] columns = new Column[projection.fields.length];
        for (int i = 0; i < columns.length; i++) columns[i] = reader.table().columns[projection.fields[i]];
        load(getVectorSchemaRoot(), columns, batch, reader.arena());
        return true;
    }

    private void loadDictionary(DictionaryColumns dictionary) {
        DictionaryState state = reader.dictionary(dictionary.number);
        if (state == null || state.batch() == loaded[dictionary.number]) return;
        FieldVector vector = lookup(dictionary.id).getVector();
        VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), 0);
        Column[] columns = {dictionary.values};
        load(root, columns, state.batch(), state.arena());
        loaded[dictionary.number] = state.batch();
    }

    private static void load(VectorSchemaRoot root, Column[] columns, Batch batch, Arena arena) {
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        List<Long> variadic = new ArrayList<>();
        try {
            for (Column column : columns) export(column, batch, arena, nodes, buffers, variadic);
            try (ArrowRecordBatch all = new ArrowRecordBatch(
                    batch.rows, nodes, buffers, NoCompressionCodec.DEFAULT_BODY_COMPRESSION, variadic, false, true)) {
                new VectorLoader(root).load(all);
            }
        } finally {
            buffers.forEach(ArrowBuf::close);
        }
    }

    private static void export(
            Column column,
            Batch batch,
            Arena arena,
            List<ArrowFieldNode> nodes,
            List<ArrowBuf> buffers,
            List<Long> variadic) {
        int node = column.in;
        nodes.add(new ArrowFieldNode(batch.lengths[node], batch.nulls[node]));
        for (int i = 0; i < column.buffers() + batch.dataBuffers[node]; i++) {
            buffers.add(arena.export(batch.address(node, i), batch.size(node, i)));
        }
        if (column instanceof ViewColumn) variadic.add((long) batch.dataBuffers[node]);
        for (Column child : column.children) export(child, batch, arena, nodes, buffers, variadic);
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
