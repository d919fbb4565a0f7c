package io.partd.spark.read;

import io.partd.arrow.memory.RawMemory;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of truth values, numbers, dates, times, text or binary, which is read from where Arrow's vector has it: with
 * Spark's wrapper of vectors each value costs several calls that cannot be foreseen, and checks of bounds. The vector
 * is the reader's, which loads the next batch into it.
 */
final class PlacedVector extends ColumnVector {
    private static final int DECIMAL_BYTES = 16;

    private final int nulls;
    private final long validity;
    private final long data;
    /** Where those of text and binary are; else 0. */
    private final long offsets;

    private PlacedVector(DataType type, FieldVector vector) {
        super(type);
        nulls = vector.getNullCount();
        validity = vector.getValidityBufferAddress();
        data = vector.getDataBufferAddress();
        offsets = vector instanceof BaseVariableWidthVector ? vector.getOffsetBufferAddress() : 0;
    }

    /** The vector as a column of this type, which it is stored as; nested ones, and rare ones, as Spark has them. */
    static ColumnVector of(DataType type, FieldVector vector) {
        boolean placed = switch (vector.getMinorType()) {
            case BIT, TINYINT, SMALLINT, INT, BIGINT, FLOAT4, FLOAT8 -> true;
            case DATEDAY, TIMESTAMPMICRO, TIMESTAMPMICROTZ, VARCHAR, VARBINARY -> true;
            case DECIMAL -> type instanceof DecimalType of && of.precision() <= Decimal.MAX_LONG_DIGITS();
            default -> false;
        };
        return placed ? new PlacedVector(type, vector) : new BorrowedVector(vector);
    }

    @Override
    public void close() {}

    @Override
    public boolean hasNull() {
        return nulls > 0;
    }

    @Override
    public int numNulls() {
        return nulls;
    }

    @Override
    public boolean isNullAt(int row) {
        return nulls > 0 && !RawMemory.bit(validity, row);
    }

    @Override
    public boolean getBoolean(int row) {
        return RawMemory.bit(data, row);
    }

    @Override
    public byte getByte(int row) {
        return Platform.getByte(null, data + row);
    }

    @Override
    public short getShort(int row) {
        return Platform.getShort(null, data + (long) row * Short.BYTES);
    }

    @Override
    public int getInt(int row) {
        return Platform.getInt(null, data + (long) row * Integer.BYTES);
    }

    @Override
    public long getLong(int row) {
        return Platform.getLong(null, data + (long) row * Long.BYTES);
    }

    @Override
    public float getFloat(int row) {
        return Platform.getFloat(null, data + (long) row * Float.BYTES);
    }

    @Override
    public double getDouble(int row) {
        return Platform.getDouble(null, data + (long) row * Double.BYTES);
    }

    /** The lower half of what is stored has all digits. */
    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        if (isNullAt(row)) return null;
        return Decimal.createUnsafe(Platform.getLong(null, data + (long) row * DECIMAL_BYTES), precision, scale);
    }

    @Override
    public UTF8String getUTF8String(int row) {
        if (isNullAt(row)) return null;
        int start = start(row);
        return UTF8String.fromAddress(null, data + start, start(row + 1) - start);
    }

    @Override
    public byte[] getBinary(int row) {
        if (isNullAt(row)) return null;
        int start = start(row);
        byte[] bytes = new byte[start(row + 1) - start];
        Platform.copyMemory(null, data + start, bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
        return bytes;
    }

    private int start(int row) {
        return Platform.getInt(null, offsets + (long) row * Integer.BYTES);
    }

    @Override
    public ColumnarArray getArray(int row) {
        throw noParts();
    }

    @Override
    public ColumnarMap getMap(int row) {
        throw noParts();
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw noParts();
    }

    private UnsupportedOperationException noParts() {
        return new UnsupportedOperationException("values of type " + type.sql() + " have no parts");
    }
}
