package io.partd.codec;

import com.scalableminds.bloscjava.Blosc;
import io.partd.Bytes;
import java.util.Arrays;

/**
 * The Blosc 1 format, by blosc-java, with the settings of Python's {@code blosc.compress(bytes)}: blosclz, byte shuffle
 * over items of 8 bytes. Reads what any inner compressor wrote that the native library has. There is no checksum: a
 * flipped bit may decode to other bytes of the right number, and is then for the store's checksums to find.
 */
public final class BloscCodec extends ByteCodec {
    /** The default of Python's blosc. */
    public static final int DEFAULT_LEVEL = 9;

    private static final int MAX_LEVEL = 9;
    private static final int TYPE_SIZE = 8;
    private static final int AUTOMATIC_BLOCK_SIZE = 0;
    private static final int THREADS = 1;

    private final int level;

    /**
     * Levels are 0 (stored) to 9 (smallest).
     *
     * @throws UnsupportedOperationException if blosc-java has no native library for this platform
     */
    public BloscCodec(int level) {
        super("blosc");
        this.level = level("blosc", level, 0, MAX_LEVEL);
        requireNative();
    }

    private static void requireNative() {
        try {
            compress(new byte[1], DEFAULT_LEVEL);
        } catch (LinkageError e) {
            throw new UnsupportedOperationException(
                    "blosc-java has no native library for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + " (or it cannot be loaded): use another codec, such as zstd",
                    e);
        }
    }

    private static byte[] compress(byte[] raw, int level) {
        return Blosc.compress(
                raw,
                TYPE_SIZE,
                Blosc.Compressor.BLOSCLZ,
                level,
                Blosc.Shuffle.BYTE_SHUFFLE,
                AUTOMATIC_BLOCK_SIZE,
                THREADS);
    }

    @Override
    Bytes compress(Bytes raw) {
        return Bytes.of(compress(raw.toArray(), level));
    }

    @Override
    Bytes decompress(Bytes payload, int limit) {
        byte[] src = payload.toArray();
        BloscChunk chunk = BloscChunk.check(src, limit);
        if (chunk.decodedBytes() == 0) return Bytes.EMPTY;
        if (chunk.stored()) return Bytes.of(Arrays.copyOfRange(src, BloscChunk.HEADER, src.length));
        byte[] raw = Blosc.decompress(src, THREADS);
        if (raw.length != chunk.decodedBytes()) {
            throw corrupt(0, "it decompresses to " + raw.length + " bytes and claims " + chunk.decodedBytes());
        }
        return Bytes.of(raw);
    }
}
