package io.partd.tablesaw;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.columns.Column;

/**
 * All {@link Kind}s. Not in that class itself: its initializer would make subclasses, and two threads, of which one
 * begins with a subclass, would wait for each other.
 */
final class Kinds {
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

    private Kinds() {}

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
}
