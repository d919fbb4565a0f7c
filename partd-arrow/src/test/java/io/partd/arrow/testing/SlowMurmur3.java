package io.partd.arrow.testing;

/** MurmurHash3 x86 32 with seed 0, one byte at a time: what the fast one is compared with. */
public final class SlowMurmur3 {
    private SlowMurmur3() {}

    public static int hash(byte[] bytes) {
        long h = 0;
        int whole = bytes.length / 4 * 4;
        for (int block = 0; block < whole; block += 4) {
            h ^= scramble(littleEndian(bytes, block, 4));
            h = rotate(h, 13);
            h = cut(h * 5 + 0xe6546b64L);
        }
        if (whole < bytes.length) h ^= scramble(littleEndian(bytes, whole, bytes.length - whole));
        h ^= bytes.length;
        h = cut((h ^ h >> 16) * 0x85ebca6bL);
        h = cut((h ^ h >> 13) * 0xc2b2ae35L);
        return (int) (h ^ h >> 16);
    }

    private static long littleEndian(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) value += (long) Byte.toUnsignedInt(bytes[from + i]) << 8 * i;
        return value;
    }

    private static long scramble(long k) {
        return cut(rotate(cut(k * 0xcc9e2d51L), 15) * 0x1b873593L);
    }

    private static long rotate(long value, int bits) {
        return cut(value << bits) | value >> 32 - bits;
    }

    private static long cut(long value) {
        return value & 0xffff_ffffL;
    }
}
