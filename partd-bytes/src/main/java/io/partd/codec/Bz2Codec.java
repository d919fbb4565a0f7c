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
        Chunks out = Chunks.compressed(raw.size() / 2);
        byte[] copy = new byte[(int) Math.min(COPY, raw.size())];
        try (BZip2CompressorOutputStream bz2 = new BZip2CompressorOutputStream(out, level)) {
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

    @Override
    Bytes decompress(Bytes payload, int limit) throws IOException {
        boolean toTheEnd =
                true; // several streams one after the other are read as bz2.decompress does; anything else after the
        // first fails
        try (BZip2CompressorInputStream bz2 = new BZip2CompressorInputStream(payload.newInputStream(), toTheEnd)) {
            return Chunks.decoded(name(), 4 * payload.size(), limit)
                    .readAll(bz2)
                    .toBytes();
        }
    }
}
