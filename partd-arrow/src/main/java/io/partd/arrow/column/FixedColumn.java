package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.getShort;
import static org.apache.arrow.memory.util.MemoryUtil.putByte;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.putShort;
import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/** Values of one width in bytes: numbers, decimals, dates, times, intervals, fixed-size binary. */
final class FixedColumn extends Column {
    final int width;

    FixedColumn(Field field, int in, int out, int width) {
        super(field, in, out, 2, List.of());
        this.width = width;
    }

    @Override
    void check(Batch src) {
        checkValidity(src);
        src.require(this, 1, "data buffer", (long) src.lengths[in] * width);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        measureValidity(src, rows, dst);
    }

    @Override
    void layOut(ColumnOutput dst) {
        layOutValidity(dst);
        dst.addBuffer(dst.rows[out] * width);
    }

    @Override
    void begin(ColumnOutput dst) {
        beginValidity(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        copyValidity(src, rows, dst);
        long to = dst.address(out, 1) + dst.rowsDone[out] * width;
        if (rows.lengths == null && !rows.nulls) gather(src.address(in, 1), rows, to);
        else copyRuns(src.address(in, 1), rows, to);
        dst.rowsDone[out] += rows.rows;
    }

    private void gather(long src, Selection rows, long dst) {
        switch (width) {
            case 1 -> gather1(src, rows.starts, rows.from, rows.to, dst);
            case 2 -> gather2(src, rows.starts, rows.from, rows.to, dst);
            case 4 -> gather4(src, rows.starts, rows.from, rows.to, dst);
            case 8 -> gather8(src, rows.starts, rows.from, rows.to, dst);
            default -> copyRuns(src, rows, dst);
        }
    }

    private static void gather1(long src, int[] rows, int from, int to, long dst) {
        for (int i = from; i < to; i++) putByte(dst + (i - from), getByte(src + rows[i]));
    }

    private static void gather2(long src, int[] rows, int from, int to, long dst) {
        for (int i = from; i < to; i++) putShort(dst + (i - from) * 2L, getShort(src + rows[i] * 2L));
    }

    private static void gather4(long src, int[] rows, int from, int to, long dst) {
        for (int i = from; i < to; i++) putInt(dst + (i - from) * 4L, getInt(src + rows[i] * 4L));
    }

    private static void gather8(long src, int[] rows, int from, int to, long dst) {
        for (int i = from; i < to; i++) putLong(dst + (i - from) * 8L, getLong(src + rows[i] * 8L));
    }

    private void copyRuns(long src, Selection rows, long dst) {
        long at = dst;
        for (int i = rows.from; i < rows.to; i++) {
            long bytes = (long) rows.length(i) * width;
            if (rows.starts[i] < 0) setMemory(at, bytes, (byte) 0);
            else copyMemory(src + (long) rows.starts[i] * width, at, bytes);
            at += bytes;
        }
    }

    /** The width in bytes of the values of a type. */
    static int width(Field field, ArrowType type) {
        int bits = bits(type);
        if (bits >= 0 && bits % 8 == 0) return bits / 8;
        throw new IllegalArgumentException(
                "column \"" + field.getName() + "\" has the type " + type + ", which Arrow Java has no vector for");
    }

    private static int bits(ArrowType.FixedSizeBinary binary) {
        int bytes = binary.getByteWidth();
        return bytes >= 0 && bytes <= Integer.MAX_VALUE / 8 ? 8 * bytes : -1;
    }

    private static int bits(ArrowType.Time time) {
        boolean coarse = time.getUnit() == TimeUnit.SECOND || time.getUnit() == TimeUnit.MILLISECOND;
        return time.getBitWidth() == (coarse ? 32 : 64) ? time.getBitWidth() : -1;
    }

    private static int bits(ArrowType type) {
        if (type instanceof ArrowType.Int number)
            return Indices.isWidth(number.getBitWidth()) ? number.getBitWidth() : -1;
        if (type instanceof ArrowType.Decimal decimal) {
            return decimal.getBitWidth() == 128 || decimal.getBitWidth() == 256 ? decimal.getBitWidth() : -1;
        }
        if (type instanceof ArrowType.FixedSizeBinary binary) return bits(binary);
        if (type instanceof ArrowType.Time time) return bits(time);
        if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) return 64;
        if (type instanceof ArrowType.FloatingPoint number) {
            return switch (number.getPrecision()) {
                case HALF -> 16;
                case SINGLE -> 32;
                case DOUBLE -> 64;
            };
        }
        if (type instanceof ArrowType.Date date) {
            return switch (date.getUnit()) {
                case DAY -> 32;
                case MILLISECOND -> 64;
            };
        }
        if (type instanceof ArrowType.Interval interval) {
            return switch (interval.getUnit()) {
                case YEAR_MONTH -> 32;
                case DAY_TIME -> 64;
                case MONTH_DAY_NANO -> 128;
            };
        }
        return -1;
    }
}
