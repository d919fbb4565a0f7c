package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/** The offsets of values that follow each other, 4 or 8 bytes wide, one more than there are values. */
public final class Offsets {
    private Offsets() {}

    public static long bytes(long rows, boolean wide) {
        return (rows + 1) * (wide ? 8 : 4);
    }

    /**
     * Checks that no offset is negative, smaller than the one before it, or past the end. No values need no offsets.
     */
    static void check(Column column, Batch src, boolean wide, long end, String what) {
        int length = src.lengths[column.in];
        if (length == 0) return;
        src.require(column, 1, "offset buffer", bytes(length, wide));
        long offsets = src.address(column.in, 1);
        boolean falling = wide ? falls8(offsets, length) : falls4(offsets, length);
        long first = RawMemory.offset(offsets, wide, 0);
        long last = RawMemory.offset(offsets, wide, length);
        if (falling || first < 0) throw src.corrupt(column, "its offsets are not in order");
        if (last > end) throw src.corrupt(column, "its offsets end at " + last + ", past its " + end + " " + what);
    }

    private static boolean falls4(long offsets, int length) {
        boolean falls = false;
        for (int i = 0; i < length; i++) falls |= getInt(offsets + i * 4L + 4) < getInt(offsets + i * 4L);
        return falls;
    }

    private static boolean falls8(long offsets, int length) {
        boolean falls = false;
        for (int i = 0; i < length; i++) falls |= getLong(offsets + i * 8L + 8) < getLong(offsets + i * 8L);
        return falls;
    }

    /** Writes the ends of a run of empty values. */
    static void repeatEnd(long end, boolean wide, int count, long dst, long dstRow) {
        for (int k = 1; k <= count; k++) RawMemory.putOffset(dst, wide, dstRow + k, end);
    }

    /** Writes the ends of a run of values, moved by {@code shift}. */
    static void copyEnds(long src, boolean wide, int start, int count, long shift, long dst, long dstRow) {
        if (wide) {
            for (int k = 1; k <= count; k++) putLong(dst + (dstRow + k) * 8, getLong(src + (start + k) * 8L) + shift);
        } else {
            int by = (int) shift;
            for (int k = 1; k <= count; k++) putInt(dst + (dstRow + k) * 4, getInt(src + (start + k) * 4L) + by);
        }
    }
}
