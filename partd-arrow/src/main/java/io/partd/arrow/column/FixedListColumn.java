package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Lists of one size. */
final class FixedListColumn extends Column {
    private final int listSize;
    private final Column child;

    FixedListColumn(Field field, int in, int out, int listSize, Column child) {
        super(field, in, out, 1, List.of(child));
        this.listSize = listSize;
        this.child = child;
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        long values = (long) src.lengths[in] * listSize;
        if (src.lengths[child.in] < values) {
            throw src.corrupt(this, "it needs " + values + " child values and has " + src.lengths[child.in]);
        }
        child.check(src);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        if (rows.rows * listSize > Integer.MAX_VALUE) {
            throw dst.tooLarge(child, rows.rows * listSize + " values", "a vector can hold");
        }
        child.measure(src, rows.times(listSize), dst);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        child.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
        child.copy(src, rows.times(listSize), dst);
    }
}
