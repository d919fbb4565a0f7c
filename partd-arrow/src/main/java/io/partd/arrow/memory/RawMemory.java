package io.partd.arrow.memory;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;
import static org.apache.arrow.memory.util.MemoryUtil.getByte;
import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.putByte;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;
import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/** Bits, offsets and short copies in raw memory, little endian. Nothing is checked here: callers know their bounds. */
public final class RawMemory {
    private RawMemory() {}

    public static long bytesForBits(long bits) {
        return (bits + 7) >>> 3;
    }

    public static boolean bit(long address, long index) {
        return (getByte(address + (index >>> 3)) >>> (index & 7) & 1) != 0;
    }

    public static void setBit(long address, long index) {
        long at = address + (index >>> 3);
        putByte(at, (byte) (getByte(at) | 1 << (index & 7)));
    }

    /** Sets bits to one; those around them stay as they are. */
    public static void setBits(long address, long from, long count) {
        long at = from;
        long end = from + count;
        while (at < end && (at & 7) != 0) setBit(address, at++);
        long whole = (end - at) >>> 3;
        setMemory(address + (at >>> 3), whole, (byte) 0xff);
        for (at += whole << 3; at < end; at++) setBit(address, at);
    }

    public static long countOnes(long address, long from, long count) {
        long at = from;
        long end = from + count;
        long ones = 0;
        while (at < end && (at & 7) != 0) ones += bit(address, at++) ? 1 : 0;
        for (; end - at >= 64; at += 64) ones += Long.bitCount(getLong(address + (at >>> 3)));
        while (at < end) ones += bit(address, at++) ? 1 : 0;
        return ones;
    }

    /** Copies bits to where zeros are. */
    public static void copyBits(long src, long srcFrom, long dst, long dstFrom, long count) {
        long done = 0;
        while (done < count && (dstFrom + done & 7) != 0) copyBit(src, srcFrom, dst, dstFrom, done++);
        int shift = (int) (srcFrom + done & 7);
        long from = src + (srcFrom + done >>> 3);
        long to = dst + (dstFrom + done >>> 3);
        long whole = (count - done) >>> 3;
        if (shift == 0) copyMemory(from, to, whole);
        else copyShifted(from, shift, to, whole);
        for (done += whole << 3; done < count; done++) copyBit(src, srcFrom, dst, dstFrom, done);
    }

    private static void copyBit(long src, long srcFrom, long dst, long dstFrom, long i) {
        if (bit(src, srcFrom + i)) setBit(dst, dstFrom + i);
    }

    /**
     * Each byte takes the high bits of one source byte and the low bits of the next, which holds bits of this copy too.
     */
    private static void copyShifted(long from, int shift, long to, long bytes) {
        long i = 0;
        for (; i + 8 <= bytes; i += 8) {
            long next = getByte(from + i + 8) & 0xffL;
            putLong(to + i, getLong(from + i) >>> shift | next << (64 - shift));
        }
        for (; i < bytes; i++) {
            int low = getByte(from + i) & 0xff;
            int high = getByte(from + i + 1) & 0xff;
            putByte(to + i, (byte) (low >>> shift | high << (8 - shift)));
        }
    }

    /** Reads an offset of 4 or 8 bytes. */
    public static long offset(long address, boolean wide, long index) {
        return wide ? getLong(address + index * 8) : getInt(address + index * 4);
    }

    public static void putOffset(long address, boolean wide, long index, long value) {
        if (wide) putLong(address + index * 8, value);
        else putInt(address + index * 4, (int) value);
    }

    /** Copies few bytes without the cost of a call for each. */
    public static void copyShort(long src, long dst, long length) {
        if (length >= 16) {
            copyMemory(src, dst, length);
        } else if (length >= 8) {
            putLong(dst, getLong(src));
            putLong(dst + length - 8, getLong(src + length - 8));
        } else if (length >= 4) {
            putInt(dst, getInt(src));
            putInt(dst + length - 4, getInt(src + length - 4));
        } else {
            for (long i = 0; i < length; i++) putByte(dst + i, getByte(src + i));
        }
    }
}
