package io.partd.spark.read;

import io.partd.Bytes;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.ArrowStream;
import io.partd.hadoop.HadoopPartd;
import io.partd.hadoop.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.InputPartition;

/** Divides keys among tasks. */
final class ScanPlan {
    /** The key of rows whose column is null. */
    private static final String NULL = "\\N";
    /** What opening a key costs, as bytes that could be read in that time. */
    private static final long KEY_COST = 64 << 10;

    private static final byte[] NO_HEAD = {};

    private final HadoopPartd store;
    private final Snapshot snapshot;
    private final long splitBytes;
    private final List<InputPartition> tasks = new ArrayList<>();
    private final List<String> together = new ArrayList<>();
    private long togetherBytes;

    ScanPlan(HadoopPartd store, Snapshot snapshot, long splitBytes) {
        this.store = store;
        this.snapshot = snapshot;
        this.splitBytes = splitBytes;
    }

    /** A task for each key, which is the number of a bucket, or the nulls'. */
    InputPartition[] grouped(SortedSet<String> keys) {
        for (String key : keys) {
            Object bucket = key.equals(NULL) ? null : Integer.valueOf(key);
            tasks.add(new KeySlice.Grouped(slice(List.of(key)), new GenericInternalRow(new Object[] {bucket})));
        }
        return tasks.toArray(InputPartition[]::new);
    }

    /** Tasks of about the same size: small keys go together, large ones are divided between chunks. */
    InputPartition[] even(SortedSet<String> keys) {
        for (String key : keys) {
            long bytes = snapshot.bytes(key);
            if (bytes > splitBytes && snapshot.chunks(key) > 1 && divide(key)) continue;
            if (togetherBytes + bytes > splitBytes) endTask();
            together.add(key);
            togetherBytes += bytes + KEY_COST;
        }
        endTask();
        return tasks.toArray(InputPartition[]::new);
    }

    private void endTask() {
        if (!together.isEmpty()) tasks.add(slice(List.copyOf(together)));
        together.clear();
        togetherBytes = 0;
    }

    private KeySlice slice(List<String> keys) {
        return new KeySlice(keys, snapshot.places(keys), NO_HEAD);
    }

    /** Divides a key; says false where a chunk cannot be read without those before it. */
    private boolean divide(String key) {
        Schema schema = new ArrowStream(store.get(key), "key \"" + key + "\"").schema();
        if (schema.getFields().stream().anyMatch(ScanPlan::hasDictionary)) return false;
        byte[] head = head(schema);
        long[] sizes = snapshot.chunkBytes(key);
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < sizes.length; i++) {
            bytes += sizes[i];
            if (i + 1 < sizes.length && bytes + sizes[i + 1] <= splitBytes) continue;
            tasks.add(new KeySlice(List.of(key), snapshot.places(key, from, i + 1), from == 0 ? NO_HEAD : head));
            from = i + 1;
            bytes = 0;
        }
        return true;
    }

    private static boolean hasDictionary(Field field) {
        return field.getDictionary() != null || field.getChildren().stream().anyMatch(ScanPlan::hasDictionary);
    }

    /** The message that a stream of the schema begins with: a store without rows has just that. */
    private static byte[] head(Schema schema) {
        try (ArrowPartd one = ArrowPartd.over(Partds.dict(), ArrowPartd.sharedAllocator());
                VectorSchemaRoot empty = VectorSchemaRoot.create(schema, ArrowPartd.sharedAllocator())) {
            one.append("head", empty);
            Bytes head = one.store().get("head");
            return head.toArray();
        }
    }
}
