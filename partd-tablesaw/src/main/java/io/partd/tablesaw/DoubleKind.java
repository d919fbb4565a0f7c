package io.partd.tablesaw;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;

/** Columns of doubles, in which NaN means missing: it becomes null, and both NaN and null become NaN. */
final class DoubleKind extends FixedKind {
    DoubleKind() {
        super(
                DoubleColumn.class,
                ColumnType.DOUBLE,
                DoubleArrayList.class,
                new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
                8);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        double[] from = (double[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            double value = from[block.at + i];
            block.values[i] = Double.doubleToRawLongBits(value);
            valid |= (Double.isNaN(value) ? 0L : 1L) << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        double[] to = (double[]) array;
        for (int i = 0; i < block.count; i++) {
            double value = Double.longBitsToDouble(block.values[i]);
            to[block.at + i] = block.isValid(i) ? value : Double.NaN;
        }
    }
}
