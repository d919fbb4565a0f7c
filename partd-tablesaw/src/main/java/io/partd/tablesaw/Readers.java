package io.partd.tablesaw;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Which vectors of fixed width become which columns: those of which nothing is lost. */
final class Readers {
    private static final ShortKind SHORT = new ShortKind();
    private static final IntKind INT = new IntKind();
    private static final LongKind LONG = new LongKind();
    private static final FloatKind FLOAT = new FloatKind();
    private static final DoubleKind DOUBLE = new DoubleKind();
    private static final PackedKind DATE = PackedKind.dates();
    private static final PackedKind TIME = PackedKind.times();
    private static final TimestampKind DATE_TIME = TimestampKind.dateTimes();
    private static final TimestampKind INSTANT = TimestampKind.instants();

    private Readers() {}

    /** The reader of vectors of a type, or null where there is none. */
    static FixedReader of(ArrowType type) {
        if (type instanceof ArrowType.Int integer) return of(integer);
        if (type instanceof ArrowType.FloatingPoint floating) return of(floating.getPrecision());
        if (type instanceof ArrowType.Date date) {
            return date.getUnit() == DateUnit.DAY
                    ? new FixedReader(Source.INT32, Scale.NONE, DATE)
                    : new FixedReader(Source.INT64, Scale.MILLIS_TO_DAYS, DATE);
        }
        if (type instanceof ArrowType.Time time) {
            Source source = time.getBitWidth() == Integer.SIZE ? Source.INT32 : Source.INT64;
            return new FixedReader(source, Scale.of(time.getUnit()), TIME);
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            TimestampKind kind = timestamp.getTimezone() == null ? DATE_TIME : INSTANT;
            return new FixedReader(Source.INT64, Scale.of(timestamp.getUnit()), kind);
        }
        return null;
    }

    private static FixedReader of(ArrowType.Int type) {
        boolean signed = type.getIsSigned();
        return switch (type.getBitWidth()) {
            case Byte.SIZE -> signed ? plain(Source.INT8, SHORT) : plain(Source.UINT8, INT);
            case Short.SIZE -> signed ? plain(Source.INT16, SHORT) : plain(Source.UINT16, INT);
            case Integer.SIZE -> signed ? plain(Source.INT32, INT) : plain(Source.UINT32, LONG);
            default -> signed ? plain(Source.INT64, LONG) : null;
        };
    }

    private static FixedReader of(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> plain(Source.HALF, FLOAT);
            case SINGLE -> plain(Source.INT32, FLOAT);
            case DOUBLE -> plain(Source.INT64, DOUBLE);
        };
    }

    private static FixedReader plain(Source source, FixedKind kind) {
        return new FixedReader(source, Scale.NONE, kind);
    }
}
