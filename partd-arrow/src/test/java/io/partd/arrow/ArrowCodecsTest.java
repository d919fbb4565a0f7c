package io.partd.arrow;

import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.compression.Coding;
import io.partd.arrow.testing.GuardedMemory;
import java.util.Random;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** Arrow's own codecs read what is written here, and the reverse. Their LZ4 is slow on all but small buffers. */
class ArrowCodecsTest {
    private static final int[] SIZES = {0, 1, 50, 1_000, 10_000};

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#all")
    void arrowReadsOurBytes(BufferCodec codec) {
        Random random = new Random(1);
        for (int size : SIZES) {
            arrowReads(codec, GuardedMemory.text(random, size));
            arrowReads(codec, GuardedMemory.random(random, size));
            arrowReads(codec, GuardedMemory.numbers(random, size));
        }
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void arrowReadsFramesOfSeveralBlocks(BufferCodec codec) {
        byte[] bytes = GuardedMemory.text(new Random(2), 150_000);
        System.arraycopy(GuardedMemory.random(new Random(3), 70_000), 0, bytes, 65_536, 70_000);
        arrowReads(codec, bytes);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void weReadArrowsBytes(BufferCodec codec) {
        Random random = new Random(4);
        for (int size : SIZES) {
            weRead(codec, GuardedMemory.text(random, size));
            weRead(codec, GuardedMemory.random(random, size));
            weRead(codec, GuardedMemory.numbers(random, size));
        }
    }

    @Test
    void weReadArrowsLargeZstandard() {
        weRead(BufferCodec.reading((byte) 1), GuardedMemory.text(new Random(5), 2_000_000));
    }

    private static void arrowReads(BufferCodec codec, byte[] bytes) {
        byte[] compressed = Coding.compress(codec, bytes);
        if (bytes.length == 0) return; // Arrow's readers do not call a codec for no bytes
        assertArrayEquals(bytes, run(compressed, arrows(codec)::decompress), codec + " " + bytes.length);
    }

    private static void weRead(BufferCodec codec, byte[] bytes) {
        byte[] compressed = run(bytes, arrows(codec)::compress);
        assertArrayEquals(bytes, Coding.decompress(codec, compressed), codec + " " + bytes.length);
    }

    private static CompressionCodec arrows(BufferCodec codec) {
        return CommonsCompressionFactory.INSTANCE.createCodec(codec.type());
    }

    private interface Step {
        /** Takes over the input. */
        ArrowBuf run(BufferAllocator allocator, ArrowBuf input);
    }

    private static byte[] run(byte[] bytes, Step step) {
        try (BufferAllocator allocator = new RootAllocator()) {
            ArrowBuf input = allocator.buffer(bytes.length);
            input.writeBytes(bytes);
            try (ArrowBuf output = step.run(allocator, input)) {
                byte[] result = new byte[(int) output.writerIndex()];
                output.getBytes(0, result);
                return result;
            }
        }
    }
}
