package io.partd.tablesaw;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

/** How the columns of one of Tablesaw's types become vectors. Immutable, and shared by threads. */
abstract class Kind {
    private static final List<Kind> ALL = List.of(
            new ShortKind(),
            new IntKind(),
            new LongKind(),
            new FloatKind(),
            new DoubleKind(),
            new BooleanKind(),
            new TextKind(),
            PackedKind.dates(),
            PackedKind.times(),
            TimestampKind.dateTimes(),
            TimestampKind.instants());

    final Class<?> type;
    /** Tablesaw's name of it. */
    final String name;

    final ArrowType arrowType;

    Kind(Class<?> type, ColumnType columnType, ArrowType arrowType) {
        this.type = type;
        this.name = columnType.name();
        this.arrowType = arrowType;
    }

    /**
     * The kind of a column.
     *
     * @throws IllegalArgumentException if it is of a type that is not Tablesaw's own
     */
    static Kind of(Column<?> column) {
        for (Kind kind : ALL) {
            if (kind.type.isInstance(column)) return kind;
        }
        throw new IllegalArgumentException("column \"" + column.name() + "\" is of the type "
                + column.type().name() + " (" + column.getClass().getName() + "), which cannot be converted to Arrow");
    }

    /** The name of the Tablesaw type that is written as an Arrow type, or null where there is none. */
    static String nameOf(ArrowType arrowType) {
        for (Kind kind : ALL) {
            if (kind.arrowType.equals(arrowType)) return kind.name;
        }
        return null;
    }

    /** Missing values may come with any append, so every column can hold nulls. */
    final Field field(String name) {
        return Field.nullable(name, arrowType);
    }

    /** The vector of a column, which the caller closes. */
    abstract FieldVector write(Column<?> column, BufferAllocator allocator);
}
