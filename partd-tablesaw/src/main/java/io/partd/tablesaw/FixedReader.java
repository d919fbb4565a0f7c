package io.partd.tablesaw;

import org.apache.arrow.vector.FieldVector;
import tech.tablesaw.columns.Column;

/**
 * How a vector of fixed width becomes a column.
 *
 * @param source how its values lie in memory
 * @param scale what they are brought to
 * @param kind what they become
 */
record FixedReader(Source source, Scale scale, FixedKind kind) {
    Column<?> read(FieldVector vector, String name, SubMillis finer) {
        int rows = vector.getValueCount();
        long data = Buffers.data(vector, source.width);
        Bits validity = Bits.validity(vector);
        Object array = kind.newArray(rows);
        Cells cells = new Cells(name);
        Block block = new Block();
        for (int at = 0; at < rows; at += Block.SIZE) {
            block.move(at, rows);
            block.valid = validity.get(at, block.count);
            source.load(data + (long) at * source.width, block);
            scale.apply(block, finer, cells);
            kind.store(block, array, cells);
        }
        return kind.column(name, array);
    }
}
