package io.partd.arrow.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.partd.base.ContextPool;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * ZSTD by zstd-jni: from direct memory to direct memory without a copy, anything else through arrays. Writes one frame
 * with the content size and no checksum; reads all frames of RFC 8878 that need no dictionary.
 */
final class ZstdBufferCodec extends BufferCodec {
    /** The fastest of the standard levels. */
    static final int DEFAULT_LEVEL = 1;

    private static final int MIN_LEVEL = -7;
    private static final int MAX_LEVEL = 22;

    /** Magic number, descriptor, content size and one empty block. */
    private static final int MIN_FRAME = 9;

    private static final ContextPool<ZstdCompressCtx> COMPRESSORS =
            new ContextPool<>(ZstdCompressCtx::new, ZstdCompressCtx::close);
    private static final ContextPool<ZstdDecompressCtx> DECOMPRESSORS =
            new ContextPool<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    private final int level;

    /** Levels are -7 (fastest) to 22 (smallest). */
    ZstdBufferCodec(int level) {
        super(CodecType.ZSTD);
        this.level = level(CodecType.ZSTD, level, MIN_LEVEL, MAX_LEVEL);
    }

    @Override
    long maxFrameLength(int length) {
        return Zstd.compressBound(length);
    }

    @Override
    int minFrameLength() {
        return MIN_FRAME;
    }

    @Override
    void compressFrame(ByteBuffer src, ByteBuffer dst) {
        int size = COMPRESSORS.with(context -> compress(context.setLevel(level), src, dst));
        dst.position(dst.position() + size);
    }

    private static int compress(ZstdCompressCtx context, ByteBuffer src, ByteBuffer dst) {
        int at = dst.position();
        int length = src.remaining();
        int room = dst.remaining();
        if (src.isDirect() && dst.isDirect()) {
            return context.compressDirectByteBuffer(dst, at, room, src, 0, length);
        }
        byte[] in = array(src);
        int inFrom = src.hasArray() ? src.arrayOffset() : 0;
        if (dst.hasArray()) {
            return context.compressByteArray(dst.array(), dst.arrayOffset() + at, room, in, inFrom, length);
        }
        byte[] out = new byte[(int) Zstd.compressBound(length)];
        int size = context.compressByteArray(out, 0, out.length, in, inFrom, length);
        dst.put(at, out, 0, size);
        return size;
    }

    /** The array of a heap buffer, or a copy of a direct one. */
    @SuppressWarnings("ByteBufferBackingArray") // callers add its offset
    private static byte[] array(ByteBuffer src) {
        if (src.hasArray()) return src.array();
        byte[] copy = new byte[src.remaining()];
        src.get(src.position(), copy);
        return copy;
    }

    @Override
    long maxUncompressed(FrameInput in) {
        return ZstdFrames.maxUncompressed(in);
    }

    /** The walk of {@link ZstdFrames} went before, and has refused what the library may take for an old format. */
    @Override
    void decompressFrames(FrameInput in, ByteBuffer dst) {
        int expected = dst.remaining();
        int size;
        try {
            size = in.hasRemaining() ? DECOMPRESSORS.with(context -> decompress(context, in.buffer(), dst)) : 0;
        } catch (ZstdException e) {
            throw in.corrupt("it cannot be decompressed to " + expected + " bytes: " + e.getMessage(), e);
        }
        if (size != expected) throw in.corrupt("it decompresses to " + size + " bytes: expected " + expected);
    }

    private static int decompress(ZstdDecompressCtx context, ByteBuffer src, ByteBuffer dst) {
        int from = src.position();
        int length = src.remaining();
        int room = dst.remaining();
        if (src.isDirect() && dst.isDirect()) {
            return context.decompressDirectByteBuffer(dst, 0, room, src, from, length);
        }
        if (src.isDirect()) {
            return context.decompressDirectByteBufferToByteArray(
                    dst.array(), dst.arrayOffset(), room, src, from, length);
        }
        int arrayFrom = src.arrayOffset() + from;
        return dst.isDirect()
                ? context.decompressByteArrayToDirectByteBuffer(dst, 0, room, src.array(), arrayFrom, length)
                : context.decompressByteArray(dst.array(), dst.arrayOffset(), room, src.array(), arrayFrom, length);
    }
}
