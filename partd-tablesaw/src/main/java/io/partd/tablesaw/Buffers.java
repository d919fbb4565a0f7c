package io.partd.tablesaw;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** What must be true of a vector's buffers before they are read as raw memory. */
final class Buffers {
    private Buffers() {}

    /** Requires that a buffer has as many bytes as the vector's values need. */
    static void require(FieldVector vector, ArrowBuf buffer, long bytes) {
        if (buffer.capacity() >= bytes) return;
        throw new IllegalArgumentException("column \"" + vector.getName() + "\" has " + vector.getValueCount()
                + " values and a buffer of " + buffer.capacity() + " bytes, where " + bytes + " are needed");
    }

    /** The address of a vector's values, each of so many bytes. */
    static long data(FieldVector vector, int width) {
        require(vector, vector.getDataBuffer(), (long) vector.getValueCount() * width);
        return vector.getDataBuffer().memoryAddress();
    }
}
