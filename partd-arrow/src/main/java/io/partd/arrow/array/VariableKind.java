package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.column.Offsets;
import io.partd.arrow.ipc.TableSchema;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;

/** Arrays of values that take a number of bytes each, found by 32-bit offsets. */
abstract class VariableKind<E> extends ObjectKind<E> {
    /** The most bytes that a value takes in offsets and validity. */
    private static final long ROW = Integer.BYTES + 1;

    private final ArrowType stored;
    private final TableSchema table;

    VariableKind(Class<E[]> type, ArrowType stored) {
        super(type);
        this.stored = stored;
        this.table = schema(stored);
    }

    /** The number of bytes that a value takes. */
    abstract long size(E value);

    abstract byte[] encode(E value);

    /** The value of bytes at an address. The buffer may be used, if it is large enough. */
    abstract E decode(long address, int size, byte[] buffer);

    @Override
    public final TableSchema table(E[] array) {
        return table;
    }

    @Override
    final boolean reads(Field column) {
        return column.getType().equals(stored);
    }

    @Override
    final int measure(E[] array, int from, ColumnOutput dst) {
        int to = from;
        long bytes = 0;
        while (to < array.length) {
            long size = array[to] == null ? 0 : size(array[to]);
            if (to > from && bytes + size + (to - from) * ROW > MAX_BODY) break;
            bytes += size;
            to++;
        }
        measureValidity(array, from, to, dst);
        dst.addBuffer(Offsets.bytes(to - from, false));
        dst.addBuffer(bytes);
        return to;
    }

    @Override
    final void write(E[] array, int from, int to, ColumnOutput dst) {
        writeValidity(array, from, to, dst);
        long ends = dst.addresses[1];
        long data = dst.addresses[2];
        long done = 0;
        putInt(ends, 0);
        for (int i = from; i < to; i++) {
            if (array[i] != null) {
                byte[] bytes = encode(array[i]);
                if (bytes.length > dst.sizes[2] - done) throw changed();
                HeapArrays.BYTES.write(bytes, 0, bytes.length, data + done);
                done += bytes.length;
            }
            putInt(ends += Integer.BYTES, (int) done);
        }
        if (done != dst.sizes[2]) throw changed();
    }

    @Override
    final void read(Batch src, Field column, E[] dst, int at) {
        long offset = src.address(0, 1);
        long data = src.address(0, 2);
        byte[] buffer = new byte[1024];
        for (int i = 0; i < src.rows; i++, offset += Integer.BYTES) {
            if (isNull(src, i)) continue;
            int start = getInt(offset);
            dst[at + i] = decode(data + start, getInt(offset + Integer.BYTES) - start, buffer);
        }
    }
}
