package io.partd.tablesaw;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.FloatColumn;

/** Columns of floats, in which NaN means missing: it becomes null, and both NaN and null become NaN. */
final class FloatKind extends FixedKind {
    FloatKind() {
        super(
                FloatColumn.class,
                ColumnType.FLOAT,
                FloatArrayList.class,
                new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
                4);
    }

    @Override
    void load(Object array, Block block, Cells cells) {
        float[] from = (float[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            float value = from[block.at + i];
            block.values[i] = Float.floatToRawIntBits(value);
            valid |= (Float.isNaN(value) ? 0L : 1L) << i;
        }
        block.valid = valid;
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        float[] to = (float[]) array;
        for (int i = 0; i < block.count; i++) {
            float value = Float.intBitsToFloat((int) block.values[i]);
            to[block.at + i] = block.isValid(i) ? value : Float.NaN;
        }
    }
}
