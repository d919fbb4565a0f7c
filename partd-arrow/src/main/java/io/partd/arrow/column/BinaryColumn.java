package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;

/** Text and binary values with offsets of 4 or 8 bytes. */
final class BinaryColumn extends Column {
    private final boolean wide;

    BinaryColumn(Field field, int in, int out, boolean wide) {
        super(field, in, out, 3, List.of());
        this.wide = wide;
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        Offsets.check(this, src, wide, src.size(in, 2), "bytes");
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        long offsets = src.address(in, 1);
        dst.bytes[out] += !wide && rows.lengths == null && !rows.nulls
                ? sumOfRows(offsets, rows.starts, rows.from, rows.to)
                : sumOfRuns(offsets, rows);
    }

    private static long sumOfRows(long offsets, int[] rows, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            long at = offsets + rows[i] * 4L;
            sum += getInt(at + 4) - getInt(at);
        }
        return sum;
    }

    private long sumOfRuns(long offsets, Selection rows) {
        long sum = 0;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int length = rows.length(i);
            if (start < 0 || length == 0) continue;
            sum += RawMemory.offset(offsets, wide, (long) start + length) - RawMemory.offset(offsets, wide, start);
        }
        return sum;
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        if (!wide && dst.bytes[out] > Integer.MAX_VALUE) {
            throw dst.tooLarge(this, dst.bytes[out] + " bytes", "its 32-bit offsets can address");
        }
        dst.addBuffer(Offsets.bytes(dst.rows[out], wide));
        dst.addBuffer(dst.bytes[out]);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        RawMemory.putOffset(dst.address(out, 1), wide, 0, 0);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        if (!wide && rows.lengths == null && !rows.nulls) gather(src, rows.starts, rows.from, rows.to, dst);
        else copyRuns(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
    }

    private void gather(Batch src, int[] rows, int from, int to, ColumnOutput dst) {
        long offsets = src.address(in, 1);
        long data = src.address(in, 2);
        long ends = dst.address(out, 1) + dst.rowsDone[out] * 4;
        long first = dst.address(out, 2);
        long at = first + dst.bytesDone[out];
        for (int i = from; i < to; i++) {
            long offset = offsets + rows[i] * 4L;
            int start = getInt(offset);
            int length = getInt(offset + 4) - start;
            RawMemory.copyShort(data + start, at, length);
            at += length;
            putInt(ends += 4, (int) (at - first));
        }
        dst.bytesDone[out] = at - first;
    }

    private void copyRuns(Batch src, Selection rows, ColumnOutput dst) {
        long offsets = src.address(in, 1);
        long ends = dst.address(out, 1);
        long row = dst.rowsDone[out];
        long done = dst.bytesDone[out];
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int count = rows.length(i);
            if (start < 0) {
                Offsets.repeatEnd(done, wide, count, ends, row);
            } else if (count > 0) {
                long from = RawMemory.offset(offsets, wide, start);
                long bytes = RawMemory.offset(offsets, wide, (long) start + count) - from;
                Offsets.copyEnds(offsets, wide, start, count, done - from, ends, row);
                copyMemory(src.address(in, 2) + from, dst.address(out, 2) + done, bytes);
                done += bytes;
            }
            row += count;
        }
        dst.bytesDone[out] = done;
    }
}
