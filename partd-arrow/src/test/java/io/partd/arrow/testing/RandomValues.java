package io.partd.arrow.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Random canonical values (those of {@link Rows}) for a field. */
final class RandomValues {
    private static final List<String> TEXTS =
            List.of("", "a", "\0", "twelve bytes", "thirteen byte", "äöü€", "日本語のテキスト、長い", "🦀🦀🦀🦀", "NULL", "\\N");
    private static final List<Long> FLOAT_BITS = List.of(
            0L, 0x8000_0000L, 0x7f80_0000L, 0xff80_0000L, 0x7fc0_0000L, 0x7fc0_1234L, 0xff80_0001L, 1L, 0x7f7f_ffffL);
    private static final List<Long> DOUBLE_BITS = List.of(
            0L,
            Long.MIN_VALUE,
            0x7ff0L << 48,
            0xfff0L << 48,
            0x7ff8L << 48,
            0x7ff8_0000_0000_1234L,
            (0xfff0L << 48) + 1);

    private final Dice dice;
    private final Map<Long, List<Object>> entries;
    private final Map<Field, Integer> nullPercents = new IdentityHashMap<>();

    /** Values whose dictionary-encoded parts come from {@code entries}, by dictionary id. */
    RandomValues(Dice dice, Map<Long, List<Object>> entries) {
        this.dice = dice;
        this.entries = entries;
    }

    List<Object> column(Field field, int rows) {
        int repeats = field.getType().equals(ArrowType.RunEndEncoded.INSTANCE) ? 60 : 10;
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(i > 0 && dice.chance(repeats) ? values.get(i - 1) : value(field));
        }
        return Collections.unmodifiableList(values);
    }

    Object value(Field field) {
        if (isRuns(field)) return value(field.getChildren().get(1));
        return canBeNull(field) && dice.chance(nullPercent(field)) ? null : present(field);
    }

    /** A value that is not null, unless the type is the null type. */
    Object present(Field field) {
        if (field.getDictionary() != null) return entry(field.getDictionary().getId());
        ArrowType type = Shape.storage(field);
        List<Field> children = field.getChildren();
        return switch (type.getTypeID()) {
            case Null -> null;
            case Bool -> dice.chance(50);
            case Utf8, LargeUtf8, Utf8View -> text();
            case Binary, LargeBinary, BinaryView -> new BinaryValue(dice.bytes(dice.below(40)));
            case List, LargeList, ListView, LargeListView -> column(children.get(0), listSize());
            case Map -> entries(children.get(0), listSize());
            case FixedSizeList -> column(children.get(0), ((ArrowType.FixedSizeList) type).getListSize());
            case Struct -> struct(children);
            case Union -> tagged((ArrowType.Union) type, children);
            case RunEndEncoded -> present(children.get(1));
            default -> scalar(type);
        };
    }

    /** Whether the field itself has a place for nulls. */
    static boolean canBeNull(Field field) {
        return field.isNullable() && !isRuns(field) && Shape.storage(field).getTypeID() != ArrowType.ArrowTypeID.Union;
    }

    private static boolean isRuns(Field field) {
        return Shape.storage(field).equals(ArrowType.RunEndEncoded.INSTANCE);
    }

    private int nullPercent(Field field) {
        return nullPercents.computeIfAbsent(field, unused -> dice.oneOf(List.of(0, 0, 5, 30, 70, 100)));
    }

    private Object entry(long id) {
        List<Object> present = entries.get(id).stream().filter(e -> e != null).toList();
        return dice.oneOf(present);
    }

    private int listSize() {
        return dice.chance(5) ? dice.below(20) : dice.below(4);
    }

    private List<Object> entries(Field entries, int size) {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) pairs.add(struct(entries.getChildren()));
        return pairs;
    }

    private List<Object> struct(List<Field> children) {
        List<Object> values = new ArrayList<>();
        for (Field child : children) values.add(value(child));
        return values;
    }

    private Tagged tagged(ArrowType.Union type, List<Field> children) {
        int child = dice.below(children.size());
        return new Tagged(type.getTypeIds()[child], value(children.get(child)));
    }

    private Object scalar(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> integer((ArrowType.Int) type);
            case FloatingPoint -> real(((ArrowType.FloatingPoint) type).getPrecision());
            case Decimal -> decimal((ArrowType.Decimal) type);
            case FixedSizeBinary -> new BinaryValue(dice.bytes(((ArrowType.FixedSizeBinary) type).getByteWidth()));
            case Date -> type.equals(Leaves.DATE_DAY) ? signed(32) : TimeUnit.DAYS.toMillis(signed(32));
            case Time -> time((ArrowType.Time) type);
            case Timestamp, Duration -> signed(64);
            case Interval -> interval(((ArrowType.Interval) type).getUnit());
            default -> throw new IllegalArgumentException("no values for the type " + type);
        };
    }

    private Object integer(ArrowType.Int type) {
        long value = signed(type.getBitWidth());
        return type.getIsSigned() || type.getBitWidth() == 64 ? value : value & (1L << type.getBitWidth()) - 1;
    }

    private long signed(int width) {
        long highest = Long.MAX_VALUE >> (64 - width);
        return switch (dice.below(8)) {
            case 0 -> highest;
            case 1 -> -highest - 1;
            case 2 -> 0;
            case 3 -> -1;
            case 4 -> dice.below(5);
            default -> dice.anyLong() >> (64 - width);
        };
    }

    private Object time(ArrowType.Time type) {
        long day = TimeUnit.valueOf(type.getUnit().name() + "S").convert(1, TimeUnit.DAYS);
        return dice.chance(20) ? day - 1 : Math.floorMod(dice.anyLong(), day);
    }

    private Object interval(IntervalUnit unit) {
        return switch (unit) {
            case YEAR_MONTH -> signed(32);
            case DAY_TIME -> List.<Object>of(signed(32), signed(32));
            case MONTH_DAY_NANO -> List.<Object>of(signed(32), signed(32), signed(64));
        };
    }

    private Object real(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF ->
                new Real(16, dice.oneOf(List.of(0L, 0x8000L, 0x7c00L, 0x7e01L, 0x3c00L, dice.anyLong() & 0xffff)));
            case SINGLE -> new Real(32, dice.chance(50) ? dice.oneOf(FLOAT_BITS) : dice.anyLong() & 0xffff_ffffL);
            case DOUBLE -> new Real(64, dice.chance(50) ? dice.oneOf(DOUBLE_BITS) : dice.anyLong());
        };
    }

    private Object decimal(ArrowType.Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        BigInteger any = new BigInteger(dice.bytes(type.getBitWidth() / 8)).remainder(limit);
        BigInteger unscaled = dice.chance(20) ? limit.subtract(BigInteger.ONE).negate() : any;
        return new BigDecimal(unscaled, type.getScale());
    }

    private BinaryValue text() {
        if (dice.chance(50)) return BinaryValue.of(dice.oneOf(TEXTS));
        StringBuilder text = new StringBuilder();
        for (int i = dice.below(30); i > 0; i--) text.append((char) dice.between('a', 'z'));
        return new BinaryValue(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
