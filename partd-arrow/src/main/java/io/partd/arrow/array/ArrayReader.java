package io.partd.arrow.array;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.ipc.BatchReader;
import io.partd.arrow.ipc.KeyBatches;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.store.KeySchemas;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads a key's bytes as arrays of one type. For one thread. */
public final class ArrayReader<A> implements AutoCloseable {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final ArrayKind<A> kind;
    private final String key;
    private final BatchReader batches;
    /** Null where nothing is stored but that the key exists. */
    private final Field column;

    /**
     * Reads the schema.
     *
     * @throws IllegalArgumentException if it is not one of these arrays
     */
    public ArrayReader(ArrayKind<A> kind, Bytes bytes, String key, BufferAllocator allocator, ScratchPool scratch) {
        this.kind = kind;
        this.key = key;
        this.batches = new BatchReader(bytes, KeySchemas.name(key), allocator, scratch);
        this.column = batches.table() == TableSchema.EMPTY ? null : column(kind, key, batches.table());
        batches.project(List.of());
    }

    private static Field column(ArrayKind<?> kind, String key, TableSchema table) {
        Field found = ArrayKinds.column(kind, table);
        if (found != null) return found;
        throw new IllegalArgumentException("key \"" + key + "\" holds " + ArrayKinds.describe(table)
                + " and is read as " + kind.name() + ": read it as what it holds");
    }

    /** All elements under a key as one array. */
    public static <A> A read(
            ArrayKind<A> kind, Bytes bytes, String key, BufferAllocator allocator, ScratchPool scratch) {
        try (KeyBatches batches = new KeyBatches(bytes, KeySchemas.name(key), List.of(), allocator, scratch)) {
            Field column = batches.table() == TableSchema.EMPTY ? null : column(kind, key, batches.table());
            long[] total = {0};
            batches.forEach(batch -> total[0] += checked(kind, key, batch).rows);
            if (total[0] > MAX_LENGTH) {
                throw new IllegalArgumentException("key \"" + key + "\" holds " + total[0]
                        + " elements, and an array can hold " + MAX_LENGTH + ": read it with stream(key)");
            }
            A array = kind.create((int) total[0]);
            int[] at = {0};
            batches.forEach(batch -> {
                kind.read(checked(kind, key, batch), column, array, at[0]);
                at[0] += batch.rows;
            });
            return array;
        }
    }

    /** The elements of the next batch, or null where there is none. */
    public A next() {
        Batch batch = batches.next();
        if (batch == null) return null;
        try {
            if (checked(kind, key, batch).rows > MAX_LENGTH) {
                throw new IllegalArgumentException("key \"" + key + "\" has a batch of " + batch.rows
                        + " elements, and an array can hold " + MAX_LENGTH + ": read it with ArrowPartd");
            }
            A array = kind.create(batch.rows);
            kind.read(batch, column, array, 0);
            return array;
        } finally {
            batches.releaseBatches();
        }
    }

    private static Batch checked(ArrayKind<?> kind, String key, Batch batch) {
        if (kind.nullable) return batch;
        for (int node = 0; node < batch.nulls.length; node++) {
            if (!batch.hasNulls(node)) continue;
            throw new IllegalArgumentException(
                    "key \"" + key + "\" holds nulls, which " + kind.name() + " cannot hold: read it with ArrowPartd");
        }
        return batch;
    }

    @Override
    public void close() {
        batches.close();
    }
}
