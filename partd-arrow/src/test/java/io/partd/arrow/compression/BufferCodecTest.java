package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import io.partd.arrow.testing.GuardedMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Random;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BufferCodecTest {
    private static final int[] SIZES = {0, 1, 7, 8, 9, 19, 20, 40, 255, 4_096, 65_535, 65_536, 65_537, 131_072, 300_001
    };

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#all")
    void bytesComeBack(BufferCodec codec) {
        Random random = new Random(1);
        for (int size : SIZES) {
            roundTrip(codec, GuardedMemory.random(random, size));
            roundTrip(codec, GuardedMemory.text(random, size));
            roundTrip(codec, GuardedMemory.numbers(random, size));
            roundTrip(codec, new byte[size]);
        }
    }

    private static void roundTrip(BufferCodec codec, byte[] bytes) {
        assertArrayEquals(bytes, Coding.decompress(codec, Coding.compress(codec, bytes)), codec + " " + bytes.length);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void largeBuffersComeBack(BufferCodec codec) {
        Random random = new Random(2);
        roundTrip(codec, GuardedMemory.text(random, 5_000_000));
        roundTrip(codec, GuardedMemory.random(random, 3_000_000));
        byte[] half = GuardedMemory.random(random, 2_000_000);
        System.arraycopy(GuardedMemory.text(random, 1_000_000), 0, half, 500_000, 1_000_000);
        roundTrip(codec, half);
        roundTrip(codec, new byte[40_000_000]);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void everyKindOfMemoryGivesAndTakesTheSameBytes(BufferCodec codec) {
        for (byte[] bytes : new byte[][] {
            {}, {1}, GuardedMemory.text(new Random(3), 100_000), GuardedMemory.random(new Random(4), 500)
        }) {
            byte[] compressed = Coding.compress(codec, bytes);
            for (GuardedMemory from : GuardedMemory.values()) {
                for (GuardedMemory to : new GuardedMemory[] {GuardedMemory.DIRECT, GuardedMemory.HEAP}) {
                    assertArrayEquals(compressed, Coding.compress(codec, bytes, from, to), from + " to " + to);
                    assertArrayEquals(bytes, Coding.decompress(codec, compressed, from, to), from + " to " + to);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void thePrefixIsTheUncompressedLength(BufferCodec codec) {
        byte[] compressed = Coding.compress(codec, new byte[100_000]);
        assertEquals(
                100_000,
                ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN).getLong(0));
        assertTrue(compressed.length < 1_000, "" + compressed.length);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#all")
    void bytesThatDoNotShrinkAreStored(BufferCodec codec) {
        for (int size : new int[] {1, 20, 1_000, 100_000}) {
            byte[] bytes = GuardedMemory.random(new Random(5), size);
            byte[] compressed = Coding.compress(codec, bytes);
            byte[] stored = ByteBuffer.allocate(8 + size).putLong(-1).put(bytes).array();
            assertArrayEquals(stored, compressed);
        }
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void noBytesStayNoBytes(BufferCodec codec) {
        assertEquals(0, codec.maxLength(0));
        assertEquals(0, Coding.compress(codec, new byte[0]).length);
        assertEquals(0, codec.uncompressedLength(ByteBuffer.allocate(0)));
        // Arrow's Java writes a length of 0 without a frame.
        assertEquals(0, Coding.decompress(codec, new byte[8]).length);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void aTargetMustHaveTheRoomAndBeWritable(BufferCodec codec) {
        ByteBuffer src = ByteBuffer.allocateDirect(100);
        ByteBuffer small = ByteBuffer.allocateDirect(codec.maxLength(100) - 1);
        String message = assertThrows(IllegalArgumentException.class, () -> codec.compress(src, small))
                .getMessage();
        assertTrue(message.contains(codec.type() + " needs room for " + codec.maxLength(100)), message);
        ByteBuffer readOnly = ByteBuffer.allocateDirect(1_000).asReadOnlyBuffer();
        assertThrows(ReadOnlyBufferException.class, () -> codec.compress(src, readOnly));
        ByteBuffer compressed = ByteBuffer.wrap(Coding.compress(codec, new byte[1_000]));
        assertThrows(ReadOnlyBufferException.class, () -> codec.decompress(compressed, readOnly));
        assertEquals(100, src.remaining());
        assertEquals(0, compressed.position());
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void lengthsBeyondABufferAreRefused(BufferCodec codec) {
        String message = assertThrows(IllegalArgumentException.class, () -> codec.maxLength(Integer.MAX_VALUE))
                .getMessage();
        assertTrue(message.contains("2147483647 bytes"), message);
        assertThrows(IllegalArgumentException.class, () -> codec.maxLength(-1));
        assertTrue(codec.maxLength(2_000_000_000) > 2_000_000_000);
    }

    @Test
    void levelsAreChecked() {
        assertEquals("LZ4_FRAME level 18 is not between 0 and 17", levelError(CodecType.LZ4_FRAME, 18));
        assertEquals("LZ4_FRAME level -1 is not between 0 and 17", levelError(CodecType.LZ4_FRAME, -1));
        assertEquals("ZSTD level 23 is not between -7 and 22", levelError(CodecType.ZSTD, 23));
        assertEquals("ZSTD level -8 is not between -7 and 22", levelError(CodecType.ZSTD, -8));
        String none = levelError(CodecType.NO_COMPRESSION, 0);
        assertTrue(none.contains("expected LZ4_FRAME or ZSTD"), none);
    }

    private static String levelError(CodecType type, int level) {
        return assertThrows(IllegalArgumentException.class, () -> BufferCodec.of(type, level))
                .getMessage();
    }

    @Test
    void higherLevelsGiveSmallerBytes() {
        byte[] text = GuardedMemory.text(new Random(6), 60_000);
        for (CodecType type : new CodecType[] {CodecType.LZ4_FRAME, CodecType.ZSTD}) {
            int fast = Coding.compress(BufferCodec.of(type), text).length;
            int small = Coding.compress(BufferCodec.of(type, 17), text).length;
            assertTrue(small < fast, type + ": " + small + " and " + fast);
        }
    }

    @Test
    void theCodecOfABodyCompressionIsFound() {
        assertEquals(CodecType.LZ4_FRAME, BufferCodec.reading((byte) 0).type());
        assertEquals(CodecType.ZSTD, BufferCodec.reading((byte) 1).type());
        for (byte unknown : new byte[] {-1, 2, 127}) {
            CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> BufferCodec.reading(unknown));
            assertEquals("its codec is " + unknown + ": expected 0 (LZ4_FRAME) or 1 (ZSTD)", e.reason());
        }
    }
}
