package io.partd.codec;

import io.partd.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * The bzip2 format, by commons-compress: what Python's {@code bz2.compress} writes and {@code bz2.decompress} reads.
 */
public final class Bz2Codec extends ByteCodec {
    /** The default of Python and of the bzip2 tool. */
    public static final int DEFAULT_LEVEL = 9;

    private static final int UNIT = 100_000;
    private static final int COPY = 64 << 10;

    private final int level;

    /** Levels are 1 to 9: the size of the blocks that are sorted, in units of 100,000 bytes. */
    public Bz2Codec(int level) {
        super("bz2");
        this.level = level(
                "bz2", level, BZip2CompressorOutputStream.MIN_BLOCKSIZE, BZip2CompressorOutputStream.MAX_BLOCKSIZE);
    }

    @Override
    Bytes compress(Bytes raw) throws IOException {
        GrowingOutput out = GrowingOutput.compressed(raw.size() / 2);
        byte[] copy = new byte[(int) Math.min(COPY, raw.size())];
        try (BZip2CompressorOutputStream bz2 = new BZip2CompressorOutputStream(out, blockSize(raw.size()))) {
            for (ByteBuffer part : raw.buffers()) {
                while (part.hasRemaining()) {
                    int count = Math.min(part.remaining(), copy.length);
                    part.get(copy, 0, count);
                    bz2.write(copy, 0, count);
                }
            }
        }
        return out.toBytes();
    }

    /** No more than the value can fill, for both sides allocate by it: the first step may make five bytes of four. */
    private int blockSize(long size) {
        return (int) Math.min(level, 1 + size * 5 / 4 / UNIT);
    }

    @Override
    Bytes decompress(Bytes payload, int limit) throws IOException {
        // Several streams in a row are read, as by bz2.decompress; anything else behind the first is refused.
        boolean toTheEnd = true;
        try (BZip2CompressorInputStream bz2 = new BZip2CompressorInputStream(payload.newInputStream(), toTheEnd)) {
            return GrowingOutput.decoded(name(), 4 * payload.size(), limit)
                    .readAll(bz2)
                    .toBytes();
        }
    }
}
