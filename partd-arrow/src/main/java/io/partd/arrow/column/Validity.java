package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;

/** The validity bits of selected rows. */
final class Validity {
    private Validity() {}

    static long countNulls(Batch src, int node, Selection rows) {
        boolean nullable = src.hasNulls(node);
        long bits = nullable ? src.address(node, 0) : 0;
        long nulls = 0;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int length = rows.length(i);
            if (start < 0) nulls += length;
            else if (!nullable) continue;
            else if (length == 1) nulls += RawMemory.bit(bits, start) ? 0 : 1;
            else nulls += length - RawMemory.countOnes(bits, start, length);
        }
        return nulls;
    }

    /** Copies the bits to where zeros are. */
    static void copy(Batch src, int node, Selection rows, long dst, long dstFrom) {
        if (!src.hasNulls(node) && !rows.nulls) RawMemory.setBits(dst, dstFrom, rows.rows);
        else if (!src.hasNulls(node)) setWhereNotNull(rows, dst, dstFrom);
        else copyBits(src.address(node, 0), rows, dst, dstFrom);
    }

    private static void setWhereNotNull(Selection rows, long dst, long dstFrom) {
        long at = dstFrom;
        for (int i = rows.from; i < rows.to; i++) {
            int length = rows.length(i);
            if (rows.starts[i] >= 0) RawMemory.setBits(dst, at, length);
            at += length;
        }
    }

    /** Copies selected bits to where zeros are; those of null rows stay zero. */
    static void copyBits(long bits, Selection rows, long dst, long dstFrom) {
        long at = dstFrom;
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int length = rows.length(i);
            if (start >= 0 && length == 1) {
                if (RawMemory.bit(bits, start)) RawMemory.setBit(dst, at);
            } else if (start >= 0) {
                RawMemory.copyBits(bits, start, dst, at, length);
            }
            at += length;
        }
    }
}
