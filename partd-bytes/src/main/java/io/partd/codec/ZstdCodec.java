package io.partd.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.partd.Bytes;
import io.partd.base.ContextPool;
import java.io.IOException;

/**
 * The Zstandard frame format, RFC 8878, with content size and checksum, by zstd-jni: what the zstd tool reads and
 * writes. Frames without checksum are refused.
 */
public final class ZstdCodec extends ByteCodec {
    /** The zstd tool's default. */
    public static final int DEFAULT_LEVEL = 3;

    private static final int MAGIC = 0xFD2FB528;
    private static final int MIN_LEVEL = -7;
    private static final int MAX_LEVEL = 22;

    /**
     * Up to this many times the compressed size (or {@link #TRUSTED_BYTES}) a declared size is allocated at once;
     * beyond, output grows as it comes.
     */
    private static final int TRUSTED_RATIO = 64;

    private static final int TRUSTED_BYTES = 1 << 20;

    private static final ContextPool<ZstdCompressCtx> COMPRESSORS =
            new ContextPool<>(ZstdCompressCtx::new, ZstdCompressCtx::close);
    private static final ContextPool<ZstdDecompressCtx> DECOMPRESSORS =
            new ContextPool<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    private final int level;

    /** Levels are -7 (fastest) to 22 (smallest). */
    public ZstdCodec(int level) {
        super("zstd");
        this.level = level("zstd", level, MIN_LEVEL, MAX_LEVEL);
    }

    @Override
    Bytes compress(Bytes raw) {
        byte[] src = raw.toArray();
        byte[] payload = COMPRESSORS.with(context ->
                context.setLevel(level).setChecksum(true).setContentSize(true).compress(src));
        return Bytes.of(payload);
    }

    @Override
    Bytes decompress(Bytes payload, int limit) throws IOException {
        requireChecksum(payload, MAGIC);
        byte[] src = payload.toArray();
        long declared = Zstd.getFrameContentSize(src);
        boolean atOnce = declared > 0 && declared <= Math.max(TRUSTED_BYTES, (long) TRUSTED_RATIO * src.length);
        return atOnce && declared <= limit ? decompressAtOnce(src, (int) declared) : stream(payload, limit);
    }

    private Bytes decompressAtOnce(byte[] src, int declared) {
        byte[] dst = new byte[declared];
        int size = DECOMPRESSORS.with(context -> context.decompress(dst, src));
        if (size != declared) throw corrupt(0, "it decompresses to " + size + " bytes and claims " + declared);
        return Bytes.of(dst);
    }

    private Bytes stream(Bytes payload, int limit) throws IOException {
        try (ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(payload.newInputStream())) {
            return GrowingOutput.decoded(name(), 4 * payload.size(), limit)
                    .readAll(zstd)
                    .toBytes();
        }
    }
}
