package io.partd.arrow.partition;

import org.apache.arrow.memory.util.MemoryUtil;

/** MurmurHash3, the 32-bit x86 variant with seed 0, over memory addresses: callers have checked their bounds. */
final class Murmur3 {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    /** The hash of {@code length} bytes from {@code address} on. */
    static int hash(long address, int length) {
        int h = 0;
        long tail = address + (length & ~3);
        for (long at = address; at < tail; at += 4) h = mix(h, MemoryUtil.getInt(at));
        int k = switch (length & 3) {
            case 1 -> MemoryUtil.getByte(tail) & 0xff;
            case 2 -> MemoryUtil.getShort(tail) & 0xffff;
            case 3 -> MemoryUtil.getShort(tail) & 0xffff | (MemoryUtil.getByte(tail + 2) & 0xff) << 16;
            default -> 0;
        };
        // Without a tail k is 0, and scrambles to 0: no branch is needed.
        return finish(h ^ scramble(k), length);
    }

    /** The hash of the 8 little-endian bytes of a long. */
    static int hash(long value) {
        return finish(mix(mix(0, (int) value), (int) (value >>> 32)), Long.BYTES);
    }

    /** The hash of the first {@code length} of the little-endian bytes of a long; those after them are zero. */
    static int hashPrefix(long value, int length) {
        int low = (int) value;
        int high = (int) (value >>> 32);
        int h = length < 4 ? scramble(low) : mix(0, low);
        if (length > 4) h = length < 8 ? h ^ scramble(high) : mix(h, high);
        return finish(h, length);
    }

    /** The hash of the bytes from an index on, to the end of the array. */
    static int hash(byte[] bytes, int from) {
        int h = 0;
        int at = from;
        for (; at + 4 <= bytes.length; at += 4) h = mix(h, MemoryUtil.getInt(bytes, at));
        int k = 0;
        for (int i = bytes.length - 1; i >= at; i--) k = k << 8 | bytes[i] & 0xff;
        return finish(h ^ scramble(k), bytes.length - from);
    }

    private static int mix(int h, int k) {
        return Integer.rotateLeft(h ^ scramble(k), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int k) {
        return Integer.rotateLeft(k * C1, 15) * C2;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
