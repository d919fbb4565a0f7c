package io.partd.spark.rows;

import io.partd.arrow.memory.RawMemory;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;

/** Values of one width each. */
final class FixedWriter extends ValueWriter {
    /** How the values of one of Spark's types become bytes at an address. */
    enum Form {
        BOOLEAN,
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL,
        CALENDAR_INTERVAL
    }

    private static final long NANOS_PER_MICRO = 1_000;

    private final BaseFixedWidthVector vector;
    private final Form form;
    private final int width;
    private final int precision;
    private final int scale;
    private final RowBatch.Size size;
    private long values;
    private long validity;
    private int capacity;

    FixedWriter(BaseFixedWidthVector vector, RowBatch.Size size, Form form) {
        this(vector, size, form, 0, 0);
    }

    /** A writer of decimals. */
    FixedWriter(BaseFixedWidthVector vector, RowBatch.Size size, int precision, int scale) {
        this(vector, size, Form.DECIMAL, precision, scale);
    }

    private FixedWriter(BaseFixedWidthVector vector, RowBatch.Size size, Form form, int precision, int scale) {
        this.vector = vector;
        this.size = size;
        this.form = form;
        this.width = vector.getTypeWidth();
        this.precision = precision;
        this.scale = scale;
        place();
    }

    private void place() {
        values = vector.getDataBufferAddress();
        validity = vector.getValidityBufferAddress();
        capacity = vector.getValueCapacity();
    }

    private void room() {
        size.bytes += width;
        while (count >= capacity) {
            vector.reAlloc();
            place();
        }
    }

    @Override
    void writeNull() {
        room();
        count++;
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
        room();
        long address = values + (long) count * width;
        switch (form) {
            case INT -> MemoryUtil.putInt(address, from.getInt(at));
            case LONG -> MemoryUtil.putLong(address, from.getLong(at));
            case DOUBLE -> MemoryUtil.putLong(address, Double.doubleToRawLongBits(from.getDouble(at)));
            case FLOAT -> MemoryUtil.putInt(address, Float.floatToRawIntBits(from.getFloat(at)));
            case SHORT -> MemoryUtil.putShort(address, from.getShort(at));
            case BYTE -> MemoryUtil.putByte(address, from.getByte(at));
            case BOOLEAN -> {
                if (from.getBoolean(at)) RawMemory.setBit(values, count);
            }
            case DECIMAL -> {
                if (!putDecimal(address, from.getDecimal(at, precision, scale))) {
                    count++;
                    return;
                }
            }
            case CALENDAR_INTERVAL -> putInterval(address, from.getInterval(at));
        }
        RawMemory.setBit(validity, count++);
    }

    /** Puts 16 bytes, little endian; says false of what overflowed on its way here, which is null in Spark too. */
    private boolean putDecimal(long address, Decimal decimal) {
        if (decimal == null) return false;
        if (decimal.scale() != scale && !decimal.changePrecision(precision, scale)) return false;
        if (precision <= Decimal.MAX_LONG_DIGITS()) {
            long unscaled = decimal.toUnscaledLong();
            MemoryUtil.putLong(address, unscaled);
            MemoryUtil.putLong(address + 8, unscaled >> 63);
            return true;
        }
        byte[] bigEndian = decimal.toJavaBigDecimal().unscaledValue().toByteArray();
        byte sign = (byte) (bigEndian[0] >> 7);
        for (int i = 0; i < width; i++) {
            int from = bigEndian.length - 1 - i;
            MemoryUtil.putByte(address + i, from >= 0 ? bigEndian[from] : sign);
        }
        return true;
    }

    private static void putInterval(long address, CalendarInterval interval) {
        MemoryUtil.putInt(address, interval.months);
        MemoryUtil.putInt(address + 4, interval.days);
        MemoryUtil.putLong(address + 8, Math.multiplyExact(interval.microseconds, NANOS_PER_MICRO));
    }

    @Override
    void finish() {
        vector.setValueCount(count);
        place();
    }

    @Override
    void reset() {
        vector.reset();
        count = 0;
        place();
    }
}
