package io.partd.arrow;

import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Chooses the column for a type by its layout (Arrow columnar format, "Physical memory layout"). */
final class Layouts {
    private Layouts() {}

    static Column column(Field field, ArrowType type, int in, int out, List<Column> children) {
        requireChildren(field, type);
        return switch (type.getTypeID()) {
            case Null -> new NullColumn(field, in, out);
            case Bool -> new BitColumn(field, in, out);
            case Utf8, Binary -> new BinaryColumn(field, in, out, false);
            case LargeUtf8, LargeBinary -> new BinaryColumn(field, in, out, true);
            case Utf8View, BinaryView -> new ViewColumn(field, in, out);
            case List, Map -> new ListColumn(field, in, out, false, only(field, children));
            case LargeList -> new ListColumn(field, in, out, true, only(field, children));
            case ListView -> new ListViewColumn(field, in, out, false, only(field, children));
            case LargeListView -> new ListViewColumn(field, in, out, true, only(field, children));
            case FixedSizeList -> new FixedListColumn(field, in, out, listSize(field, type), only(field, children));
            case Struct -> new StructColumn(field, in, out, children);
            case Union -> union(field, (ArrowType.Union) type, in, out, children);
            case RunEndEncoded -> runEnds(field, in, out, children);
            default -> new FixedColumn(field, in, out, width(field, type));
        };
    }

    private static void requireChildren(Field field, ArrowType type) {
        boolean named = type instanceof ArrowType.Struct || type instanceof ArrowType.Union;
        for (Field child : field.getChildren()) {
            if (!type.isComplex()) throw new IllegalArgumentException(describe(field) + " has children");
            if (named && child.getName() == null)
                throw new IllegalArgumentException(describe(field) + " has a child without a name");
        }
    }

    private static String describe(Field field) {
        return "column \"" + field.getName() + "\", which is a " + field.getType() + ",";
    }

    private static Column only(Field field, List<Column> children) {
        if (children.size() == 1) return children.get(0);
        throw new IllegalArgumentException("column \"" + field.getName() + "\" is a " + field.getType() + " and has "
                + children.size() + " children, not one");
    }

    private static int listSize(Field field, ArrowType type) {
        int size = ((ArrowType.FixedSizeList) type).getListSize();
        if (size >= 0) return size;
        throw new IllegalArgumentException("column \"" + field.getName() + "\" has lists of " + size + " values");
    }

    private static Column union(Field field, ArrowType.Union type, int in, int out, List<Column> children) {
        TypeIds ids = new TypeIds(field, type);
        return type.getMode() == UnionMode.Dense
                ? new DenseUnionColumn(field, in, out, ids, children)
                : new UnionColumn(field, in, out, ids, children);
    }

    private static Column runEnds(Field field, int in, int out, List<Column> children) {
        if (children.size() == 2
                && children.get(0) instanceof FixedColumn ends
                && ends.field.getType() instanceof ArrowType.Int type
                && type.getIsSigned()
                && type.getBitWidth() > 8) {
            return new RunEndColumn(field, in, out, ends, children.get(1));
        }
        throw new IllegalArgumentException("column \"" + field.getName()
                + "\" is run-end encoded: its children must be run ends of 16, 32 or 64 bits, and values");
    }

    private static int width(Field field, ArrowType type) {
        int bits = bits(type);
        if (bits >= 0 && bits % 8 == 0) return bits / 8;
        throw new IllegalArgumentException(
                "column \"" + field.getName() + "\" has the type " + type + ", which Arrow Java has no vector for");
    }

    private static int bits(ArrowType.FixedSizeBinary binary) {
        int bytes = binary.getByteWidth();
        return bytes >= 0 && bytes <= Integer.MAX_VALUE / 8 ? 8 * bytes : -1;
    }

    private static int bits(ArrowType.Time time) {
        boolean coarse = time.getUnit() == TimeUnit.SECOND || time.getUnit() == TimeUnit.MILLISECOND;
        return time.getBitWidth() == (coarse ? 32 : 64) ? time.getBitWidth() : -1;
    }

    private static int bits(ArrowType type) {
        if (type instanceof ArrowType.Int number)
            return Indices.isWidth(number.getBitWidth()) ? number.getBitWidth() : -1;
        if (type instanceof ArrowType.Decimal decimal) {
            return decimal.getBitWidth() == 128 || decimal.getBitWidth() == 256 ? decimal.getBitWidth() : -1;
        }
        if (type instanceof ArrowType.FixedSizeBinary binary) return bits(binary);
        if (type instanceof ArrowType.Time time) return bits(time);
        if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) return 64;
        if (type instanceof ArrowType.FloatingPoint number) {
            return switch (number.getPrecision()) {
                case HALF -> 16;
                case SINGLE -> 32;
                case DOUBLE -> 64;
            };
        }
        if (type instanceof ArrowType.Date date) {
            return switch (date.getUnit()) {
                case DAY -> 32;
                case MILLISECOND -> 64;
            };
        }
        if (type instanceof ArrowType.Interval interval) {
            return switch (interval.getUnit()) {
                case YEAR_MONTH -> 32;
                case DAY_TIME -> 64;
                case MONTH_DAY_NANO -> 128;
            };
        }
        return -1;
    }
}
