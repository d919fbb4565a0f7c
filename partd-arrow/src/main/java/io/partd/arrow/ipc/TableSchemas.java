package io.partd.arrow.ipc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

/** The schemas of tables that are appended, each prepared once. Safe for several threads. */
public final class TableSchemas {
    private static final int MAX = 1_000;

    private final Map<Schema, TableSchema> prepared = new ConcurrentHashMap<>();

    /**
     * The schema of a root.
     *
     * @param partitioner what it says that it was partitioned by, or null
     * @throws IllegalArgumentException if a dictionary is missing, or Arrow Java has no vectors for a type
     */
    public TableSchema of(VectorSchemaRoot root, DictionaryProvider dictionaries, String partitioner) {
        if (root.getFieldVectors().isEmpty() && root.getRowCount() == 0) return TableSchema.EMPTY;
        Schema schema = TableSchema.messageFormat(root.getSchema(), dictionaries);
        Map<String, String> metadata = schema.getCustomMetadata();
        if (partitioner != null || metadata.containsKey(TableSchema.PARTITIONER)) {
            Map<String, String> changed = new HashMap<>(metadata);
            if (partitioner == null) changed.remove(TableSchema.PARTITIONER);
            else changed.put(TableSchema.PARTITIONER, partitioner);
            schema = new Schema(schema.getFields(), changed);
        }
        if (prepared.size() > MAX) prepared.clear();
        return prepared.computeIfAbsent(schema, TableSchema::new);
    }
}
