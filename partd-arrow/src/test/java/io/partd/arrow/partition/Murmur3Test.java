package io.partd.arrow.partition;

import io.partd.arrow.testing.SlowMurmur3;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class Murmur3Test {
    @Test
    void publishedVectors() {
        assertEquals(0, hash(new byte[0]));
        assertEquals(0x514e28b7, hash(new byte[1]));
        assertEquals(0x30f4c306, hash(new byte[2]));
        assertEquals(0x85f0b427, hash(new byte[3]));
        assertEquals(0x2362f9de, hash(new byte[4]));
        assertEquals(0x76293b50, hash(HexFormat.of().parseHex("ffffffff")));
        assertEquals(0xf55b516b, hash(HexFormat.of().parseHex("21436587")));
        assertEquals(0x2e4ff723, hash("The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyFormEqualsTheSlowOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            int expected = SlowMurmur3.hash(bytes);
            String about = HexFormat.of().formatHex(bytes) + ", seed " + seed;
            assertEquals(expected, hash(bytes), about);
            byte[] shifted = new byte[bytes.length + 3];
            System.arraycopy(bytes, 0, shifted, 3, bytes.length);
            assertEquals(expected, Murmur3.hash(shifted, 3), about);
            if (bytes.length > 0 && bytes.length <= 8) {
                assertEquals(expected, Murmur3.hashPrefix(littleEndian(bytes), bytes.length), about);
            }
            if (bytes.length == 8) assertEquals(expected, Murmur3.hash(littleEndian(bytes)), about);
        }
    }

    @Test
    void unscaledNumbersAreTheirFewestBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            byte[] bytes = BigInteger.valueOf(value).toByteArray();
            assertEquals(SlowMurmur3.hash(bytes), HashKernel.hashUnscaled(value), value + ", seed " + seed);
        }
        for (long value : new long[] {0, -1, 127, 128, -128, -129, Long.MAX_VALUE, Long.MIN_VALUE}) {
            byte[] bytes = BigInteger.valueOf(value).toByteArray();
            assertEquals(SlowMurmur3.hash(bytes), HashKernel.hashUnscaled(value), "" + value);
        }
    }

    private static long littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, 8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private static int hash(byte[] bytes) {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(bytes.length + 1)) {
            buffer.setBytes(1, bytes);
            return Murmur3.hash(buffer.memoryAddress() + 1, bytes.length);
        }
    }
}
