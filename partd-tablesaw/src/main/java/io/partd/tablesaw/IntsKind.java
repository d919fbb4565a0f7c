package io.partd.tablesaw;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;

/** Columns of dates or times that are packed into ints. */
abstract class IntsKind extends FixedKind {
    IntsKind(Class<?> type, ColumnType columnType, ArrowType arrowType) {
        super(type, columnType, IntArrayList.class, arrowType, Integer.BYTES);
    }

    /** What a packed value means in Arrow, or {@link Packed#NONE} where it means nothing. */
    abstract long unpack(int packed);

    abstract String whatPackedIs();

    @Override
    final Object elements(Object list) {
        return ((IntArrayList) list).elements();
    }

    @Override
    final Object newArray(int rows) {
        return new int[rows];
    }

    @Override
    final Object list(Object array) {
        return IntArrayList.wrap((int[]) array);
    }

    @Override
    final void load(Object array, Block block, Cells cells) {
        int[] from = (int[]) array;
        long valid = 0;
        for (int i = 0; i < block.count; i++) {
            int packed = from[block.at + i];
            block.values[i] = 0;
            if (packed == Integer.MIN_VALUE) continue;
            long value = unpack(packed);
            if (value == Packed.NONE) {
                throw cells.refuse(
                        block.at + i,
                        "0x" + Integer.toHexString(packed) + " is not a packed " + whatPackedIs() + " of Tablesaw");
            }
            block.values[i] = value;
            valid |= 1L << i;
        }
        block.valid = valid;
    }
}
