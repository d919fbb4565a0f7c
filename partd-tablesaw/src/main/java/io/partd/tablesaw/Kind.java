package io.partd.tablesaw;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/**
 * How the columns of one of Tablesaw's types become vectors. Immutable, and shared by threads. {@link Kinds} has all.
 */
abstract class Kind {
    final Class<?> type;
    /** Tablesaw's name of it. */
    final String name;

    final ArrowType arrowType;

    Kind(Class<?> type, ColumnType columnType, ArrowType arrowType) {
        this.type = type;
        this.name = columnType.name();
        this.arrowType = arrowType;
    }

    /** Missing values may come with any append, so every column can hold nulls. */
    final Field field(String name) {
        return Field.nullable(name, arrowType);
    }

    /** The vector of a column, which the caller closes. */
    abstract FieldVector write(Column<?> column, BufferAllocator allocator);
}
