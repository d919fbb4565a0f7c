package io.partd.arrow.partition;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Reads a vector of fixed width as longs, a chunk at a time: integers and temporal types in the column's unit, both
 * kinds of dates as days, floats of any width as the bits of the double, with one NaN and one zero.
 */
final class LongValues {
    private static final int CHUNK = 1024;
    private static final long MILLIS_A_DAY = 86_400_000;

    /** How values lie in the vector. */
    private enum Form {
        BIT(1),
        INT8(8),
        UINT8(8),
        INT16(16),
        UINT16(16),
        INT32(32),
        UINT32(32),
        INT64(64),
        DAYS_IN_MILLIS(64),
        HALF(16),
        SINGLE(32),
        DOUBLE(64);

        final int bits;

        Form(int bits) {
            this.bits = bits;
        }
    }

    private final PartitionColumn column;
    private final Form form;
    private final long address;
    private final int rows;
    private final NullMask nulls;

    private LongValues(PartitionColumn column, Form form, long address, int rows, NullMask nulls) {
        this.column = column;
        this.form = form;
        this.address = address;
        this.rows = rows;
        this.nulls = nulls;
    }

    /** Whether values of the type are read here. */
    static boolean holds(ArrowType type) {
        return form(type) != null;
    }

    static LongValues of(PartitionColumn column, FieldVector vector, int rows, NullMask nulls) {
        Form form = form(vector.getField().getType());
        ArrowBuf buffer = vector.getDataBuffer();
        column.require(buffer, rows, form.bits, "data");
        return new LongValues(column, form, buffer.memoryAddress(), rows, nulls);
    }

    /** The indices of a dictionary-encoded vector, or the ends of runs. */
    static LongValues ofInts(PartitionColumn column, FieldVector vector, int rows) {
        if (!(vector.getField().getType() instanceof ArrowType.Int)) {
            throw column.error("its indices or run ends are not integers but "
                    + vector.getField().getType());
        }
        return of(column, vector, rows, null);
    }

    /** An array to read chunks into. */
    static long[] chunk(int rows) {
        return new long[Math.max(1, Math.min(rows, CHUNK))];
    }

    /**
     * Reads as many of the values from a row on as there are and fit, and returns their number. It is long because each
     * form has a loop of its own: the form is looked at once for a chunk.
     */
    int read(int from, long[] chunk) {
        int n = Math.min(rows - from, chunk.length);
        long at = address + (long) from * form.bits / 8;
        switch (form) {
            case BIT -> bits(from, chunk, n);
            case INT8 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getByte(at + i);
            }
            case UINT8 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getByte(at + i) & 0xff;
            }
            case INT16 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getShort(at + 2L * i);
            }
            case UINT16 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getShort(at + 2L * i) & 0xffff;
            }
            case INT32 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getInt(at + 4L * i);
            }
            case UINT32 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getInt(at + 4L * i) & 0xffff_ffffL;
            }
            case INT64 -> {
                for (int i = 0; i < n; i++) chunk[i] = MemoryUtil.getLong(at + 8L * i);
            }
            case DAYS_IN_MILLIS -> days(at, from, chunk, n);
            case HALF -> {
                for (int i = 0; i < n; i++) chunk[i] = canonical(Float16.toFloat(MemoryUtil.getShort(at + 2L * i)));
            }
            case SINGLE -> {
                for (int i = 0; i < n; i++) chunk[i] = canonical(Float.intBitsToFloat(MemoryUtil.getInt(at + 4L * i)));
            }
            case DOUBLE -> {
                for (int i = 0; i < n; i++)
                    chunk[i] = canonical(Double.longBitsToDouble(MemoryUtil.getLong(at + 8L * i)));
            }
        }
        return n;
    }

    private void bits(int from, long[] chunk, int n) {
        for (int i = 0; i < n; i++) {
            int row = from + i;
            chunk[i] = MemoryUtil.getByte(address + (row >>> 3)) >>> (row & 7) & 1;
        }
    }

    private void days(long at, int from, long[] chunk, int n) {
        for (int i = 0; i < n; i++) {
            long millis = MemoryUtil.getLong(at + 8L * i);
            chunk[i] = Math.floorDiv(millis, MILLIS_A_DAY);
            if (millis % MILLIS_A_DAY != 0 && !nulls.isNull(from + i)) {
                throw column.error("row " + (from + i) + " is not a whole day: " + millis + " ms");
            }
        }
    }

    /** The bits of a double; all NaN are one, and -0.0 is 0.0 (which adding 0.0 brings about). */
    static long canonical(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    private static Form form(ArrowType type) {
        if (type instanceof ArrowType.Int integer) return form(integer);
        if (type instanceof ArrowType.Bool) return Form.BIT;
        if (type instanceof ArrowType.FloatingPoint floating) return form(floating.getPrecision());
        if (type instanceof ArrowType.Date date)
            return date.getUnit() == DateUnit.DAY ? Form.INT32 : Form.DAYS_IN_MILLIS;
        if (type instanceof ArrowType.Time time) return time.getBitWidth() == 32 ? Form.INT32 : Form.INT64;
        if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) return Form.INT64;
        boolean months = type instanceof ArrowType.Interval interval && interval.getUnit() == IntervalUnit.YEAR_MONTH;
        return months ? Form.INT32 : null;
    }

    private static Form form(ArrowType.Int type) {
        return switch (type.getBitWidth()) {
            case 8 -> type.getIsSigned() ? Form.INT8 : Form.UINT8;
            case 16 -> type.getIsSigned() ? Form.INT16 : Form.UINT16;
            case 32 -> type.getIsSigned() ? Form.INT32 : Form.UINT32;
            default -> Form.INT64;
        };
    }

    private static Form form(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> Form.HALF;
            case SINGLE -> Form.SINGLE;
            case DOUBLE -> Form.DOUBLE;
        };
    }
}
