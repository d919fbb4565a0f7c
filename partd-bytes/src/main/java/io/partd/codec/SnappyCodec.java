package io.partd.codec;

import io.partd.Bytes;
import java.io.IOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * The raw Snappy block format (google/snappy, format_description.txt), by snappy-java: what Python's
 * {@code snappy.compress} writes. It has no checksum: a flipped bit may decode to other bytes of the right number, and
 * is then for the store's checksums to find.
 */
public final class SnappyCodec extends ByteCodec {
    /** The densest element is a copy of at most 64 bytes by 3 bytes: 21.3 to 1. */
    private static final int MAX_RATIO = 22;

    private static final int MAX_VARINT = 5;

    /** There are no levels. */
    public SnappyCodec() {
        super("snappy");
    }

    @Override
    Bytes compress(Bytes raw) throws IOException {
        byte[] src = raw.toArray();
        byte[] dst = new byte[Snappy.maxCompressedLength(src.length)];
        int size = Snappy.compress(src, 0, src.length, dst, 0);
        return Bytes.of(Arrays.copyOf(dst, size));
    }

    @Override
    Bytes decompress(Bytes payload, int limit) throws IOException {
        byte[] src = payload.toArray();
        byte[] dst = new byte[plausible(declared(src), src.length, MAX_RATIO, limit)];
        int size = Snappy.uncompress(src, 0, src.length, dst, 0);
        if (size != dst.length) throw corrupt(0, "it decompresses to " + size + " bytes and claims " + dst.length);
        return Bytes.of(dst);
    }

    /** The uncompressed length in front: a little-endian varint of 32 bits. */
    private long declared(byte[] src) {
        long value = 0;
        for (int i = 0; i < Math.min(MAX_VARINT, src.length); i++) {
            value |= (long) (src[i] & 0x7f) << 7 * i;
            if (src[i] >= 0) return value;
        }
        throw corrupt(0, "its length is not a varint of 32 bits");
    }
}
