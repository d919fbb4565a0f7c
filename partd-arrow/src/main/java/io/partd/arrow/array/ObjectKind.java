package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.memory.RawMemory;

import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/** Arrays of objects, which may be null. */
abstract class ObjectKind<E> extends ArrayKind<E[]> {
    ObjectKind(Class<E[]> type) {
        super(type, 1, true);
    }

    /** Begins with the elements' validity, which takes no bytes where nothing is null. */
    final void measureValidity(E[] array, int from, int to, ColumnOutput dst) {
        dst.rows[0] = to - from;
        for (int i = from; i < to; i++) dst.nulls[0] += array[i] == null ? 1 : 0;
        dst.addBuffer(dst.nulls[0] == 0 ? 0 : RawMemory.bytesForBits(to - from));
    }

    final void writeValidity(E[] array, int from, int to, ColumnOutput dst) {
        long bits = dst.addresses[0];
        setMemory(bits, dst.sizes[0], (byte) 0);
        long nulls = 0;
        for (int i = from; i < to; i++) {
            if (array[i] == null) nulls++;
            else if (dst.nulls[0] > 0) RawMemory.setBit(bits, i - from);
        }
        if (nulls != dst.nulls[0]) throw changed();
    }

    static boolean isNull(Batch src, int row) {
        return src.hasNulls(0) && !RawMemory.bit(src.address(0, 0), row);
    }
}
