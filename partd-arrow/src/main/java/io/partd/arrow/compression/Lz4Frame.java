package io.partd.arrow.compression;

import java.nio.ByteBuffer;
import java.util.Locale;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The descriptor of an LZ4 frame (lz4/lz4, lz4_Frame_format.md), which follows its magic number.
 *
 * @param maxBlock no block decompresses to more bytes
 * @param linked whether a block may refer to bytes of those before it
 * @param blockChecksums whether each block is followed by the checksum of its bytes
 * @param contentChecksum whether the frame ends with the checksum of what it decompresses to
 * @param contentSize the bytes that it decompresses to, or {@link #UNKNOWN}
 */
record Lz4Frame(int maxBlock, boolean linked, boolean blockChecksums, boolean contentChecksum, long contentSize) {
    static final int MAGIC = 0x184D2204;
    static final long UNKNOWN = -1;

    /** What {@link #write} writes: magic number, flags, block size, content size and the checksum of these. */
    static final int WRITTEN_BYTES = 15;

    private static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();
    private static final int VERSION = 0x40;
    private static final int VERSION_MASK = 0xC0;
    private static final int INDEPENDENT = 0x20;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED = 0x02;
    private static final int DICTIONARY = 0x01;
    private static final int MIN_BLOCK_CODE = 4;
    private static final int MAX_BLOCK_CODE = 7;

    /** The size that a code from 4 to 7 stands for: 64 KiB, 256 KiB, 1 MiB or 4 MiB. */
    static int maxBlock(int code) {
        return 1 << 8 + 2 * code;
    }

    static int checksum(ByteBuffer bytes, int from, int length) {
        return HASH.hash(bytes, from, length, 0);
    }

    /** Starts a frame of independent blocks without checksums. */
    static void write(ByteBuffer out, int blockCode, long contentSize) {
        out.putInt(MAGIC);
        int start = out.position();
        out.put((byte) (VERSION | INDEPENDENT | CONTENT_SIZE));
        out.put((byte) (blockCode << 4)).putLong(contentSize);
        out.put((byte) (checksum(out, start, out.position() - start) >> 8));
    }

    /** Reads and checks what follows the magic number. */
    static Lz4Frame read(FrameInput in) {
        int start = in.position();
        int flags = in.readByte();
        checkFlags(in, flags);
        int blockCode = blockCode(in);
        long contentSize = (flags & CONTENT_SIZE) == 0 ? UNKNOWN : contentSize(in);
        int expected = checksum(in.buffer(), start, in.position() - start) >> 8 & 0xff;
        if (in.readByte() != expected) throw in.corrupt("the checksum of the LZ4 frame's header does not match");
        return new Lz4Frame(
                maxBlock(blockCode),
                (flags & INDEPENDENT) == 0,
                (flags & BLOCK_CHECKSUMS) != 0,
                (flags & CONTENT_CHECKSUM) != 0,
                contentSize);
    }

    private static void checkFlags(FrameInput in, int flags) {
        if ((flags & VERSION_MASK) != VERSION) {
            throw in.corrupt("the LZ4 frame has version " + (flags >> 6) + ": expected 1");
        }
        if ((flags & RESERVED) != 0) throw in.corrupt("a reserved flag of the LZ4 frame is set");
        if ((flags & DICTIONARY) != 0) throw in.corrupt("the LZ4 frame needs a dictionary");
    }

    private static int blockCode(FrameInput in) {
        int descriptor = in.readByte();
        int code = descriptor >> 4;
        if (code < MIN_BLOCK_CODE || code > MAX_BLOCK_CODE || (descriptor & 0x0f) != 0) {
            throw in.corrupt(String.format(Locale.ROOT, "0x%02X is no block size of an LZ4 frame", descriptor));
        }
        return code;
    }

    private static long contentSize(FrameInput in) {
        long size = in.readLong();
        if (size < 0) throw in.corrupt("the LZ4 frame claims " + Long.toUnsignedString(size) + " bytes");
        return size;
    }
}
