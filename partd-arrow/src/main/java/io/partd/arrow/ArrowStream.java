package io.partd.arrow;

import io.partd.Bytes;
import io.partd.arrow.ipc.ColumnBytes;
import io.partd.arrow.ipc.KeyReader;
import io.partd.arrow.ipc.RowCount;
import io.partd.arrow.ipc.SchemaMessages;
import io.partd.arrow.ipc.TableConcat;
import io.partd.arrow.memory.ScratchPool;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads bytes that are an Arrow IPC stream, as those of an {@link ArrowPartd}'s keys are, without a store. The bytes
 * need not be trusted: what is wrong with them is a {@link io.partd.CorruptPartdException}. No bytes read as a table
 * without columns. Immutable, and safe for several threads.
 *
 * @param bytes the stream, or several of one schema that follow each other
 * @param name what the stream is called in errors, such as {@code key "x"}
 */
public record ArrowStream(Bytes bytes, String name) {
    /** Looks at no byte yet. */
    public ArrowStream {
        Objects.requireNonNull(bytes, "bytes is null");
        Objects.requireNonNull(name, "the name is null");
    }

    /**
     * Returns the table, dictionaries decoded: the columns of these names, in that order, or all where none is named.
     * Only their bytes are read. The caller closes it.
     *
     * @throws IllegalArgumentException if a column is not there, or if the stream holds more than one table can
     */
    public VectorSchemaRoot table(BufferAllocator allocator, String... columns) {
        return TableConcat.read(bytes, name, List.of(columns), allocator, new ScratchPool());
    }

    /**
     * Returns a reader that holds one batch in memory at a time, and keeps columns dictionary-encoded. Batches may lie
     * in place in the bytes: do not write to their vectors. The caller closes it.
     *
     * @throws IllegalArgumentException if a column is not there
     */
    public ArrowReader reader(BufferAllocator allocator, String... columns) {
        return KeyReader.of(bytes, name, List.of(columns), allocator, new ScratchPool());
    }

    /** Returns the schema, in which a dictionary-encoded field has the type of its values. */
    public Schema schema() {
        return SchemaMessages.read(bytes, name).schema;
    }

    /** Returns the number of rows. Only the headers of batches are read. */
    public long rows() {
        return RowCount.of(bytes, name);
    }

    /**
     * Returns the bytes that the columns of these names take, or all columns where none is named. Only the headers of
     * batches are read.
     *
     * @throws IllegalArgumentException if a column is not there
     */
    public long bytes(String... columns) {
        return ColumnBytes.of(bytes, name, List.of(columns));
    }
}
