package io.partd.arrow;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.putByte;

/** Arrays of booleans, which are stored as a bit each. */
final class BooleanKind extends ArrayKind<boolean[]> {
    private final TableSchema table = schema(ArrowType.Bool.INSTANCE);

    BooleanKind() {
        super(boolean[].class, 1, false);
    }

    @Override
    TableSchema table(boolean[] array) {
        return table;
    }

    @Override
    boolean reads(Field column) {
        return column.getType() instanceof ArrowType.Bool;
    }

    @Override
    int measure(boolean[] array, int from, Target dst) {
        int count = Math.min(array.length - from, MAX_BODY);
        dst.rows[0] = count;
        dst.addBuffer(0);
        dst.addBuffer(Memory.bytesForBits(count));
        return from + count;
    }

    @Override
    void write(boolean[] array, int from, int to, Target dst) {
        long at = dst.addresses[1];
        for (int i = from; i < to; i += 8) {
            int bits = 0;
            for (int k = 0; k < Math.min(8, to - i); k++) bits |= array[i + k] ? 1 << k : 0;
            putByte(at++, (byte) bits);
        }
    }

    @Override
    void read(Batch src, Field column, boolean[] dst, int at) {
        long from = src.address(0, 1);
        for (int i = 0; i < src.rows; i += 8) {
            int bits = getByte(from++);
            for (int k = 0; k < Math.min(8, src.rows - i); k++) dst[at + i + k] = (bits >>> k & 1) != 0;
        }
    }
}
