package io.partd.arrow.partition;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** What the units of temporal columns mean. */
final class TimeUnits {
    static final long NANOS_A_SECOND = 1_000_000_000;

    private TimeUnits() {}

    /** Whether the timestamps are instants: they have a time zone. */
    static boolean hasZone(ArrowType.Timestamp type) {
        return type.getTimezone() != null && !type.getTimezone().isEmpty();
    }

    /** The decimal digits of a second that the unit shows. */
    static int digits(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 0;
            case MILLISECOND -> 3;
            case MICROSECOND -> 6;
            case NANOSECOND -> 9;
        };
    }

    static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> NANOS_A_SECOND;
            case MILLISECOND -> 1_000_000;
            case MICROSECOND -> 1_000;
            case NANOSECOND -> 1;
        };
    }

    /** The whole seconds, rounded down. */
    static long seconds(TimeUnit unit, long value) {
        return Math.floorDiv(value, NANOS_A_SECOND / nanos(unit));
    }

    /** The nanoseconds that {@link #seconds} leaves. */
    static int nanosOfSecond(TimeUnit unit, long value) {
        return (int) (Math.floorMod(value, NANOS_A_SECOND / nanos(unit)) * nanos(unit));
    }
}
