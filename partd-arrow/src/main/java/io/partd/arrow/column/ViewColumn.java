package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/**
 * Text and binary views of 16 bytes: a length, then up to 12 bytes in place, or 4 bytes of prefix, a data buffer's
 * index and an offset in it. What is written has the long values one after the other, in as few data buffers as hold
 * them.
 */
public final class ViewColumn extends Column {
    private static final int WIDTH = 16;
    private static final int INLINE = 12;
    /** Offsets in a data buffer have 32 bits. */
    private static final long MAX_DATA = Integer.MAX_VALUE;

    ViewColumn(Field field, int in, int out) {
        super(field, in, out, 2, List.of());
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        int length = src.lengths[in];
        src.require(this, 1, "view buffer", (long) length * WIDTH);
        for (int i = 0; i < length; i++) {
            long view = src.address(in, 1) + (long) i * WIDTH;
            int bytes = getInt(view);
            if (bytes >= 0 && bytes <= INLINE || isNull(src, i)) continue;
            int buffer = getInt(view + 8);
            int offset = getInt(view + 12);
            boolean inside = bytes >= 0 && buffer >= 0 && buffer < src.dataBuffers[in] && offset >= 0;
            if (!inside || (long) offset + bytes > src.size(in, 2 + buffer)) {
                throw src.corrupt(
                        this,
                        "value " + i + " has " + bytes + " bytes at " + offset + " of data buffer " + buffer
                                + ", which is not there");
            }
        }
    }

    private boolean isNull(Batch src, int row) {
        return src.hasNulls(in) && !RawMemory.bit(src.address(in, 0), row);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        long[] sizes = dst.dataSizes[out];
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            for (int k = 0; start >= 0 && k < rows.length(i); k++) {
                int bytes = outOfLine(src, start + k);
                if (bytes > 0) sizes = add(sizes, bytes);
            }
        }
        dst.dataSizes[out] = sizes;
    }

    /** How many bytes of a value lie in a data buffer. */
    private int outOfLine(Batch src, int row) {
        int bytes = getInt(src.address(in, 1) + (long) row * WIDTH);
        return bytes > INLINE && !isNull(src, row) ? bytes : 0;
    }

    private static long[] add(long[] sizes, int bytes) {
        if (sizes == null) return new long[] {bytes};
        int last = sizes.length - 1;
        long[] more = fits(sizes[last], bytes) ? sizes : Arrays.copyOf(sizes, last + 2);
        more[more.length - 1] += bytes;
        return more;
    }

    private static boolean fits(long size, int bytes) {
        return size + bytes <= MAX_DATA;
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(dst.rows[out] * WIDTH);
        if (dst.dataSizes[out] == null) dst.dataSizes[out] = new long[0];
        for (long size : dst.dataSizes[out]) dst.addBuffer(size);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        // The data buffer that is being filled, and how far.
        dst.bytes[out] = 0;
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        long view = dst.address(out, 1) + dst.rowsDone[out] * WIDTH;
        for (int i = rows.from; i < rows.to; i++) {
            for (int k = 0; k < rows.length(i); k++, view += WIDTH) {
                if (rows.starts[i] < 0) clear(view);
                else copyValue(src, rows.starts[i] + k, view, dst);
            }
        }
        dst.rowsDone[out] += rows.rows;
    }

    private static void clear(long view) {
        putLong(view, 0);
        putLong(view + 8, 0);
    }

    private void copyValue(Batch src, int row, long view, ColumnOutput dst) {
        if (isNull(src, row)) {
            clear(view);
            return;
        }
        long from = src.address(in, 1) + (long) row * WIDTH;
        int bytes = getInt(from);
        putLong(view, getLong(from));
        if (bytes > INLINE) copyData(src.address(in, 2 + getInt(from + 8)) + getInt(from + 12), bytes, view, dst);
        else putLong(view + 8, getLong(from + 8));
    }

    private void copyData(long from, int bytes, long view, ColumnOutput dst) {
        if (!fits(dst.bytesDone[out], bytes)) {
            dst.bytes[out]++;
            dst.bytesDone[out] = 0;
        }
        int buffer = (int) dst.bytes[out];
        copyMemory(from, dst.address(out, 2 + buffer) + dst.bytesDone[out], bytes);
        putInt(view + 8, buffer);
        putInt(view + 12, (int) dst.bytesDone[out]);
        dst.bytesDone[out] += bytes;
    }
}
