package io.partd.spark.rows;

import io.partd.arrow.memory.RawMemory;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Text and binary values. */
final class BytesWriter extends ValueWriter {
    private static final int OFFSET_BYTES = 4;

    private final BaseVariableWidthVector vector;
    private final boolean text;
    private final RowBatch.Size size;
    private long offsets;
    private long validity;
    private long data;
    private long dataCapacity;
    private int capacity;
    private int used;

    BytesWriter(BaseVariableWidthVector vector, boolean text, RowBatch.Size size) {
        this.vector = vector;
        this.text = text;
        this.size = size;
        place();
    }

    private void place() {
        offsets = vector.getOffsetBufferAddress();
        validity = vector.getValidityBufferAddress();
        data = vector.getDataBufferAddress();
        dataCapacity = vector.getDataBuffer().capacity();
        capacity = vector.getValueCapacity();
    }

    @Override
    void writeNull() {
        place(0);
        MemoryUtil.putInt(offsets + (long) OFFSET_BYTES * ++count, used);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
        if (text) {
            UTF8String value = from.getUTF8String(at);
            int length = value.numBytes();
            place(length);
            value.writeToMemory(null, data + used);
            wrote(length);
        } else {
            byte[] value = from.getBinary(at);
            place(value.length);
            Platform.copyMemory(value, Platform.BYTE_ARRAY_OFFSET, null, data + used, value.length);
            wrote(value.length);
        }
    }

    private void wrote(int length) {
        used += length;
        size.bytes += length + OFFSET_BYTES;
        RawMemory.setBit(validity, count++);
        MemoryUtil.putInt(offsets + (long) OFFSET_BYTES * count, used);
    }

    /** Makes room for a value of so many bytes, and for its offset. */
    private void place(int length) {
        if (count < capacity && length <= dataCapacity - used) return;
        long needed = (long) used + length;
        if (needed > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("column \"" + vector.getName() + "\" holds more than "
                    + Integer.MAX_VALUE + " bytes in one batch of rows: its values are too large to be stored");
        }
        while (count >= capacity) {
            vector.reallocValidityAndOffsetBuffers();
            capacity = vector.getValueCapacity();
        }
        if (needed > dataCapacity) vector.reallocDataBuffer(needed);
        place();
    }

    @Override
    void finish() {
        vector.setLastSet(count - 1);
        vector.setValueCount(count);
        place();
    }

    @Override
    void reset() {
        vector.reset();
        count = 0;
        used = 0;
        place();
    }
}
