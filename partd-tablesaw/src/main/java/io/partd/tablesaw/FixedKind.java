package io.partd.tablesaw;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/** Columns whose values lie in an array of numbers. They are converted 64 rows at a time. */
abstract class FixedKind extends Kind {
    private final int width;
    private final Backing backing;

    FixedKind(Class<?> type, ColumnType columnType, Class<?> list, ArrowType arrowType, int width) {
        super(type, columnType, arrowType);
        this.width = width;
        this.backing = new Backing(type, list);
    }

    /** Takes values from a column's array, in the form that they have in Arrow, and says which are not missing. */
    abstract void load(Object array, Block block, Cells cells);

    /** Gives values to a column's array, and refuses those that it cannot hold. */
    abstract void store(Block block, Object array, Cells cells);

    final Object newArray(int rows) {
        return backing.newArray(rows);
    }

    final Column<?> column(String name, Object array) {
        return backing.column(name, array);
    }

    @Override
    final FieldVector write(Column<?> column, BufferAllocator allocator) {
        int rows = column.size();
        Object array = backing.array(column);
        Cells cells = new Cells(column.name());
        try (VectorBuilder builder = new VectorBuilder(field(column.name()), rows, allocator)) {
            long validity = builder.addBits();
            long data = builder.add((long) rows * width);
            Block block = new Block();
            int valid = 0;
            for (int at = 0; at < rows; at += Block.SIZE) {
                block.move(at, rows);
                load(array, block, cells);
                block.store(data + (long) at * width, width);
                putLong(validity + at / 8, block.valid);
                valid += Long.bitCount(block.valid);
            }
            return builder.build(rows - valid);
        }
    }
}
