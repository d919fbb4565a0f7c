package io.partd.tablesaw;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Which entry of a dictionary, or which run, each row of an encoded column is; -1 for a null. */
final class RowNumbers {
    private RowNumbers() {}

    static int[] ofIndices(FieldVector indices, String name, int entries) {
        int rows = indices.getValueCount();
        Source source = source(indices);
        long data = Buffers.data(indices, source.width);
        Bits validity = Bits.validity(indices);
        int[] numbers = new int[rows];
        Block block = new Block();
        for (int at = 0; at < rows; at += Block.SIZE) {
            block.move(at, rows);
            block.valid = validity.get(at, block.count);
            source.load(data + (long) at * source.width, block);
            for (int i = 0; i < block.count; i++) {
                long index = block.isValid(i) ? block.values[i] : -1;
                if (block.isValid(i) && (index < 0 || index >= entries)) {
                    throw new Cells(name).refuse(at + i, "index " + index + " into a dictionary of " + entries);
                }
                numbers[at + i] = (int) index;
            }
        }
        return numbers;
    }

    static int[] ofRuns(RunEndEncodedVector runs, String name, int values) {
        FieldVector ends = runs.getRunEndsVector();
        Source source = source(ends);
        long data = Buffers.data(ends, source.width);
        int[] numbers = new int[runs.getValueCount()];
        Block block = new Block();
        block.count = 1;
        int row = 0;
        for (int run = 0; row < numbers.length; run++) {
            if (run >= ends.getValueCount() || run >= values) {
                throw new Cells(name).refuse(row, "the runs end before it");
            }
            source.load(data + (long) run * source.width, block);
            long end = Math.min(numbers.length, block.values[0]);
            while (row < end) numbers[row++] = run;
        }
        return numbers;
    }

    /** Of indices of 64 bits without a sign, those that are too large are negative here. */
    private static Source source(FieldVector integers) {
        ArrowType.Int type = (ArrowType.Int) integers.getMinorType().getType();
        return switch (type.getBitWidth()) {
            case Byte.SIZE -> type.getIsSigned() ? Source.INT8 : Source.UINT8;
            case Short.SIZE -> type.getIsSigned() ? Source.INT16 : Source.UINT16;
            case Integer.SIZE -> type.getIsSigned() ? Source.INT32 : Source.UINT32;
            default -> Source.INT64;
        };
    }
}
