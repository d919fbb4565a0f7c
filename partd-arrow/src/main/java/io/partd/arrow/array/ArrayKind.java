package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.TableSchema;
import java.lang.reflect.Array;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How arrays of one type are written as the one column of record batches, and read. Immutable, and shared by threads.
 *
 * @param <A> the type of the arrays
 */
public abstract class ArrayKind<A> {
    /** The most bytes of a record batch, where a single element has no more; with its header it has 16 MiB. */
    static final int MAX_BODY = (16 << 20) - 4096;

    private static final String COLUMN = "value";

    final Class<A> type;
    /** Whether elements may be null. */
    final boolean nullable;

    /** The field nodes of a batch. */
    final int nodes;

    ArrayKind(Class<A> type, int nodes, boolean nullable) {
        this.type = type;
        this.nodes = nodes;
        this.nullable = nullable;
    }

    /** A schema with one column, which may have nulls: most writers say so of all columns, and so can append to it. */
    static TableSchema schema(ArrowType type, Field... children) {
        return new TableSchema(new Schema(List.of(new Field(COLUMN, FieldType.nullable(type), List.of(children)))));
    }

    public final int length(A array) {
        return Array.getLength(array);
    }

    final A create(int length) {
        return type.cast(Array.newInstance(type.getComponentType(), length));
    }

    /** Refuses an array that cannot be stored; the name of its key is for errors. */
    public void check(A array, String key) {}

    /** The schema that an array with elements is written with, once it was checked. */
    public abstract TableSchema table(A array);

    /** Whether such a column, which is not dictionary-encoded, can be read as this type. */
    abstract boolean reads(Field column);

    /**
     * Measures elements for one record batch, from one on.
     *
     * @return the index after the last
     */
    abstract int measure(A array, int from, ColumnOutput dst);

    /** Writes the elements that were measured; an array that changed since is noticed where it matters. */
    abstract void write(A array, int from, int to, ColumnOutput dst);

    /** Reads all elements of a batch that was checked. */
    abstract void read(Batch src, Field column, A dst, int at);

    public final String name() {
        return type.getSimpleName();
    }

    static IllegalStateException changed() {
        return new IllegalStateException("an array was changed by another thread while it was appended");
    }
}
