package io.partd.tablesaw;

import org.apache.arrow.vector.types.TimeUnit;

/** How times of any unit become milliseconds, and dates in milliseconds days. */
enum Scale {
    NONE,
    SECONDS_TO_MILLIS,
    MICROS_TO_MILLIS,
    NANOS_TO_MILLIS,
    MILLIS_TO_DAYS;

    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000;

    static Scale of(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> SECONDS_TO_MILLIS;
            case MILLISECOND -> NONE;
            case MICROSECOND -> MICROS_TO_MILLIS;
            case NANOSECOND -> NANOS_TO_MILLIS;
        };
    }

    void apply(Block block, SubMillis finer, Cells cells) {
        switch (this) {
            case NONE -> {}
            case SECONDS_TO_MILLIS -> multiply(block, cells);
            case MICROS_TO_MILLIS -> divide(block, 1_000, finer, cells, "has microseconds");
            case NANOS_TO_MILLIS -> divide(block, 1_000_000, finer, cells, "has microseconds or nanoseconds");
            case MILLIS_TO_DAYS -> divide(block, Packed.MILLIS_PER_DAY, SubMillis.REFUSE, cells, null);
        }
    }

    private static void multiply(Block block, Cells cells) {
        for (int i = 0; i < block.count; i++) {
            long seconds = block.values[i];
            if (!block.isValid(i)) continue;
            if (seconds > MAX_SECONDS || seconds < -MAX_SECONDS) throw TimestampKind.outside(cells, block.at + i);
            block.values[i] = seconds * 1_000;
        }
    }

    private static void divide(Block block, long by, SubMillis finer, Cells cells, String what) {
        for (int i = 0; i < block.count; i++) {
            long quotient = Math.floorDiv(block.values[i], by);
            if (finer == SubMillis.REFUSE && quotient * by != block.values[i] && block.isValid(i)) {
                throw cells.refuse(
                        block.at + i,
                        what == null
                                ? "the date has a time of day"
                                : "the time " + what + ", which Tablesaw cannot hold: ask for them to be cut off with"
                                        + " SubMillis.TRUNCATE");
            }
            block.values[i] = quotient;
        }
    }
}
