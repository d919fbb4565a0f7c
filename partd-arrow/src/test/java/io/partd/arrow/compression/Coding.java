package io.partd.arrow.compression;

import io.partd.arrow.testing.GuardedMemory;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs of a codec on bytes, which check what holds for every run. */
public final class Coding {
    private Coding() {}

    static Stream<BufferCodec> all() {
        Stream<BufferCodec> lz4 =
                IntStream.of(0, 1, 9, 17).mapToObj(level -> BufferCodec.of(CodecType.LZ4_FRAME, level));
        Stream<BufferCodec> zstd = IntStream.of(-7, 1, 3, 19).mapToObj(level -> BufferCodec.of(CodecType.ZSTD, level));
        return Stream.concat(lz4, zstd);
    }

    static Stream<BufferCodec> defaults() {
        return Stream.of(BufferCodec.of(CodecType.LZ4_FRAME), BufferCodec.of(CodecType.ZSTD));
    }

    public static byte[] compress(BufferCodec codec, byte[] bytes) {
        return compress(codec, bytes, GuardedMemory.DIRECT, GuardedMemory.DIRECT);
    }

    static byte[] compress(BufferCodec codec, byte[] bytes, GuardedMemory from, GuardedMemory to) {
        ByteBuffer src = from.of(bytes);
        int room = codec.maxLength(bytes.length);
        ByteBuffer dst = to.allocate(room);
        int start = dst.position();
        codec.compress(src, dst);
        assertFalse(src.hasRemaining());
        int size = dst.position() - start;
        assertTrue(size <= bytes.length + BufferCodec.PREFIX_BYTES, "never larger than the bytes as they are");
        GuardedMemory.checkMargins(dst, room);
        assertEquals(src.limit() - bytes.length, start, "the margins are alike");
        return GuardedMemory.bytes(dst, size);
    }

    public static byte[] decompress(BufferCodec codec, byte[] compressed) {
        return decompress(codec, compressed, GuardedMemory.DIRECT, GuardedMemory.DIRECT);
    }

    /** Into a buffer of the size that the bytes claim. */
    static byte[] decompress(BufferCodec codec, byte[] compressed, GuardedMemory from, GuardedMemory to) {
        long size = codec.uncompressedLength(from.of(compressed));
        assertTrue(size >= 0 && size <= mostOf(codec, compressed.length), () -> compressed.length + " claim " + size);
        return decompress(codec, compressed, from, to, Math.toIntExact(size));
    }

    static byte[] decompress(BufferCodec codec, byte[] compressed, GuardedMemory from, GuardedMemory to, int size) {
        ByteBuffer src = from.of(compressed);
        ByteBuffer dst = to.allocate(size);
        try {
            codec.decompress(src, dst);
        } finally {
            GuardedMemory.checkMargins(dst, size);
        }
        assertFalse(src.hasRemaining());
        assertFalse(dst.hasRemaining());
        return GuardedMemory.bytes(dst, size);
    }

    /**
     * What the formats allow: 255 bytes for one in LZ4, a block of 128 KiB for the three of its header in Zstandard.
     */
    private static long mostOf(BufferCodec codec, long length) {
        return codec.type() == CodecType.ZSTD ? length * (128 << 10) / 3 : length * 255;
    }
}
