package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * Compresses the buffers of record batches as Arrow's IPC format says: the uncompressed length in eight bytes, then
 * frames; or -1, then the bytes as they are. No bytes stay no bytes. Nothing is believed that compressed bytes claim:
 * whatever does not check is a {@link CorruptPartdException} that names the codec and the place in the buffer.
 *
 * <p>Buffers are read and written from position to limit; positions move when all went well. Safe for several threads.
 */
public abstract class BufferCodec {
    static final int PREFIX_BYTES = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

    private static final long STORED = CompressionUtil.NO_COMPRESSION_LENGTH;

    private final CodecType type;

    BufferCodec(CodecType type) {
        this.type = type;
    }

    /** The codec at its default level: the fast compressor of LZ4, level 1 of Zstandard. */
    static BufferCodec of(CodecType type) {
        return of(type, type == CodecType.ZSTD ? ZstdBufferCodec.DEFAULT_LEVEL : Lz4BufferCodec.DEFAULT_LEVEL);
    }

    /** LZ4_FRAME takes levels 0 (fast) and 1 to 17 (high compression), ZSTD takes -7 to 22. */
    public static BufferCodec of(CodecType type, int level) {
        return switch (type) {
            case LZ4_FRAME -> new Lz4BufferCodec(level);
            case ZSTD -> new ZstdBufferCodec(level);
            case NO_COMPRESSION ->
                throw new IllegalArgumentException("NO_COMPRESSION is no codec of buffers: expected LZ4_FRAME or ZSTD");
        };
    }

    /** The codec that the body compression of a record batch names. */
    public static BufferCodec reading(byte codecType) {
        for (CodecType type : CodecType.values()) {
            if (type != CodecType.NO_COMPRESSION && type.getType() == codecType) return of(type);
        }
        throw new CorruptPartdException(
                "the body compression",
                0,
                "its codec is " + codecType + ": expected " + CodecType.LZ4_FRAME.getType() + " (LZ4_FRAME) or "
                        + CodecType.ZSTD.getType() + " (ZSTD)");
    }

    public final CodecType type() {
        return type;
    }

    /** The most bytes that {@link #compress} touches in its target for so many bytes, the prefix included. */
    public final int maxLength(int length) {
        if (length < 0) throw new IllegalArgumentException("a length of " + length + " bytes");
        long max = length == 0 ? 0 : PREFIX_BYTES + maxFrameLength(length);
        if (max > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(type + " cannot compress " + length + " bytes in one buffer: at worst, "
                    + max + " bytes would come of it");
        }
        return (int) max;
    }

    /** Writes the compressed form; {@code dst} has room for {@link #maxLength}, and may be changed up to there. */
    public final void compress(ByteBuffer src, ByteBuffer dst) {
        int length = src.remaining();
        int room = maxLength(length);
        requireRoom(dst, room);
        if (length == 0) return;
        ByteBuffer in = accessible(src);
        ByteBuffer out =
                dst.slice(dst.position(), room).order(ByteOrder.LITTLE_ENDIAN).position(PREFIX_BYTES);
        if (length > minFrameLength()) compressFrame(in, out);
        boolean smaller = out.position() > PREFIX_BYTES && out.position() - PREFIX_BYTES < length;
        if (!smaller) out.put(PREFIX_BYTES, in, 0, length).position(PREFIX_BYTES + length);
        out.putLong(0, smaller ? length : STORED);
        src.position(src.limit());
        dst.position(dst.position() + out.position());
    }

    private void requireRoom(ByteBuffer dst, int room) {
        // The native code would write into read-only memory, which ends the JVM.
        if (dst.isReadOnly()) throw new ReadOnlyBufferException();
        if (dst.remaining() < room) {
            throw new IllegalArgumentException(
                    type + " needs room for " + room + " bytes: there are " + dst.remaining());
        }
    }

    /** The bytes that the buffer decompresses to, by its own account but never more than its bytes can give. */
    public final long uncompressedLength(ByteBuffer src) {
        return src.hasRemaining() ? readLength(input(src)) : 0;
    }

    /** Reads and checks the prefix; the input is then at what follows it. */
    private long readLength(FrameInput in) {
        long length = in.readLong();
        if (length == STORED) return in.remaining();
        if (length < 0) throw in.corrupt("its uncompressed length is " + length);
        long most = maxUncompressed(in.duplicate());
        if (length > most) {
            throw in.corrupt("it claims " + length + " uncompressed bytes: its frames hold at most " + most);
        }
        return length;
    }

    /** Fills {@code dst}, which has exactly the uncompressed length; when that fails, its bytes are undefined. */
    public final void decompress(ByteBuffer src, ByteBuffer dst) {
        requireRoom(dst, 0);
        ByteBuffer out = dst.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (src.hasRemaining()) decompress(input(accessible(src)), out);
        else if (out.hasRemaining()) throw input(src).corrupt("it is empty: expected " + out.remaining() + " bytes");
        src.position(src.limit());
        dst.position(dst.limit());
    }

    private void decompress(FrameInput in, ByteBuffer out) {
        boolean stored = in.remaining() >= PREFIX_BYTES && in.buffer().getLong(0) == STORED;
        long length = readLength(in);
        if (length != out.remaining()) {
            throw in.corrupt("it has " + length + " uncompressed bytes: expected " + out.remaining());
        }
        if (stored) out.put(in.buffer());
        else decompressFrames(in, out);
    }

    private FrameInput input(ByteBuffer src) {
        return new FrameInput("the " + type + " buffer", src);
    }

    /** The same bytes in memory that native code can be given: it gets at no array of a read-only buffer. */
    private static ByteBuffer accessible(ByteBuffer src) {
        if (src.isDirect() || src.hasArray()) return src.slice();
        byte[] copy = new byte[src.remaining()];
        src.get(src.position(), copy);
        return ByteBuffer.wrap(copy);
    }

    /** The most bytes that {@link #compressFrame} touches. */
    abstract long maxFrameLength(int length);

    /** No frame is smaller, so that inputs of up to so many bytes need not be tried. */
    abstract int minFrameLength();

    /** Writes all of {@code src} as one frame at the position of {@code dst}, and moves that. */
    abstract void compressFrame(ByteBuffer src, ByteBuffer dst);

    /** The most bytes that frames can decompress to, from their headers and those of their blocks. */
    abstract long maxUncompressed(FrameInput in);

    /** Fills {@code dst} exactly, or throws a {@link CorruptPartdException}. */
    abstract void decompressFrames(FrameInput in, ByteBuffer dst);

    /** Returns the level, or says what would be one. */
    static int level(CodecType type, int level, int min, int max) {
        if (level < min || level > max) {
            throw new IllegalArgumentException(type + " level " + level + " is not between " + min + " and " + max);
        }
        return level;
    }

    @Override
    public final String toString() {
        return type.toString();
    }
}
