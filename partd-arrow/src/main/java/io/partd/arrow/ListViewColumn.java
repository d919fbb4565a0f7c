package io.partd.arrow;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** List views: an offset and a size for each list, in any order. What is written lies in order. */
final class ListViewColumn extends Column {
    private final boolean wide;
    private final Column child;

    ListViewColumn(Field field, int in, int out, boolean wide, Column child) {
        super(field, in, out, 3, List.of(child));
        this.wide = wide;
        this.child = child;
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        int length = src.lengths[in];
        long bytes = (long) length * (wide ? 8 : 4);
        src.require(this, 1, "offset buffer", bytes);
        src.require(this, 2, "size buffer", bytes);
        long end = src.lengths[child.in];
        for (int i = 0; i < length; i++) {
            if (isNull(src, i)) continue;
            long from = Memory.offset(src.address(in, 1), wide, i);
            long size = Memory.offset(src.address(in, 2), wide, i);
            if (from < 0 || size < 0 || size > end - from) {
                throw src.corrupt(
                        this,
                        "list " + i + " is at " + from + " and has " + size + " values, of " + end + " child values");
            }
        }
        child.check(src);
    }

    private boolean isNull(Batch src, int row) {
        return src.hasNulls(in) && !Memory.bit(src.address(in, 0), row);
    }

    @Override
    void measure(Batch src, Selection rows, Target dst) {
        measureValidity(src, rows, dst);
        child.measure(src, lists(src, rows.toRows(), (int) rows.rows), dst);
    }

    /** A run for each list; nulls are empty. */
    private Selection lists(Batch src, int[] all, int count) {
        int[] starts = new int[count];
        int[] lengths = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (all[i] < 0 || isNull(src, all[i])) continue;
            starts[i] = (int) Memory.offset(src.address(in, 1), wide, all[i]);
            lengths[i] = (int) Memory.offset(src.address(in, 2), wide, all[i]);
            total += lengths[i];
        }
        return Selection.runs(starts, lengths, count, total, false);
    }

    @Override
    void layOut(Target dst) {
        layOutValidity(dst);
        dst.addBuffer(dst.rows[out] * (wide ? 8 : 4));
        dst.addBuffer(dst.rows[out] * (wide ? 8 : 4));
        child.layOut(dst);
    }

    @Override
    void begin(Target dst) {
        beginValidity(dst);
        child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, Target dst) {
        copyValidity(src, rows, dst);
        Selection lists = lists(src, rows.toRows(), (int) rows.rows);
        long row = dst.rowsDone[out];
        long offset = dst.rowsDone[child.out];
        for (int i = 0; i < lists.to; i++, row++) {
            Memory.putOffset(dst.address(out, 1), wide, row, offset);
            Memory.putOffset(dst.address(out, 2), wide, row, lists.lengths[i]);
            offset += lists.lengths[i];
        }
        dst.rowsDone[out] = row;
        child.copy(src, lists, dst);
    }
}
