package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Nothing but nulls: a length without buffers. */
final class NullColumn extends Column {
    NullColumn(Field field, int in, int out) {
        super(field, in, out, 0, List.of());
    }

    @Override
    void check(Batch src) {
        src.nulls[in] = src.lengths[in];
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        dst.rows[out] += rows.rows;
        dst.nulls[out] += rows.rows;
    }

    @Override
    void layOut(ColumnOutput dst) {
        dst.beginNode(this);
    }

    @Override
    void begin(ColumnOutput dst) {}

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        dst.rowsDone[out] += rows.rows;
    }
}
