package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.memory.RawMemory;
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
    public TableSchema table(boolean[] array) {
        return table;
    }

    @Override
    boolean reads(Field column) {
        return column.getType() instanceof ArrowType.Bool;
    }

    @Override
    int measure(boolean[] array, int from, ColumnOutput dst) {
        int count = Math.min(array.length - from, MAX_BODY);
        dst.rows[0] = count;
        dst.addBuffer(0);
        dst.addBuffer(RawMemory.bytesForBits(count));
        return from + count;
    }

    @Override
    void write(boolean[] array, int from, int to, ColumnOutput dst) {
        long at = dst.addresses[1];
        int i = from;
        for (; i + 8 <= to; i += 8) putByte(at++, pack(array, i, 8));
        if (i < to) putByte(at, pack(array, i, to - i));
    }

    private static byte pack(boolean[] array, int from, int count) {
        int bits = 0;
        for (int k = 0; k < count; k++) bits |= array[from + k] ? 1 << k : 0;
        return (byte) bits;
    }

    @Override
    void read(Batch src, Field column, boolean[] dst, int at) {
        long from = src.address(0, 1);
        int i = 0;
        for (; i + 8 <= src.rows; i += 8) unpack(getByte(from++), dst, at + i, 8);
        if (i < src.rows) unpack(getByte(from), dst, at + i, src.rows - i);
    }

    private static void unpack(byte bits, boolean[] dst, int at, int count) {
        for (int k = 0; k < count; k++) dst[at + k] = (bits >>> k & 1) != 0;
    }
}
