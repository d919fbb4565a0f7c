package io.partd.tablesaw;

import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;

/** Columns of dates: packed there, days from 1970 in Arrow. */
final class DateKind extends IntsKind {
    DateKind() {
        super(DateColumn.class, ColumnType.LOCAL_DATE, new ArrowType.Date(DateUnit.DAY));
    }

    @Override
    long unpack(int packed) {
        return Packed.days(packed);
    }

    @Override
    String whatPackedIs() {
        return "date";
    }

    @Override
    void store(Block block, Object array, Cells cells) {
        int[] to = (int[]) array;
        for (int i = 0; i < block.count; i++) {
            if (!block.isValid(i)) {
                to[block.at + i] = Integer.MIN_VALUE;
                continue;
            }
            long days = block.values[i];
            if (!Packed.hasDay(days)) throw TimestampKind.outside(cells, block.at + i);
            to[block.at + i] = Packed.date((int) days);
        }
    }
}
