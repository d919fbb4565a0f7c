package io.partd.arrow.array;

import io.partd.arrow.ipc.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** All types of arrays that can be stored. */
public final class ArrayKinds {
    private static final List<ArrayKind<?>> ALL = all();

    private ArrayKinds() {}

    private static List<ArrayKind<?>> all() {
        PrimitiveKind<short[]> shorts = new PrimitiveKind<>(short[].class, new ArrowType.Int(16, true));
        PrimitiveKind<int[]> ints = new PrimitiveKind<>(int[].class, new ArrowType.Int(32, true));
        PrimitiveKind<long[]> longs = new PrimitiveKind<>(long[].class, new ArrowType.Int(64, true));
        PrimitiveKind<float[]> floats = new PrimitiveKind<>(float[].class, real(FloatingPointPrecision.SINGLE));
        PrimitiveKind<double[]> doubles = new PrimitiveKind<>(double[].class, real(FloatingPointPrecision.DOUBLE));
        List<ArrayKind<?>> all = new ArrayList<>();
        all.add(new BooleanKind());
        all.add(new PrimitiveKind<>(byte[].class, new ArrowType.Int(8, true)));
        all.addAll(List.of(shorts, new PrimitiveKind<>(char[].class, new ArrowType.Int(16, false)), ints, longs));
        all.addAll(List.of(floats, doubles, new TextKind(), new BinaryKind()));
        all.addAll(List.of(TemporalKind.INSTANTS, TemporalKind.DATES, TemporalKind.DATE_TIMES));
        all.add(new RowsKind<>(short[][].class, shorts));
        all.add(new RowsKind<>(int[][].class, ints));
        all.add(new RowsKind<>(long[][].class, longs));
        all.add(new RowsKind<>(float[][].class, floats));
        all.add(new RowsKind<>(double[][].class, doubles));
        return List.copyOf(all);
    }

    private static ArrowType real(FloatingPointPrecision precision) {
        return new ArrowType.FloatingPoint(precision);
    }

    /**
     * How arrays of that type are stored.
     *
     * @throws IllegalArgumentException if they cannot be, naming what can
     */
    public static <A> ArrayKind<A> of(Class<A> type) {
        Objects.requireNonNull(type, "the type is null");
        for (ArrayKind<?> kind : ALL) {
            if (kind.type != type) continue;
            @SuppressWarnings("unchecked") // the classes are the same
            ArrayKind<A> found = (ArrayKind<A>) kind;
            return found;
        }
        throw new IllegalArgumentException("no arrays are stored as " + type.getTypeName() + ": use the class of "
                + ALL.stream().map(ArrayKind::name).collect(Collectors.joining(", ")));
    }

    /** The column that a table is read by as this type, or null where it is of another. */
    static Field column(ArrayKind<?> kind, TableSchema table) {
        List<Field> fields = table.schema.getFields();
        if (fields.size() != 1 || isEncoded(fields.get(0))) return null;
        return kind.reads(fields.get(0)) ? fields.get(0) : null;
    }

    private static boolean isEncoded(Field field) {
        return field.getDictionary() != null || field.getChildren().stream().anyMatch(ArrayKinds::isEncoded);
    }

    /** What a key with that schema holds: a type of arrays where there is one for it, and always the Arrow types. */
    public static String describe(TableSchema table) {
        String columns = table.schema.getFields().stream().map(Field::toString).collect(Collectors.joining(", "));
        for (ArrayKind<?> kind : ALL) {
            if (column(kind, table) != null) return kind.name() + rows(table) + " (" + columns + ")";
        }
        return "a table of " + table.schema.getFields().size() + " columns (" + columns + ")";
    }

    private static String rows(TableSchema table) {
        int width = RowsKind.width(table.schema.getFields().get(0));
        return width < 0 ? "" : " with rows of " + width;
    }
}
