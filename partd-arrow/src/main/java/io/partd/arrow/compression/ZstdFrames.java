package io.partd.arrow.compression;

/** Walks over untrusted Zstandard frames (RFC 8878), block by block, to bound what they decompress to. */
final class ZstdFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final long MAX_BLOCK = 128 << 10;
    private static final long UNKNOWN = -1;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 0x08;
    private static final int CHECKSUM = 0x04;
    private static final int DICTIONARY_MASK = 0x03;

    private static final int RAW = 0;
    private static final int RUN = 1;
    private static final int COMPRESSED = 2;

    private final FrameInput in;

    private ZstdFrames(FrameInput in) {
        this.in = in;
    }

    static long maxUncompressed(FrameInput in) {
        ZstdFrames frames = new ZstdFrames(in);
        long sum = 0;
        while (in.nextFrame(MAGIC)) sum += frames.frame();
        return sum;
    }

    private long frame() {
        int descriptor = in.readByte();
        if ((descriptor & RESERVED) != 0) throw in.corrupt("a reserved flag of the Zstandard frame is set");
        if ((descriptor & DICTIONARY_MASK) != 0) throw in.corrupt("the Zstandard frame needs a dictionary");
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        if (!single) in.skip(1); // the window, which the memory that is filled makes needless
        long contentSize = contentSize(descriptor >> 6, single);
        long most = blocks();
        if ((descriptor & CHECKSUM) != 0) in.skip(Integer.BYTES);
        if (contentSize == UNKNOWN) return most;
        if (contentSize > most) {
            throw in.corrupt("the Zstandard frame claims " + contentSize + " bytes: its blocks hold at most " + most);
        }
        return contentSize;
    }

    private long contentSize(int code, boolean single) {
        return switch (code) {
            case 0 -> single ? in.readByte() : UNKNOWN;
            case 1 -> in.readShort() + 256;
            case 2 -> Integer.toUnsignedLong(in.readInt());
            default -> knownSize(in.readLong());
        };
    }

    /** A size of 64 bits, of which none is as large as the number that stands for an unknown one. */
    private long knownSize(long size) {
        if (size < 0) throw in.corrupt("the Zstandard frame claims " + Long.toUnsignedString(size) + " bytes");
        return size;
    }

    private long blocks() {
        long sum = 0;
        boolean last;
        do {
            int header = in.readShort() | in.readByte() << 16;
            last = (header & 1) != 0;
            sum += block(header >> 1 & 3, header >> 3);
        } while (!last);
        return sum;
    }

    /** Skips a block, and returns the most bytes that it holds. */
    private long block(int type, int size) {
        if (size > MAX_BLOCK) throw in.corrupt("a Zstandard block of " + size + " bytes: at most " + MAX_BLOCK);
        in.skip(type == RUN ? 1 : size);
        return switch (type) {
            case RAW, RUN -> size;
            case COMPRESSED -> MAX_BLOCK;
            default -> throw in.corrupt("a Zstandard block of the reserved type");
        };
    }
}
