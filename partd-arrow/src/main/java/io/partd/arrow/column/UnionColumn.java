package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.putByte;
import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/** Sparse unions: a type id for each value, and children that are as long. Unions have no validity buffer. */
final class UnionColumn extends Column {
    private final TypeIds typeIds;

    UnionColumn(Field field, int in, int out, TypeIds typeIds, List<Column> children) {
        super(field, in, out, 1, children);
        this.typeIds = typeIds;
    }

    @Override
    void check(Batch src) {
        src.nulls[in] = 0;
        typeIds.check(this, src);
        for (Column child : children) {
            StructColumn.checkLength(this, child, src);
            child.check(src);
        }
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        dst.rows[out] += rows.rows;
        for (Column child : children) child.measure(src, rows, dst);
    }

    @Override
    void layOut(ColumnOutput dst) {
        dst.beginNode(this);
        dst.addBuffer(dst.rows[out]);
        for (Column child : children) child.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        for (Column child : children) child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyTypes(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
        for (Column child : children) child.copy(src, rows, dst);
    }

    private void copyTypes(Batch src, Selection rows, ColumnOutput dst) {
        long types = src.address(in, 0);
        long at = dst.address(out, 0) + dst.rowsDone[out];
        for (int i = rows.from; i < rows.to; i++) {
            int start = rows.starts[i];
            int length = rows.length(i);
            if (start < 0) setMemory(at, length, typeIds.ofNull());
            else if (length == 1) putByte(at, getByte(types + start));
            else copyMemory(types + start, at, length);
            at += length;
        }
    }
}
