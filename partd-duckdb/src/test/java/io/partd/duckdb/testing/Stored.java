package io.partd.duckdb.testing;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A store in memory, and what lies in it as text. */
public final class Stored implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    public final ArrowPartd store = ArrowPartd.over(Partds.dict(), allocator);

    /** The rows of a key, each with commas between its values. */
    public List<String> rows(String key) {
        List<String> rows = new ArrayList<>();
        try (VectorSchemaRoot root = store.get(key)) {
            for (int row = 0; row < root.getRowCount(); row++) {
                StringJoiner values = new StringJoiner(",");
                for (FieldVector vector : root.getFieldVectors()) values.add(String.valueOf(vector.getObject(row)));
                rows.add(values.toString());
            }
        }
        return rows;
    }

    /** The names of the columns of a key, with their types. */
    public List<String> columns(String key) {
        return store.schema(key).getFields().stream()
                .map(field -> field.getName() + " " + field.getType())
                .toList();
    }

    public List<String> keys() {
        return List.copyOf(store.keys());
    }

    public long rows() {
        return store.keys().stream().mapToLong(store::rows).sum();
    }

    @Override
    public void close() {
        store.close();
        allocator.close();
    }
}
