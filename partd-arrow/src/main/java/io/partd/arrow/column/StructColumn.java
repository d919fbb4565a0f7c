package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Structs: a validity buffer, and children that are as long. */
final class StructColumn extends Column {
    StructColumn(Field field, int in, int out, List<Column> children) {
        super(field, in, out, 1, children);
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        for (Column child : children) {
            checkLength(this, child, src);
            child.check(src);
        }
    }

    static void checkLength(Column column, Column child, Batch src) {
        int needed = src.lengths[column.in];
        int has = src.lengths[child.in];
        if (has < needed) {
            throw src.corrupt(column, "its child " + child.name() + " has " + has + " values, not " + needed);
        }
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
        for (Column child : children) child.measure(src, rows, dst);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        for (Column child : children) child.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
        for (Column child : children) child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
        for (Column child : children) child.copy(src, rows, dst);
    }
}
