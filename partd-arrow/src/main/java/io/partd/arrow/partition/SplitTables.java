package io.partd.arrow.partition;

import io.partd.arrow.column.Batch;
import io.partd.arrow.ipc.Projection;
import io.partd.arrow.ipc.RootBatches;
import io.partd.arrow.ipc.TableConcat;
import io.partd.arrow.ipc.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** Makes a table of each part of a root. */
public final class SplitTables {
    private SplitTables() {}

    /** The tables by key; if one cannot be made, those before it are released. */
    public static Map<String, VectorSchemaRoot> of(
            VectorSchemaRoot root, DictionaryProvider dictionaries, PartAssignment parts) {
        TableSchema table = new TableSchema(TableSchema.messageFormat(root.getSchema(), dictionaries));
        Projection all = Projection.of(table, List.of(), "the table");
        Projection.Decoder decoder = all.decoder();
        Batch batch = RootBatches.of(table, root, dictionaries);
        Map<String, VectorSchemaRoot> tables = new LinkedHashMap<>();
        try {
            new RowsByPart(parts).forEach((number, rows) -> {
                String key = parts.key(number);
                VectorSchemaRoot part = TableConcat.table(
                        all.decodedSchema(),
                        decoder.columns(),
                        decoder.nodes(),
                        action -> action.accept(batch, rows),
                        "part \"" + key + "\"",
                        allocator(root));
                tables.put(key, part);
            });
            return tables;
        } catch (RuntimeException | Error e) {
            tables.values().forEach(VectorSchemaRoot::close);
            throw e;
        }
    }

    /** The first allocator that a vector has: those of nulls have none, and need none. */
    private static BufferAllocator allocator(VectorSchemaRoot root) {
        for (FieldVector vector : root.getFieldVectors()) {
            if (vector.getAllocator() != null) return vector.getAllocator();
        }
        throw new IllegalArgumentException("the table has only columns of nulls, and so no allocator");
    }
}
