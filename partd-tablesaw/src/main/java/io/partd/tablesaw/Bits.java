package io.partd.tablesaw;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;

/** The bits of a buffer of a vector, 64 at a time. */
final class Bits {
    private final long address;
    /** In bytes. */
    private final long size;

    private Bits(ArrowBuf buffer) {
        address = buffer.memoryAddress();
        size = buffer.capacity();
    }

    /** Which values of a vector are not null; all are where it has no such buffer. */
    static Bits validity(FieldVector vector) {
        ArrowBuf buffer = vector.getValidityBuffer();
        return buffer.capacity() == 0 ? new Bits(buffer) : checked(vector, buffer);
    }

    static Bits data(FieldVector vector) {
        return checked(vector, vector.getDataBuffer());
    }

    private static Bits checked(FieldVector vector, ArrowBuf buffer) {
        Buffers.require(vector, buffer, (vector.getValueCount() + 7L) / 8);
        return new Bits(buffer);
    }

    /** Up to 64 bits, from a multiple of 64 on; the others are 0. Of no buffer, all bits are set. */
    long get(int from, int count) {
        long at = from / 8;
        long word = 0;
        if (size == 0) word = -1;
        else if (at + 8 <= size) word = getLong(address + at);
        else for (int i = 0; i * 8 < count; i++) word |= (getByte(address + at + i) & 0xffL) << i * 8;
        return word & -1L >>> (64 - count);
    }
}
