package io.partd.tablesaw;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.LongColumn;

/** Columns of longs, in which Long.MIN_VALUE means missing. */
final class LongKind extends FixedKind {
    LongKind() {
        super(LongColumn.class, ColumnType.LONG, LongArrayList.class, new ArrowType.Int(64, true), 8);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        long[] from = (long[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            long value = from[block.at + i];
            block.values[i] = value;
            valid |= (value == Long.MIN_VALUE ? 0L : 1L) << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        long[] to = (long[]) array;
        for (int i = 0; i < block.count; i++) {
            long value = block.values[i];
            boolean valid = block.isValid(i);
            if (valid && value == Long.MIN_VALUE) throw cells.meansMissing(block.at + i, value, "longs");
            to[block.at + i] = valid ? value : Long.MIN_VALUE;
        }
    }
}
