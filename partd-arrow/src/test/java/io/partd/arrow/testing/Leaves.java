package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Every Arrow type without children that Arrow Java has a vector for. */
public final class Leaves {
    static final ArrowType DATE_DAY = new ArrowType.Date(DateUnit.DAY);
    static final List<ArrowType> INTEGERS = integers();

    private static final List<ArrowType> PLAIN = plain();
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "+05:30", "");

    private Leaves() {}

    static ArrowType draw(Dice dice) {
        return switch (dice.below(8)) {
            case 0 -> dice.oneOf(INTEGERS);
            case 1 -> decimal(dice);
            case 2 -> new ArrowType.FixedSizeBinary(dice.oneOf(List.of(1, 3, 16, 20)));
            case 3 -> new ArrowType.Timestamp(dice.oneOf(List.of(TimeUnit.values())), dice.oneOf(ZONES));
            default -> dice.oneOf(PLAIN);
        };
    }

    private static ArrowType decimal(Dice dice) {
        boolean wide = dice.chance(50);
        int precision = dice.between(1, wide ? 76 : 38);
        return new ArrowType.Decimal(precision, dice.between(-3, precision), wide ? 256 : 128);
    }

    /** All of them once, with one choice of parameters: for tests that want every type. */
    public static List<ArrowType> all() {
        List<ArrowType> all = new ArrayList<>(PLAIN);
        all.addAll(INTEGERS);
        all.add(new ArrowType.Decimal(38, 10, 128));
        all.add(new ArrowType.Decimal(76, -2, 256));
        all.add(new ArrowType.FixedSizeBinary(5));
        for (TimeUnit unit : TimeUnit.values()) all.add(new ArrowType.Timestamp(unit, "UTC"));
        return all;
    }

    private static List<ArrowType> integers() {
        List<ArrowType> types = new ArrayList<>();
        for (int width = 8; width <= 64; width *= 2) {
            types.add(new ArrowType.Int(width, true));
            types.add(new ArrowType.Int(width, false));
        }
        return List.copyOf(types);
    }

    private static List<ArrowType> plain() {
        List<ArrowType> types = new ArrayList<>(List.of(
                ArrowType.Null.INSTANCE, ArrowType.Bool.INSTANCE,
                ArrowType.Utf8.INSTANCE, ArrowType.Binary.INSTANCE,
                ArrowType.LargeUtf8.INSTANCE, ArrowType.LargeBinary.INSTANCE,
                ArrowType.Utf8View.INSTANCE, ArrowType.BinaryView.INSTANCE));
        for (DateUnit unit : DateUnit.values()) types.add(new ArrowType.Date(unit));
        for (IntervalUnit unit : IntervalUnit.values()) types.add(new ArrowType.Interval(unit));
        for (FloatingPointPrecision precision : FloatingPointPrecision.values()) {
            types.add(new ArrowType.FloatingPoint(precision));
        }
        for (TimeUnit unit : TimeUnit.values()) {
            types.add(new ArrowType.Time(unit, unit.compareTo(TimeUnit.MICROSECOND) < 0 ? 32 : 64));
            types.add(new ArrowType.Timestamp(unit, null));
            types.add(new ArrowType.Duration(unit));
        }
        return List.copyOf(types);
    }
}
