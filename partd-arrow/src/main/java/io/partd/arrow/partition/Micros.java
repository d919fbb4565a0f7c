package io.partd.arrow.partition;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Turns times and timestamps of other units into microseconds, in place. */
final class Micros {
    private static final int NANOS = 1_000;

    private final PartitionColumn column;
    private final NullMask nulls;
    private final long factor;

    private Micros(PartitionColumn column, NullMask nulls, long factor) {
        this.column = column;
        this.nulls = nulls;
        this.factor = factor;
    }

    /** What converts values of the type; null where there is nothing to convert. */
    static Micros of(PartitionColumn column, ArrowType type, NullMask nulls) {
        TimeUnit unit = unit(type);
        if (unit == null || unit == TimeUnit.MICROSECOND) return null;
        // No factor stands for nanoseconds, which are divided.
        long factor = switch (unit) {
            case SECOND -> 1_000_000;
            case MILLISECOND -> 1_000;
            default -> 0;
        };
        return new Micros(column, nulls, factor);
    }

    private static TimeUnit unit(ArrowType type) {
        if (type instanceof ArrowType.Time time) return time.getUnit();
        return type instanceof ArrowType.Timestamp timestamp ? timestamp.getUnit() : null;
    }

    void convert(int from, long[] values, int n) {
        if (factor == 0) {
            for (int i = 0; i < n; i++) values[i] = Math.floorDiv(values[i], NANOS);
        } else {
            for (int i = 0; i < n; i++) values[i] = multiply(from + i, values[i]);
        }
    }

    private long multiply(int row, long value) {
        long limit = Long.MAX_VALUE / factor;
        boolean fits = value >= -limit && value <= limit;
        if (!fits && !nulls.isNull(row)) {
            throw column.error("row " + row + " is out of range: " + value + " as microseconds passes 64 bits");
        }
        return value * factor;
    }
}
