package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Lists and maps with offsets of 4 or 8 bytes into one child. */
final class ListColumn extends Column {
    private final boolean wide;
    private final Column child;

    ListColumn(Field field, int in, int out, boolean wide, Column child) {
        super(field, in, out, 2, List.of(child));
        this.wide = wide;
        this.child = child;
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        Offsets.check(this, src, wide, src.lengths[child.in], "child values");
        child.check(src);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        Selection values = childRows(src, rows);
        if (values.rows > Integer.MAX_VALUE - 8) {
            throw dst.tooLarge(child, values.rows + " values", "a vector can hold");
        }
        child.measure(src, values, dst);
    }

    private Selection childRows(Batch src, Selection rows) {
        long offsets = src.address(in, 1);
        int[] starts = new int[rows.to - rows.from];
        int[] lengths = new int[starts.length];
        int runs = 0;
        long total = 0;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int count = rows.length(i);
            if (start < 0 || count == 0) continue;
            long from = RawMemory.offset(offsets, wide, start);
            starts[runs] = (int) from;
            lengths[runs] = (int) (RawMemory.offset(offsets, wide, (long) start + count) - from);
            total += lengths[runs];
            if (lengths[runs] > 0) runs++;
        }
        return Selection.runs(starts, lengths, runs, total, false);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(Offsets.bytes(dst.rows[out], wide));
        child.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        RawMemory.putOffset(dst.address(out, 1), wide, 0, 0);
        child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        copyOffsets(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
        child.copy(src, childRows(src, rows), dst);
    }

    private void copyOffsets(Batch src, Selection rows, ColumnOutput dst) {
        long offsets = src.address(in, 1);
        long ends = dst.address(out, 1);
        long row = dst.rowsDone[out];
        long done = dst.rowsDone[child.out];
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int count = rows.length(i);
            if (start < 0) {
                Offsets.repeatEnd(done, wide, count, ends, row);
            } else if (count > 0) {
                long from = RawMemory.offset(offsets, wide, start);
                Offsets.copyEnds(offsets, wide, start, count, done - from, ends, row);
                done += RawMemory.offset(offsets, wide, (long) start + count) - from;
            }
            row += count;
        }
    }
}
