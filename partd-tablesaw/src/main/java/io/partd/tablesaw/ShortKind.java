package io.partd.tablesaw;

import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.ShortColumn;

/** Columns of shorts, in which Short.MIN_VALUE means missing. */
final class ShortKind extends FixedKind {
    ShortKind() {
        super(ShortColumn.class, ColumnType.SHORT, ShortArrayList.class, new ArrowType.Int(16, true), 2);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        short[] from = (short[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            short value = from[block.at + i];
            block.values[i] = value;
            valid |= (value == Short.MIN_VALUE ? 0L : 1L) << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        short[] to = (short[]) array;
        for (int i = 0; i < block.count; i++) {
            short value = (short) block.values[i];
            boolean valid = block.isValid(i);
            if (valid && value == Short.MIN_VALUE) throw cells.meansMissing(block.at + i, value, "shorts");
            to[block.at + i] = valid ? value : Short.MIN_VALUE;
        }
    }
}
