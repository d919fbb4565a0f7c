package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/** Booleans, a bit each. */
final class BitColumn extends Column {
    BitColumn(Field field, int in, int out) {
        super(field, in, out, 2, List.of());
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        src.require(this, 1, "data buffer", RawMemory.bytesForBits(src.lengths[in]));
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(RawMemory.bytesForBits(dst.rows[out]));
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        setMemory(dst.address(out, 1), dst.size(out, 1), (byte) 0);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        Validity.copyBits(src.address(in, 1), rows, dst.address(out, 1), dst.rowsDone[out]);
        dst.rowsDone[out] += rows.rows;
    }
}
