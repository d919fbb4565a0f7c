package io.partd.arrow.compression;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * LZ4_FRAME by lz4-java's block functions, between the buffers themselves. Writes one frame of independent blocks with
 * the content size and no checksum, for stores have their own; reads all that the format allows but dictionaries.
 */
final class Lz4BufferCodec extends BufferCodec {
    /** The fast compressor. */
    static final int DEFAULT_LEVEL = 0;

    private static final int MAX_LEVEL = 17;
    private static final int BLOCK_CODE = 4;
    private static final int BLOCK = Lz4Frame.maxBlock(BLOCK_CODE);
    private static final int STORED = 1 << 31;

    /** What the worst block takes beyond its own size before it is found to be better stored. */
    private static final int BLOCK_SLACK = BLOCK / 255 + 16;

    private final LZ4Compressor compressor;

    /** Levels are 0 for the fast compressor, or 1 to 17 (smallest) for the high-compression one. */
    Lz4BufferCodec(int level) {
        super(CodecType.LZ4_FRAME);
        level(CodecType.LZ4_FRAME, level, DEFAULT_LEVEL, MAX_LEVEL);
        LZ4Factory factory = LZ4Factory.fastestInstance();
        this.compressor = level == DEFAULT_LEVEL ? factory.fastCompressor() : factory.highCompressor(level);
    }

    @Override
    long maxFrameLength(int length) {
        long blocks = ((long) length + BLOCK - 1) / BLOCK;
        return minFrameLength() + blocks * Integer.BYTES + length + BLOCK_SLACK;
    }

    @Override
    int minFrameLength() {
        return Lz4Frame.WRITTEN_BYTES + Integer.BYTES;
    }

    @Override
    void compressFrame(ByteBuffer src, ByteBuffer dst) {
        int length = src.remaining();
        Lz4Frame.write(dst, BLOCK_CODE, length);
        for (int from = 0; from < length; ) {
            int count = Math.min(BLOCK, length - from);
            compressBlock(src, from, count, dst);
            from += count;
        }
        dst.putInt(0);
    }

    private void compressBlock(ByteBuffer src, int from, int count, ByteBuffer dst) {
        int at = dst.position() + Integer.BYTES;
        int size = compressor.compress(src, from, count, dst, at, count + BLOCK_SLACK);
        boolean smaller = size < count;
        if (!smaller) dst.put(at, src, from, count);
        dst.putInt(smaller ? size : count | STORED);
        dst.position(at + (smaller ? size : count));
    }

    @Override
    long maxUncompressed(FrameInput in) {
        return Lz4Decoder.maxUncompressed(in);
    }

    @Override
    void decompressFrames(FrameInput in, ByteBuffer dst) {
        Lz4Decoder.decode(in, dst);
    }
}
