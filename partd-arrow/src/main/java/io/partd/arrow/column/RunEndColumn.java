package io.partd.arrow.column;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;

/** Run-end encoded values: one child says where each run ends, the other has a value for each run. */
final class RunEndColumn extends Column {
    private final FixedColumn ends;
    private final Column values;

    RunEndColumn(Field field, int in, int out, FixedColumn ends, Column values) {
        super(field, in, out, 0, List.of(ends, values));
        this.ends = ends;
        this.values = values;
    }

    @Override
    void check(Batch src) {
        src.nulls[in] = 0;
        ends.check(src);
        values.check(src);
        int runs = src.lengths[ends.in];
        StructColumn.checkLength(ends, values, src);
        if (src.hasNulls(ends.in)) throw src.corrupt(this, "a run has no end");
        long last = 0;
        for (int i = 0; i < runs; i++) {
            long end = end(src, i);
            if (end <= last)
                throw src.corrupt(this, "run " + i + " ends at " + end + ", after one that ends at " + last);
            last = end;
        }
        if (last < src.lengths[in]) {
            throw src.corrupt(this, "its runs end at " + last + ", and it has " + src.lengths[in] + " values");
        }
    }

    private long end(Batch src, int run) {
        long address = src.address(ends.in, 1);
        return switch (ends.width) {
            case 2 -> getShort(address + run * 2L);
            case 4 -> getInt(address + run * 4L);
            default -> getLong(address + run * 8L);
        };
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        dst.rows[out] += rows.rows;
        Runs runs = runs(src, rows);
        dst.rows[ends.out] += runs.count;
        values.measure(src, runs.values(), dst);
    }

    /** The runs that the rows become: neighbours of one run stay one run. */
    private Runs runs(Batch src, Selection rows) {
        Runs runs = new Runs();
        int run = 0;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int length = rows.length(i);
            if (start < 0) runs.add(Selection.NULL, length);
            if (start < 0 || length == 0) continue;
            if (start >= end(src, run) || run > 0 && start < end(src, run - 1)) run = runOf(src, start);
            long done = start;
            while (done < (long) start + length) {
                if (done >= end(src, run)) run++;
                long end = Math.min(end(src, run), (long) start + length);
                runs.add(run, end - done);
                done = end;
            }
        }
        return runs;
    }

    /** The run of a row: the first that ends after it. */
    private int runOf(Batch src, int row) {
        int low = 0;
        int high = src.lengths[ends.in] - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(src, middle) > row) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    @Override
    void layOut(ColumnOutput dst) {
        dst.beginNode(this);
        long max = ends.width == 2 ? Short.MAX_VALUE : Integer.MAX_VALUE;
        if (dst.rows[out] > max) throw dst.tooLarge(this, dst.rows[out] + " values", "its run ends can count");
        ends.layOut(dst);
        values.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        ends.begin(dst);
        values.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        Runs runs = runs(src, rows);
        long end = dst.rowsDone[out];
        for (int i = 0; i < runs.count; i++) {
            end += runs.lengths[i];
            putEnd(dst.address(ends.out, 1), dst.rowsDone[ends.out]++, end);
        }
        dst.rowsDone[out] = end;
        values.copy(src, runs.values(), dst);
    }

    private void putEnd(long address, long run, long end) {
        switch (ends.width) {
            case 2 -> putShort(address + run * 2, (short) end);
            case 4 -> putInt(address + run * 4, (int) end);
            default -> putLong(address + run * 8, end);
        }
    }

    /** Runs in the order in which they are taken. */
    private static final class Runs {
        int[] runs = new int[16];
        long[] lengths = new long[16];
        int count;

        void add(int run, long length) {
            if (length == 0) return;
            if (count > 0 && runs[count - 1] == run) {
                lengths[count - 1] += length;
                return;
            }
            if (count == runs.length) {
                runs = Arrays.copyOf(runs, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
            }
            runs[count] = run;
            lengths[count++] = length;
        }

        Selection values() {
            return Selection.rowsOrNulls(runs, count);
        }
    }
}
