package io.partd.tablesaw;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.TimeColumn;

/** Columns of times of day: packed there, milliseconds from midnight in Arrow. */
final class TimeKind extends IntsKind {
    TimeKind() {
        super(TimeColumn.class, ColumnType.LOCAL_TIME, new ArrowType.Time(TimeUnit.MILLISECOND, Integer.SIZE));
    }

    @Override
    long unpack(int packed) {
        return Packed.millis(packed);
    }

    @Override
    String whatPackedIs() {
        return "time";
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        int[] to = (int[]) array;
        for (int i = 0; i < block.count; i++) {
            if (!block.isValid(i)) {
                to[block.at + i] = Integer.MIN_VALUE;
                continue;
            }
            long millis = block.values[i];
            if (millis < 0 || millis >= Packed.MILLIS_PER_DAY) {
                throw cells.refuse(block.at + i, "the time is not within a day");
            }
            to[block.at + i] = Packed.time((int) millis);
        }
    }
}
