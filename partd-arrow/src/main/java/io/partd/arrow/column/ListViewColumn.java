package io.partd.arrow.column;

import io.partd.arrow.memory.Arena;
import io.partd.arrow.memory.RawMemory;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/**
 * List views: an offset and a size for each list, in any order. What is written lies in order, but where lists share so
 * many values that these together are fewer: then all values are written once, and stay shared.
 */
public final class ListViewColumn extends Column {
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
        for (int i = 0; i < length; i++) {
            if (isNull(src, i) || isInside(src, i)) continue;
            long from = RawMemory.offset(src.address(in, 1), wide, i);
            long size = RawMemory.offset(src.address(in, 2), wide, i);
            throw src.corrupt(
                    this,
                    "list " + i + " is at " + from + " and has " + size + " values, of " + src.lengths[child.in]
                            + " child values");
        }
        child.check(src);
    }

    private boolean isInside(Batch src, int row) {
        long from = RawMemory.offset(src.address(in, 1), wide, row);
        long size = RawMemory.offset(src.address(in, 2), wide, row);
        return from >= 0 && size >= 0 && size <= src.lengths[child.in] - from;
    }

    private boolean isNull(Batch src, int row) {
        return src.hasNulls(in) && !RawMemory.bit(src.address(in, 0), row);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        child.measure(src, values(src, lists(src, rows)), dst);
    }

    /** The child values of the lists: one list after the other, or all that there are. */
    private Selection values(Batch src, Selection lists) {
        return shares(src, lists) ? Selection.range(0, src.lengths[child.in]) : lists;
    }

    /** Few bytes of lists that overlap may stand for more values than there is memory. */
    private boolean shares(Batch src, Selection lists) {
        return lists.rows > src.lengths[child.in];
    }

    /** A run for each list; nulls are empty. */
    private Selection lists(Batch src, Selection rows) {
        int[] all = rows.toRows();
        int count = (int) rows.rows;
        int[] starts = new int[count];
        int[] lengths = new int[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (all[i] < 0 || isNull(src, all[i])) continue;
            starts[i] = (int) RawMemory.offset(src.address(in, 1), wide, all[i]);
            lengths[i] = (int) RawMemory.offset(src.address(in, 2), wide, all[i]);
            total += lengths[i];
        }
        return Selection.runs(starts, lengths, count, total, false);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(dst.rows[out] * (wide ? 8 : 4));
        dst.addBuffer(dst.rows[out] * (wide ? 8 : 4));
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
        Selection lists = lists(src, rows);
        boolean shares = shares(src, lists);
        long row = dst.rowsDone[out];
        long offset = dst.rowsDone[child.out];
        for (int i = 0; i < lists.to; i++, row++) {
            RawMemory.putOffset(dst.address(out, 1), wide, row, shares ? offset + lists.starts[i] : offset);
            RawMemory.putOffset(dst.address(out, 2), wide, row, lists.lengths[i]);
            if (!shares) offset += lists.lengths[i];
        }
        dst.rowsDone[out] = row;
        child.copy(src, values(src, lists), dst);
    }

    /**
     * Makes nulls that lead out of the child empty lists: Arrow Java makes the child so long that it has their values,
     * too.
     */
    public void settleNulls(Batch src, Arena arena) {
        if (!src.hasNulls(in) || nullsAreInside(src)) return;
        int length = src.lengths[in];
        int width = wide ? 8 : 4;
        for (int buffer = 1; buffer <= 2; buffer++) {
            long copy = arena.allocate(src.size(in, buffer)).memoryAddress();
            copyMemory(src.address(in, buffer), copy, src.size(in, buffer));
            src.replaceBuffer(in, buffer, copy);
            for (int i = 0; i < length; i++) {
                if (isNull(src, i)) setMemory(copy + (long) i * width, width, (byte) 0);
            }
        }
    }

    private boolean nullsAreInside(Batch src) {
        for (int i = 0; i < src.lengths[in]; i++) {
            if (isNull(src, i) && !isInside(src, i)) return false;
        }
        return true;
    }
}
