package io.partd.tablesaw;

import org.apache.arrow.memory.util.Float16;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;

/** How the values of a fixed-width vector lie in memory. Floats are taken as the bits of a float. */
enum Source {
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    HALF(2);

    final int width;

    Source(int width) {
        this.width = width;
    }

    /** Reads the values of the block; those that are missing are not meant. */
    void load(long address, Block block) {
        long[] to = block.values;
        int count = block.count;
        switch (this) {
            case INT8 -> {
                for (int i = 0; i < count; i++) to[i] = getByte(address + i);
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) to[i] = getShort(address + i * 2L);
            }
            case INT32 -> {
                for (int i = 0; i < count; i++) to[i] = getInt(address + i * 4L);
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) to[i] = getLong(address + i * 8L);
            }
            case UINT8 -> {
                for (int i = 0; i < count; i++) to[i] = getByte(address + i) & 0xff;
            }
            case UINT16 -> {
                for (int i = 0; i < count; i++) to[i] = getShort(address + i * 2L) & 0xffff;
            }
            case UINT32 -> {
                for (int i = 0; i < count; i++) to[i] = getInt(address + i * 4L) & 0xffff_ffffL;
            }
            case HALF -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Float.floatToRawIntBits(Float16.toFloat(getShort(address + i * 2L)));
                }
            }
            default -> throw new AssertionError(this);
        }
    }
}
