package io.partd.arrow.partition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Random columns of every type that rows can be partitioned by. */
public final class KeyColumns {
    public static final List<ArrowType> TYPES = List.of(
            new ArrowType.Int(8, true),
            new ArrowType.Int(8, false),
            new ArrowType.Int(16, true),
            new ArrowType.Int(16, false),
            new ArrowType.Int(32, true),
            new ArrowType.Int(32, false),
            new ArrowType.Int(64, true),
            new ArrowType.Int(64, false),
            ArrowType.Bool.INSTANCE,
            new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
            new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            new ArrowType.Decimal(9, 2, 128),
            new ArrowType.Decimal(38, 10, 128),
            new ArrowType.Decimal(76, 30, 256),
            new ArrowType.Date(DateUnit.DAY),
            new ArrowType.Date(DateUnit.MILLISECOND),
            new ArrowType.Time(TimeUnit.SECOND, 32),
            new ArrowType.Time(TimeUnit.MILLISECOND, 32),
            new ArrowType.Time(TimeUnit.MICROSECOND, 64),
            new ArrowType.Time(TimeUnit.NANOSECOND, 64),
            new ArrowType.Timestamp(TimeUnit.SECOND, null),
            new ArrowType.Timestamp(TimeUnit.MILLISECOND, null),
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, null),
            new ArrowType.Timestamp(TimeUnit.NANOSECOND, null),
            new ArrowType.Timestamp(TimeUnit.SECOND, "UTC"),
            new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC"),
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Asia/Tokyo"),
            new ArrowType.Timestamp(TimeUnit.NANOSECOND, "+01:00"),
            new ArrowType.Duration(TimeUnit.SECOND),
            new ArrowType.Duration(TimeUnit.NANOSECOND),
            new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
            ArrowType.Utf8.INSTANCE,
            ArrowType.LargeUtf8.INSTANCE,
            ArrowType.Utf8View.INSTANCE,
            ArrowType.Binary.INSTANCE,
            ArrowType.LargeBinary.INSTANCE,
            ArrowType.BinaryView.INSTANCE,
            new ArrowType.FixedSizeBinary(3));

    private static final String LETTERS = "ab|\\é😀\uffee";

    private KeyColumns() {}

    public static FieldVector column(
            String name, ArrowType type, int rows, double nulls, Random random, BufferAllocator to) {
        FieldVector vector = new Field(name, FieldType.nullable(type), null).createVector(to);
        vector.setInitialCapacity(Math.max(rows, 1));
        vector.allocateNew();
        for (int i = 0; i < rows; i++) {
            set(vector, type, i, random);
            // Null slots keep what was set: nobody may look at it.
            if (random.nextDouble() < nulls) vector.setNull(i);
        }
        vector.setValueCount(rows);
        return vector;
    }

    private static void set(FieldVector vector, ArrowType type, int row, Random random) {
        if (vector instanceof VariableWidthFieldVector variable) {
            variable.setSafe(row, bytes(random, SpanValues.isText(type)));
        } else if (vector instanceof BitVector bits) bits.setSafe(row, random.nextInt(2));
        else if (vector instanceof Float2Vector half) half.setSafe(row, Float16.toFloat16((float) floating(random)));
        else if (vector instanceof Float4Vector single) single.setSafe(row, (float) floating(random));
        else if (vector instanceof Float8Vector floating) floating.setSafe(row, floating(random));
        else if (vector instanceof DecimalVector decimal) decimal.setSafe(row, decimal(type, random));
        else if (vector instanceof Decimal256Vector decimal) decimal.setSafe(row, decimal(type, random));
        else if (vector instanceof FixedSizeBinaryVector binary) {
            binary.setSafe(row, new byte[] {(byte) random.nextInt(), 0, (byte) random.nextInt(2)});
        } else setRaw((BaseFixedWidthVector) vector, row, whole(type, random));
    }

    private static void setRaw(BaseFixedWidthVector vector, int row, long value) {
        int width = vector.getTypeWidth();
        for (int i = 0; i < width; i++) {
            vector.getDataBuffer().setByte((long) row * width + i, (byte) (value >> 8 * i));
        }
        BitVectorHelper.setBit(vector.getValidityBuffer(), row);
    }

    private static long whole(ArrowType type, Random random) {
        if (type instanceof ArrowType.Time time) return random.nextLong(86_400) * perSecond(time.getUnit());
        if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
            return random.nextInt(-20_000, 20_000) * 86_400_000L;
        }
        boolean seconds = type instanceof ArrowType.Timestamp stamp && stamp.getUnit() != TimeUnit.NANOSECOND;
        if (seconds) return random.nextInt() >> random.nextInt(32);
        return random.nextBoolean() ? random.nextInt(-5, 5) : random.nextLong() >> random.nextInt(64);
    }

    private static long perSecond(TimeUnit unit) {
        return TimeUnits.NANOS_A_SECOND / TimeUnits.nanos(unit);
    }

    /** Numbers whose text is the same on every JDK. */
    private static double floating(Random random) {
        double[] special = {
            0.0, -0.0, Double.NaN, Double.longBitsToDouble(0xfff8000000000001L), Double.POSITIVE_INFINITY, -1.0 / 0.0
        };
        return random.nextBoolean() ? special[random.nextInt(special.length)] : random.nextInt(-40, 40) / 8.0;
    }

    private static BigDecimal decimal(ArrowType type, Random random) {
        ArrowType.Decimal decimal = (ArrowType.Decimal) type;
        int bits = random.nextInt(decimal.getPrecision() * 3);
        BigInteger unscaled = new BigInteger(bits, random);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.getScale());
    }

    private static byte[] bytes(Random random, boolean text) {
        int length = random.nextInt(4) == 0 ? random.nextInt(30) : random.nextInt(3);
        if (!text) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) bytes[i] = (byte) (random.nextInt(3) * 100);
            return bytes;
        }
        StringBuilder letters = new StringBuilder();
        int[] all = LETTERS.codePoints().toArray();
        for (int i = 0; i < length; i++) letters.appendCodePoint(all[random.nextInt(all.length)]);
        return letters.toString().getBytes(StandardCharsets.UTF_8);
    }
}
