package io.partd.tablesaw;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.InstantColumn;

/** Columns of date-times, or of instants. Tablesaw packs them into longs; in Arrow they are milliseconds from 1970. */
final class TimestampKind extends FixedKind {
    private static final String INSTANTS_ZONE = "UTC";

    private TimestampKind(Class<?> type, ColumnType columnType, String zone) {
        super(type, columnType, LongArrayList.class, new ArrowType.Timestamp(TimeUnit.MILLISECOND, zone), Long.BYTES);
    }

    static TimestampKind dateTimes() {
        return new TimestampKind(DateTimeColumn.class, ColumnType.LOCAL_DATE_TIME, null);
    }

    static TimestampKind instants() {
        return new TimestampKind(InstantColumn.class, ColumnType.INSTANT, INSTANTS_ZONE);
    }

    static IllegalArgumentException outside(Cells cells, int row) {
        return cells.refuse(
                row, "the date is outside the years " + Short.MIN_VALUE + " to " + Short.MAX_VALUE + " of Tablesaw");
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        long[] from = (long[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            long packed = from[block.at + i];
            block.values[i] = 0;
            if (packed == Long.MIN_VALUE) continue;
            long days = Packed.days((int) (packed >> 32));
            long millis = Packed.millis((int) packed);
            if (days == Packed.NONE || millis == Packed.NONE) {
                throw cells.refuse(
                        block.at + i, "0x" + Long.toHexString(packed) + " is not a packed date-time of Tablesaw");
            }
            block.values[i] = days * Packed.MILLIS_PER_DAY + millis;
            valid |= 1L << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        long[] to = (long[]) array;
        for (int i = 0; i < block.count; i++) {
            if (!block.isValid(i)) {
                to[block.at + i] = Long.MIN_VALUE;
                continue;
            }
            long days = Math.floorDiv(block.values[i], Packed.MILLIS_PER_DAY);
            if (!Packed.hasDay(days)) throw outside(cells, block.at + i);
            int millis = (int) (block.values[i] - days * Packed.MILLIS_PER_DAY);
            to[block.at + i] = (long) Packed.date((int) days) << 32 | Packed.time(millis);
        }
    }
}
