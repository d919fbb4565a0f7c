package io.partd.tablesaw;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.IntColumn;

/** Columns of ints, in which Integer.MIN_VALUE means missing. */
final class IntKind extends FixedKind {
    IntKind() {
        super(IntColumn.class, ColumnType.INTEGER, IntArrayList.class, new ArrowType.Int(32, true), 4);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        int[] from = (int[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            int value = from[block.at + i];
            block.values[i] = value;
            valid |= (value == Integer.MIN_VALUE ? 0L : 1L) << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        int[] to = (int[]) array;
        for (int i = 0; i < block.count; i++) {
            int value = (int) block.values[i];
            boolean valid = block.isValid(i);
            if (valid && value == Integer.MIN_VALUE) throw cells.meansMissing(block.at + i, value, "ints");
            to[block.at + i] = valid ? value : Integer.MIN_VALUE;
        }
    }
}
