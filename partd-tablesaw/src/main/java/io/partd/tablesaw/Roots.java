package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import tech.tablesaw.api.Table;

/** The Arrow tables of one append, closed together. */
final class Roots implements AutoCloseable {
    private final BufferAllocator allocator;
    private final List<VectorSchemaRoot> made = new ArrayList<>();

    Roots(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    Map<String, VectorSchemaRoot> of(Map<String, ? extends Table> tables, String what) {
        Objects.requireNonNull(tables, what + " is null");
        Map<String, VectorSchemaRoot> roots = new LinkedHashMap<>();
        tables.forEach((key, table) -> {
            Objects.requireNonNull(key, "a key in " + what + " is null");
            Objects.requireNonNull(table, () -> "the table of key \"" + key + "\" in " + what + " is null");
            roots.put(key, convert(key, table));
        });
        return roots;
    }

    private VectorSchemaRoot convert(String key, Table table) {
        try {
            VectorSchemaRoot root = ArrowTables.toArrow(table, allocator);
            made.add(root);
            return root;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the table of key \"" + key + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        made.forEach(VectorSchemaRoot::close);
    }
}
