package io.partd.arrow.partition;

import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The index of the range that each value of one column lies in. */
final class RangeKernel implements RowCodes {
    private final PartitionColumn column;
    private final Function<ArrowType, RangeCuts> cuts;
    private final int nullCode;

    RangeKernel(PartitionColumn column, Function<ArrowType, RangeCuts> cuts, int nullCode) {
        this.column = column;
        this.cuts = cuts;
        this.nullCode = nullCode;
    }

    @Override
    public int nullCode() {
        return nullCode;
    }

    @Override
    public int[] apply(FieldVector vector, int rows) {
        ArrowType type = vector.getField().getType();
        RangeCuts own = cuts.apply(type);
        NullMask nulls = NullMask.of(column, vector, rows);
        int[] ranges = new int[rows];
        if (own instanceof RangeCuts.Longs longs) {
            find(LongValues.of(column, vector, rows, nulls), longs, ranges);
        } else if (own instanceof RangeCuts.Decimals decimals) {
            find(SpanValues.of(column, vector, rows, nulls), decimals, ranges);
        } else if (own instanceof RangeCuts.Binaries binaries) {
            find(SpanValues.of(column, vector, rows, nulls), binaries, ranges);
        }
        nulls.fill(ranges, nullCode);
        return ranges;
    }

    private static void find(LongValues values, RangeCuts.Longs cuts, int[] ranges) {
        long[] chunk = LongValues.chunk(ranges.length);
        for (int from = 0; from < ranges.length; from += chunk.length) {
            int n = values.read(from, chunk);
            cuts.order().apply(chunk, n);
            for (int i = 0; i < n; i++) ranges[from + i] = cuts.range(chunk[i]);
        }
    }

    private static void find(SpanValues values, RangeCuts.Decimals cuts, int[] ranges) {
        for (int from = 0; from < ranges.length; from += values.address.length) {
            int n = values.read(from);
            for (int i = 0; i < n; i++) ranges[from + i] = cuts.range(values.address[i]);
        }
    }

    private static void find(SpanValues values, RangeCuts.Binaries cuts, int[] ranges) {
        for (int from = 0; from < ranges.length; from += values.address.length) {
            int n = values.read(from);
            for (int i = 0; i < n; i++) ranges[from + i] = cuts.range(values.address[i], values.length[i]);
        }
    }
}
