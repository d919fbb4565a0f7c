package io.partd.arrow.partition;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** The nulls of one vector. A vector without validity bits has none. */
final class NullMask {
    private static final int WORD = 64;

    private final long bits;
    private final int rows;

    private NullMask(long bits, int rows) {
        this.bits = bits;
        this.rows = rows;
    }

    static NullMask of(PartitionColumn column, FieldVector vector, int rows) {
        ArrowBuf buffer = vector.getValidityBuffer();
        if (buffer.capacity() == 0) return new NullMask(0, rows);
        column.require(buffer, rows, 1, "validity");
        NullMask nulls = new NullMask(buffer.memoryAddress(), rows);
        return nulls.exist() ? nulls : new NullMask(0, rows);
    }

    /** Whether there is a null. */
    boolean any() {
        return bits != 0;
    }

    boolean isNull(int row) {
        return bits != 0 && (MemoryUtil.getByte(bits + (row >>> 3)) >>> (row & 7) & 1) == 0;
    }

    /** Gives every null this code. */
    void fill(int[] codes, int code) {
        if (bits == 0) return;
        for (int row = 0; row < rows; row += WORD) {
            for (long nulls = nulls(row); nulls != 0; nulls &= nulls - 1) {
                codes[row + Long.numberOfTrailingZeros(nulls)] = code;
            }
        }
    }

    private boolean exist() {
        for (int row = 0; row < rows; row += WORD) {
            if (nulls(row) != 0) return true;
        }
        return false;
    }

    /** A bit for each null among the 64 rows from {@code row} on; no byte past the last row is read. */
    private long nulls(int row) {
        long at = bits + (row >>> 3);
        int left = rows - row;
        if (left >= WORD) return ~MemoryUtil.getLong(at);
        long valid = 0;
        for (int i = 0; i < left; i += 8) valid |= (MemoryUtil.getByte(at + (i >>> 3)) & 0xffL) << i;
        return ~valid & (1L << left) - 1;
    }
}
