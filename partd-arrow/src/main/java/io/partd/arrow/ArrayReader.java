package io.partd.arrow;

import io.partd.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads a key's bytes as arrays of one type. For one thread. */
final class ArrayReader<A> implements AutoCloseable {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;
    /** More batches than that, or more bytes of copies, are let go of when they are counted, and read again. */
    private static final int MAX_BATCHES = 10_000;

    private static final long MAX_COPIED = 64 << 20;

    private final ArrayKind<A> kind;
    private final String key;
    private final TableReader batches;
    /** Null where nothing is stored but that the key exists. */
    private final Field column;

    /**
     * Reads the schema.
     *
     * @throws IllegalArgumentException if it is not one of these arrays
     */
    ArrayReader(ArrayKind<A> kind, Bytes bytes, String key, BufferAllocator allocator, ScratchPool scratch) {
        this.kind = kind;
        this.key = key;
        this.batches = new TableReader(bytes, KeySchemas.where(key), allocator, scratch);
        this.column = batches.table() == TableSchema.EMPTY ? null : column(batches.table());
        batches.project(List.of());
    }

    private Field column(TableSchema table) {
        Field found = ArrayKinds.column(kind, table);
        if (found != null) return found;
        throw new IllegalArgumentException("key \"" + key + "\" holds " + ArrayKinds.describe(table)
                + " and is read as " + kind.name() + ": read it as what it holds");
    }

    /** All elements under a key as one array. */
    static <A> A read(ArrayKind<A> kind, Bytes bytes, String key, BufferAllocator allocator, ScratchPool scratch) {
        try (ArrayReader<A> reader = new ArrayReader<>(kind, bytes, key, allocator, scratch)) {
            List<Batch> kept = new ArrayList<>();
            A array = kind.create(reader.count(kept));
            if (kept.isEmpty() && kind.length(array) > 0) {
                try (ArrayReader<A> again = new ArrayReader<>(kind, bytes, key, allocator, scratch)) {
                    again.fill(array);
                }
            }
            reader.fill(array, kept);
            return array;
        }
    }

    /** Counts the elements of all batches, and keeps the batches where they are few. */
    private int count(List<Batch> kept) {
        long total = 0;
        boolean few = true;
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            total += checked(batch).rows;
            kept.add(batch);
            few &= kept.size() <= MAX_BATCHES && batches.copied() <= MAX_COPIED;
            if (few) continue;
            kept.clear();
            batches.releaseBatches();
        }
        if (total <= MAX_LENGTH) return (int) total;
        throw new IllegalArgumentException("key \"" + key + "\" holds " + total + " elements, and an array can hold "
                + MAX_LENGTH + ": read it with stream(key)");
    }

    private void fill(A array, List<Batch> kept) {
        int at = 0;
        for (Batch batch : kept) {
            kind.read(batch, column, array, at);
            at += batch.rows;
        }
    }

    private void fill(A array) {
        int at = 0;
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
            kind.read(checked(batch), column, array, at);
            at += batch.rows;
            batches.releaseBatches();
        }
    }

    /** The elements of the next batch, or null where there is none. */
    A next() {
        Batch batch = batches.next();
        if (batch == null) return null;
        try {
            if (checked(batch).rows > MAX_LENGTH) {
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

    private Batch checked(Batch batch) {
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
