package io.partd.tablesaw;

import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;

/** Up to 64 values on their way between a column and a vector, and which of them are not missing. */
final class Block {
    static final int SIZE = 64;

    final long[] values = new long[SIZE];
    /** The row of the first value. */
    int at;

    int count;
    /** A bit for each value that is not missing. */
    long valid;

    /** Moves to the rows from there on. */
    void move(int row, int rows) {
        at = row;
        count = Math.min(SIZE, rows - row);
    }

    boolean isValid(int i) {
        return (valid >>> i & 1) != 0;
    }

    /** Writes the values, each in so many bytes. */
    void store(long address, int width) {
        switch (width) {
            case 2 -> {
                for (int i = 0; i < count; i++) putShort(address + i * 2L, (short) values[i]);
            }
            case 4 -> {
                for (int i = 0; i < count; i++) putInt(address + i * 4L, (int) values[i]);
            }
            default -> {
                for (int i = 0; i < count; i++) putLong(address + i * 8L, values[i]);
            }
        }
    }
}
