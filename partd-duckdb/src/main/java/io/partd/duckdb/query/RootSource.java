package io.partd.duckdb.query;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A table in memory, which stays its owner's. */
public final class RootSource implements Source {
    private final VectorSchemaRoot root;

    /** @throws IllegalArgumentException if it has no columns, or one that is dictionary-encoded */
    public RootSource(VectorSchemaRoot root) {
        this.root = root;
        if (root.getFieldVectors().isEmpty()) throw new IllegalArgumentException("the table has no columns");
        root.getSchema().getFields().forEach(field -> {
            if (field.getDictionary() == null) return;
            throw new IllegalArgumentException("column \"" + field.getName()
                    + "\" is encoded with a dictionary, which is not given: decode it, or append the table to a store");
        });
    }

    @Override
    public Schema schema() {
        return root.getSchema();
    }

    @Override
    public List<String> keys() {
        return List.of("");
    }

    @Override
    public ArrowReader reader(Part part) {
        List<FieldVector> vectors = part.columns().stream().map(root::getVector).toList();
        return new OneBatch(new VectorSchemaRoot(vectors), part.keys().isEmpty());
    }

    @Override
    public long bytes(Part part) {
        if (part.keys().isEmpty()) return 0;
        return part.columns().stream()
                .mapToLong(column -> root.getVector(column).getBufferSize())
                .sum();
    }

    @Override
    public BufferAllocator allocator() {
        return root.getVector(0).getAllocator();
    }

    @Override
    public String toString() {
        return "an Arrow table";
    }

    /** A table as a reader of one batch, which it does not close. */
    private final class OneBatch extends ArrowReader {
        private final VectorSchemaRoot batch;
        private boolean done;

        OneBatch(VectorSchemaRoot batch, boolean none) {
            super(RootSource.this.allocator());
            batch.setRowCount(root.getRowCount());
            this.batch = batch;
            this.done = none;
        }

        @Override
        public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
            return done ? batch : super.getVectorSchemaRoot();
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            ensureInitialized();
            if (done) return false;
            done = true;
            return true;
        }

        @Override
        protected Schema readSchema() {
            return batch.getSchema();
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {}
    }
}
