package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Encoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What all byte codecs share. No bytes become no bytes; whatever a library throws at bytes that it cannot read becomes
 * a {@link CorruptPartdException} that names the codec. Stateless and safe for several threads.
 */
public abstract class ByteCodec implements Encoding<Bytes> {
    /**
     * The most bytes that one payload may decode to: 1 GiB. A payload that claims or gives more is refused as corrupt,
     * so that a bomb cannot fill the memory.
     */
    public static final int MAX_DECODED = 1 << 30;

    private static final int FRAME_FLAGS = 4;
    private static final int CHECKSUM_FLAG = 0x04;

    private final String name;

    ByteCodec(String name) {
        this.name = name;
    }

    /** The name of the format: what errors call this codec. */
    public final String name() {
        return name;
    }

    /** Compresses at least one byte. */
    abstract Bytes compress(Bytes raw) throws IOException;

    /** Decompresses at least one untrusted byte to at most {@code limit}; any exception means that it is broken. */
    abstract Bytes decompress(Bytes payload, int limit) throws IOException;

    @Override
    public final Bytes encode(Bytes raw) {
        if (raw.size() == 0) return Bytes.EMPTY;
        if (raw.size() > MAX_DECODED) {
            throw new IllegalArgumentException(
                    raw.size() + " bytes in one " + name + " payload: at most " + MAX_DECODED);
        }
        try {
            return compress(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot compress " + raw.size() + " bytes", e);
        }
    }

    @Override
    public final Bytes decode(Bytes payload) {
        return decode(payload, MAX_DECODED);
    }

    final Bytes decode(Bytes payload, int limit) {
        if (payload.size() == 0) return Bytes.EMPTY;
        try {
            return decompress(payload, limit);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CorruptPartdException(name, 0, "it cannot be decompressed: " + e.getMessage(), e);
        }
    }

    @Override
    public final Bytes join(List<Bytes> values) {
        return Bytes.concat(values);
    }

    final CorruptPartdException corrupt(long offset, String reason) {
        return new CorruptPartdException(name, offset, reason);
    }

    /**
     * Returns a declared size if the payload could be that large, which is to say before anything is allocated for it.
     */
    final int plausible(long declared, long compressed, long ratio, int limit) {
        if (declared < 0 || declared > limit || declared > ratio * compressed) {
            throw corrupt(0, compressed + " bytes cannot decompress to the " + declared + " that they claim");
        }
        return (int) declared;
    }

    /**
     * Refuses a frame whose header does not promise a checksum of the content: LZ4 and Zstandard keep that flag at the
     * same place, behind the magic number.
     */
    final void requireChecksum(Bytes frame, int magic) {
        byte[] start = frame.slice(0, Math.min(frame.size(), FRAME_FLAGS + 1)).toArray();
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (start.length <= FRAME_FLAGS || header.getInt(0) != magic)
            throw corrupt(0, "this is not the start of a " + name + " frame");
        if ((start[FRAME_FLAGS] & CHECKSUM_FLAG) == 0)
            throw corrupt(FRAME_FLAGS, "the frame has no checksum of its content");
    }

    /** Returns the level, or says what would be one. */
    static int level(String codec, int level, int min, int max) {
        if (level < min || level > max) {
            throw new IllegalArgumentException(codec + " level " + level + " is not between " + min + " and " + max);
        }
        return level;
    }

    @Override
    public final String toString() {
        return name;
    }
}
