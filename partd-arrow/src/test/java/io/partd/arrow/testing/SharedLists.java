package io.partd.arrow.testing;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** List views of list views of numbers, where each list has all values of the level below. */
public final class SharedLists {
    private SharedLists() {}

    public static VectorSchemaRoot root(Field column, int rows, BufferAllocator allocator) {
        LargeListViewVector outer = (LargeListViewVector) column.createVector(allocator);
        ListViewVector inner = (ListViewVector) outer.getDataVector();
        IntVector numbers = (IntVector) inner.getDataVector();
        numbers.allocateNew(rows);
        for (int i = 0; i < rows; i++) numbers.set(i, i);
        numbers.setValueCount(rows);
        load(inner, 4, rows, allocator);
        load(outer, 8, rows, allocator);
        return new VectorSchemaRoot(List.of(column), List.of(outer), rows);
    }

    private static void load(FieldVector lists, int width, int rows, BufferAllocator allocator) {
        try (ArrowBuf offsets = allocator.buffer((long) rows * width);
                ArrowBuf sizes = allocator.buffer((long) rows * width)) {
            offsets.setZero(0, offsets.capacity());
            sizes.setZero(0, sizes.capacity());
            for (long row = 0; row < rows; row++) sizes.setInt(row * width, rows);
            ArrowFieldNode node = new ArrowFieldNode(rows, 0);
            lists.loadFieldBuffers(node, List.of(allocator.getEmpty(), offsets, sizes));
        }
    }

    /** Each batch became as many values as it had, at each level. */
    public static void assertShares(FieldVector lists, int rows, List<Integer> counts) {
        FieldVector inner = lists.getChildrenFromFields().get(0);
        IntVector numbers = (IntVector) inner.getChildrenFromFields().get(0);
        assertEquals(counts, List.of(lists.getValueCount(), inner.getValueCount(), numbers.getValueCount()));
        LargeListViewVector outer = (LargeListViewVector) lists;
        for (int row = 0; row < lists.getValueCount(); row++) {
            int batch = row / rows * rows;
            assertEquals(batch, outer.getOffsetBuffer().getLong(8L * row));
            assertEquals(rows, outer.getSizeBuffer().getLong(8L * row));
            assertEquals(row % rows, numbers.get(row));
        }
    }
}
