package io.partd.arrow.column;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.putByte;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;

/**
 * Dense unions: a type id and an offset into that type's child for each value. What is written has no unused children.
 */
final class DenseUnionColumn extends Column {
    private final TypeIds typeIds;

    DenseUnionColumn(Field field, int in, int out, TypeIds typeIds, List<Column> children) {
        super(field, in, out, 2, children);
        this.typeIds = typeIds;
    }

    @Override
    void check(Batch src) {
        src.nulls[in] = 0;
        typeIds.check(this, src);
        int length = src.lengths[in];
        src.require(this, 1, "offset buffer", length * 4L);
        for (int i = 0; i < length; i++) {
            int child = child(src, i);
            if (child == TypeIds.NONE) continue;
            int offset = offset(src, i);
            int end = src.lengths[children.get(child).in];
            if (offset < 0 || offset >= end) {
                throw src.corrupt(this, "value " + i + " is at " + offset + " of the " + end + " of its child");
            }
        }
        for (Column child : children) child.check(src);
    }

    private int child(Batch src, int row) {
        return typeIds.child(getByte(src.address(in, 0) + row));
    }

    private int offset(Batch src, int row) {
        return getInt(src.address(in, 1) + row * 4L);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        dst.rows[out] += rows.rows;
        Selection[] byChild = byChild(src, rows);
        for (int c = 0; c < byChild.length; c++) children.get(c).measure(src, byChild[c], dst);
    }

    /** The rows of each child, in order. A null becomes one of the first child. */
    private Selection[] byChild(Batch src, Selection rows) {
        int[] all = rows.toRows();
        int[][] offsets = new int[children.size()][];
        int[] counts = new int[offsets.length];
        Arrays.fill(offsets, new int[0]);
        for (int i = 0; i < rows.rows; i++) {
            int child = all[i] < 0 ? 0 : child(src, all[i]);
            if (child == TypeIds.NONE || offsets.length == 0) continue;
            if (counts[child] == offsets[child].length) {
                offsets[child] = Arrays.copyOf(offsets[child], Math.max(16, counts[child] * 2));
            }
            offsets[child][counts[child]++] = all[i] < 0 ? Selection.NULL : offset(src, all[i]);
        }
        Selection[] selections = new Selection[offsets.length];
        for (int c = 0; c < selections.length; c++) {
            selections[c] = c == 0 && rows.nulls
                    ? Selection.rowsOrNulls(offsets[c], counts[c])
                    : Selection.rows(offsets[c], 0, counts[c]);
        }
        return selections;
    }

    @Override
    void layOut(ColumnOutput dst) {
        dst.beginNode(this);
        dst.addBuffer(dst.rows[out]);
        dst.addBuffer(dst.rows[out] * 4);
        for (Column child : children) child.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        for (Column child : children) child.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyTypesAndOffsets(src, rows, dst);
        dst.rowsDone[out] += rows.rows;
        Selection[] byChild = byChild(src, rows);
        for (int c = 0; c < byChild.length; c++) children.get(c).copy(src, byChild[c], dst);
    }

    private void copyTypesAndOffsets(Batch src, Selection rows, ColumnOutput dst) {
        int[] all = rows.toRows();
        int[] next = new int[children.size()];
        for (int c = 0; c < next.length; c++) next[c] = (int) dst.rowsDone[children.get(c).out];
        long types = dst.address(out, 0) + dst.rowsDone[out];
        long offsets = dst.address(out, 1) + dst.rowsDone[out] * 4;
        for (int i = 0; i < rows.rows; i++) {
            byte id = all[i] < 0 ? typeIds.ofNull() : getByte(src.address(in, 0) + all[i]);
            int child = typeIds.child(id);
            putByte(types + i, id);
            putInt(offsets + i * 4L, child == TypeIds.NONE ? 0 : next[child]++);
        }
    }
}
