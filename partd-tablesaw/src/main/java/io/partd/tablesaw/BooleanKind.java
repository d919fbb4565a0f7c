package io.partd.tablesaw;

import java.util.BitSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.booleans.BitSetBooleanData;

import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/** Columns of booleans: sets of bits there, for what is true and what is false, and bits in Arrow. */
final class BooleanKind extends Kind {
    BooleanKind() {
        super(BooleanColumn.class, ColumnType.BOOLEAN, ArrowType.Bool.INSTANCE);
    }

    @Override
    FieldVector write(Column<?> column, BufferAllocator allocator) {
        BooleanColumn booleans = (BooleanColumn) column;
        int rows = booleans.size();
        long[] ones = BitSet.valueOf(booleans.trueBytes()).toLongArray();
        long[] zeros = BitSet.valueOf(booleans.falseBytes()).toLongArray();
        try (VectorBuilder builder = new VectorBuilder(field(column.name()), rows, allocator)) {
            long validity = builder.addBits();
            long data = builder.addBits();
            int valid = 0;
            for (int i = 0; i < (rows + 63) / 64; i++) {
                long isTrue = i < ones.length ? ones[i] : 0;
                long isFalse = i < zeros.length ? zeros[i] : 0;
                putLong(validity + i * 8L, isTrue | isFalse);
                putLong(data + i * 8L, isTrue);
                valid += Long.bitCount(isTrue | isFalse);
            }
            return builder.build(rows - valid);
        }
    }

    /** The column of a vector of bits. */
    static Column<?> read(FieldVector vector, String name) {
        int rows = vector.getValueCount();
        Bits valid = Bits.validity(vector);
        Bits data = Bits.data(vector);
        int words = (rows + 63) / 64;
        long[] isTrue = new long[words];
        long[] isFalse = new long[words];
        long[] isMissing = new long[words];
        for (int i = 0; i < words; i++) {
            int count = Math.min(64, rows - i * 64);
            long known = valid.get(i * 64, count);
            long ones = data.get(i * 64, count);
            isTrue[i] = known & ones;
            isFalse[i] = known & ~ones;
            isMissing[i] = ~known & -1L >>> (64 - count);
        }
        return new BooleanColumn(
                name,
                new BitSetBooleanData(BitSet.valueOf(isTrue), BitSet.valueOf(isFalse), BitSet.valueOf(isMissing)));
    }
}
