package io.partd.codec;

import io.partd.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The LZ4 frame format (lz4/lz4, lz4_Frame_format.md), with content size and checksum, by lz4-java: what the lz4 tool
 * reads and writes. Frames without checksum are refused. Only the bounds-checking decompressor is used, and every
 * block's size is bounded by the frame's header.
 */
public final class Lz4Codec extends ByteCodec {
    /** The fast compressor. */
    public static final int DEFAULT_LEVEL = 0;

    private static final int MAGIC = 0x184D2204;
    private static final int MAX_LEVEL = 17;
    private static final int COPY = 64 << 10;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    /** Levels are 0 for the fast compressor, or 1 to 17 (smallest) for the high-compression one. */
    public Lz4Codec(int level) {
        super("lz4");
        level("lz4", level, DEFAULT_LEVEL, MAX_LEVEL);
        LZ4Factory factory = LZ4Factory.fastestInstance();
        this.compressor = level == DEFAULT_LEVEL ? factory.fastCompressor() : factory.highCompressor(level);
        this.decompressor = factory.safeDecompressor();
    }

    @Override
    Bytes compress(Bytes raw) throws IOException {
        GrowingOutput out = GrowingOutput.compressed(raw.size() / 2);
        byte[] copy = new byte[(int) Math.min(COPY, raw.size())];
        try (LZ4FrameOutputStream lz4 = new LZ4FrameOutputStream(
                out,
                blockSize(raw.size()),
                raw.size(),
                compressor,
                XXHashFactory.fastestInstance().hash32(),
                Bits.BLOCK_INDEPENDENCE,
                Bits.CONTENT_SIZE,
                Bits.CONTENT_CHECKSUM)) {
            for (ByteBuffer part : raw.buffers()) {
                while (part.hasRemaining()) {
                    int count = Math.min(part.remaining(), copy.length);
                    part.get(copy, 0, count);
                    lz4.write(copy, 0, count);
                }
            }
        }
        return out.toBytes();
    }

    /** Blocks are compressed on their own, so large ones compress better; both sides allocate a block. */
    private static BLOCKSIZE blockSize(long size) {
        return size <= 64 << 10 ? BLOCKSIZE.SIZE_64KB : size <= 256 << 10 ? BLOCKSIZE.SIZE_256KB : BLOCKSIZE.SIZE_1MB;
    }

    @Override
    Bytes decompress(Bytes payload, int limit) throws IOException {
        requireChecksum(payload, MAGIC);
        boolean oneFrame = true;
        InputStream in = payload.newInputStream();
        try (LZ4FrameInputStream lz4 = new LZ4FrameInputStream(
                in, decompressor, XXHashFactory.fastestInstance().hash32(), oneFrame)) {
            Bytes raw = GrowingOutput.decoded(name(), 2 * payload.size(), limit)
                    .readAll(lz4)
                    .toBytes();
            if (in.available() > 0) throw corrupt(payload.size() - in.available(), "something follows the LZ4 frame");
            return raw;
        }
    }
}
