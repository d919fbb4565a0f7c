package io.partd.arrow.text;

import java.util.stream.Collectors;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Types of columns as pandas and others write them, where Arrow Java has a longer name for them. */
public final class TypeText {
    private TypeText() {}

    /** The type of a field, with those inside it. */
    public static String of(Field field) {
        String name = nested(field);
        return field.getDictionary() == null ? name : "dictionary of " + name;
    }

    private static String nested(Field field) {
        String inside = field.getChildren().stream()
                .map(child ->
                        field.getType() instanceof ArrowType.List ? of(child) : child.getName() + ": " + of(child))
                .collect(Collectors.joining(", "));
        if (inside.isEmpty()) return of(field.getType());
        return of(field.getType()) + "<" + inside + ">";
    }

    private static String of(ArrowType type) {
        if (type instanceof ArrowType.Int number) return (number.getIsSigned() ? "int" : "uint") + number.getBitWidth();
        if (type instanceof ArrowType.Utf8) return "string";
        if (type instanceof ArrowType.LargeUtf8) return "large string";
        if (type instanceof ArrowType.Binary) return "binary";
        if (type instanceof ArrowType.Date) return "date";
        if (type instanceof ArrowType.Bool) return "bool";
        if (type instanceof ArrowType.List) return "list";
        if (type instanceof ArrowType.Struct) return "struct";
        if (type instanceof ArrowType.Decimal number) {
            return "decimal(" + number.getPrecision() + ", " + number.getScale() + ")";
        }
        if (type instanceof ArrowType.FloatingPoint real) {
            return switch (real.getPrecision()) {
                case HALF -> "half float";
                case SINGLE -> "float";
                case DOUBLE -> "double";
            };
        }
        if (type instanceof ArrowType.Time time) return "time[" + unit(time.getUnit()) + "]";
        if (type instanceof ArrowType.Duration time) return "duration[" + unit(time.getUnit()) + "]";
        if (type instanceof ArrowType.Timestamp time) {
            return "timestamp[" + unit(time.getUnit())
                    + (time.getTimezone() == null ? "]" : ", " + time.getTimezone() + "]");
        }
        return type.toString();
    }

    private static String unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> "s";
            case MILLISECOND -> "ms";
            case MICROSECOND -> "us";
            case NANOSECOND -> "ns";
        };
    }
}
