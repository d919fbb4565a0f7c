package io.partd.arrow.compression;

/** Walks over untrusted LZ4 frames, block by block, without decompressing them. */
final class Lz4FrameReader {
    private static final int STORED = 1 << 31;
    private static final int END_MARK = 0;

    private final FrameInput in;
    private Lz4Frame frame;
    private int length;
    private boolean stored;

    Lz4FrameReader(FrameInput in) {
        this.in = in;
    }

    boolean nextFrame() {
        if (!in.nextFrame(Lz4Frame.MAGIC)) return false;
        frame = Lz4Frame.read(in);
        return true;
    }

    Lz4Frame frame() {
        return frame;
    }

    /** Goes to the next block, whose bytes are then the input's next; false at the end of the frame. */
    boolean nextBlock() {
        int header = in.readInt();
        if (header == END_MARK) return false;
        stored = (header & STORED) != 0;
        length = header & ~STORED;
        if (length > frame.maxBlock()) {
            throw in.corrupt("a block of " + length + " bytes in an LZ4 frame with blocks of " + frame.maxBlock());
        }
        if (length > in.remaining()) {
            throw in.corrupt("a block of " + length + " bytes where " + in.remaining() + " are left");
        }
        return true;
    }

    int blockLength() {
        return length;
    }

    boolean isStored() {
        return stored;
    }

    /** Leaves the block behind, with the checksum that may follow it. */
    void skipBlock() {
        in.skip(length);
        if (frame.blockChecksums()) in.skip(Integer.BYTES);
    }

    /** Leaves the block behind, and checks it if there is a checksum. */
    void finishBlock() {
        int start = in.position();
        in.skip(length);
        if (frame.blockChecksums() && in.readInt() != Lz4Frame.checksum(in.buffer(), start, length)) {
            throw in.corrupt("the checksum of an LZ4 block does not match");
        }
    }
}
