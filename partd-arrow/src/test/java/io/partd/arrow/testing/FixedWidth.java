package io.partd.arrow.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The bytes of canonical values whose type has a fixed width of whole bytes. */
final class FixedWidth {
    private FixedWidth() {}

    /** How many bytes a value takes; -1 if the type has no fixed width of whole bytes. */
    static int of(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> ((ArrowType.Int) type).getBitWidth() / 8;
            case FloatingPoint -> width(((ArrowType.FloatingPoint) type).getPrecision());
            case Decimal -> ((ArrowType.Decimal) type).getBitWidth() / 8;
            case FixedSizeBinary -> ((ArrowType.FixedSizeBinary) type).getByteWidth();
            case Date -> type.equals(Leaves.DATE_DAY) ? 4 : 8;
            case Time -> ((ArrowType.Time) type).getBitWidth() / 8;
            case Timestamp, Duration -> 8;
            case Interval ->
                switch (((ArrowType.Interval) type).getUnit()) {
                    case YEAR_MONTH -> 4;
                    case DAY_TIME -> 8;
                    case MONTH_DAY_NANO -> 16;
                };
            default -> -1;
        };
    }

    static byte[] encode(ArrowType type, Object value) {
        int width = of(type);
        if (value instanceof BinaryValue bytes) return bytes.array();
        if (value instanceof BigDecimal decimal) return twosComplement(decimal.unscaledValue(), width);
        ByteBuffer out = ByteBuffer.allocate(Math.max(width, 8)).order(ByteOrder.LITTLE_ENDIAN);
        if (value instanceof List<?> parts) putInterval(out, parts);
        else out.putLong(value instanceof Real real ? real.bits() : (Long) value);
        byte[] bytes = new byte[width];
        out.flip().get(bytes);
        return bytes;
    }

    private static void putInterval(ByteBuffer out, List<?> parts) {
        out.putInt((int) (long) (Long) parts.get(0)).putInt((int) (long) (Long) parts.get(1));
        if (parts.size() == 3) out.putLong((Long) parts.get(2));
    }

    private static byte[] twosComplement(BigInteger number, int width) {
        byte[] little = new byte[width];
        for (int i = 0; i < width; i++) little[i] = number.shiftRight(8 * i).byteValue();
        return little;
    }

    private static int width(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> 2;
            case SINGLE -> 4;
            case DOUBLE -> 8;
        };
    }
}
