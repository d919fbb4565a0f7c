package io.partd.tablesaw;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.TimeColumn;

/**
 * Columns of dates, or of times of day. Tablesaw packs them into ints; in Arrow they are days from 1970, or
 * milliseconds from midnight.
 */
final class PackedKind extends FixedKind {
    private final boolean dates;

    private PackedKind(Class<?> type, ColumnType columnType, ArrowType arrowType, boolean dates) {
        super(type, columnType, IntArrayList.class, arrowType, Integer.BYTES);
        this.dates = dates;
    }

    static PackedKind dates() {
        return new PackedKind(DateColumn.class, ColumnType.LOCAL_DATE, new ArrowType.Date(DateUnit.DAY), true);
    }

    static PackedKind times() {
        ArrowType type = new ArrowType.Time(TimeUnit.MILLISECOND, Integer.SIZE);
        return new PackedKind(TimeColumn.class, ColumnType.LOCAL_TIME, type, false);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        int[] from = (int[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            int packed = from[block.at + i];
            block.values[i] = 0;
            if (packed == Integer.MIN_VALUE) continue;
            long value = dates ? Packed.days(packed) : Packed.millis(packed);
            if (value == Packed.NONE) {
                String what = "0x" + Integer.toHexString(packed) + " is not a packed " + (dates ? "date" : "time");
                throw cells.refuse(block.at + i, what + " of Tablesaw");
            }
            block.values[i] = value;
            valid |= 1L << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        int[] to = (int[]) array;
        for (int i = 0; i < block.count; i++) {
            if (!block.isValid(i)) {
                to[block.at + i] = Integer.MIN_VALUE;
                continue;
            }
            long value = block.values[i];
            if (dates && !Packed.hasDay(value)) throw TimestampKind.outside(cells, block.at + i);
            if (!dates && (value < 0 || value >= Packed.MILLIS_PER_DAY)) {
                throw cells.refuse(block.at + i, "the time is not within a day");
            }
            to[block.at + i] = dates ? Packed.date((int) value) : Packed.time((int) value);
        }
    }
}
