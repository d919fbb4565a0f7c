package io.partd.arrow.compression;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Decompresses untrusted LZ4 frames into a buffer of the right size. For one thread. */
final class Lz4Decoder {
    /** No byte of a block stands for more: it lengthens a match by 255 at most. */
    private static final long MAX_RATIO = 255;

    private static final LZ4SafeDecompressor SAFE = LZ4Factory.fastestInstance().safeDecompressor();

    private final FrameInput in;
    private final ByteBuffer out;
    private final Lz4FrameReader reader;

    private Lz4Decoder(FrameInput in, ByteBuffer out) {
        this.in = in;
        this.out = out;
        this.reader = new Lz4FrameReader(in);
    }

    /** Fills {@code out}, or throws. */
    static void decode(FrameInput in, ByteBuffer out) {
        Lz4Decoder decoder = new Lz4Decoder(in, out);
        while (decoder.reader.nextFrame()) decoder.frame();
        if (out.hasRemaining()) throw in.corrupt("the LZ4 frames end " + out.remaining() + " bytes too early");
    }

    /** The most bytes that the frames can decompress to. */
    static long maxUncompressed(FrameInput in) {
        Lz4FrameReader reader = new Lz4FrameReader(in);
        long sum = 0;
        while (reader.nextFrame()) sum += maxUncompressed(in, reader);
        return sum;
    }

    private static long maxUncompressed(FrameInput in, Lz4FrameReader reader) {
        Lz4Frame frame = reader.frame();
        long most = 0;
        while (reader.nextBlock()) {
            long length = reader.blockLength();
            most += reader.isStored() ? length : Math.min(frame.maxBlock(), MAX_RATIO * length);
            reader.skipBlock();
        }
        if (frame.contentChecksum()) in.skip(Integer.BYTES);
        if (frame.contentSize() == Lz4Frame.UNKNOWN) return most;
        if (frame.contentSize() > most) {
            throw in.corrupt("the LZ4 frame claims " + frame.contentSize() + " bytes: its blocks hold at most " + most);
        }
        return frame.contentSize();
    }

    private void frame() {
        Lz4Frame frame = reader.frame();
        int start = out.position();
        while (reader.nextBlock()) {
            int length = reader.isStored() ? copyBlock() : decodeBlock(start);
            out.position(out.position() + length);
            reader.finishBlock();
        }
        int size = out.position() - start;
        if (frame.contentSize() != Lz4Frame.UNKNOWN && frame.contentSize() != size) {
            throw in.corrupt("the LZ4 frame claims " + frame.contentSize() + " bytes, and holds " + size);
        }
        if (frame.contentChecksum() && in.readInt() != Lz4Frame.checksum(out, start, size)) {
            throw in.corrupt("the checksum of the LZ4 frame's content does not match");
        }
    }

    private int copyBlock() {
        int length = reader.blockLength();
        if (length > out.remaining()) throw in.corrupt("the LZ4 frames hold more bytes than they claim");
        out.put(out.position(), in.buffer(), in.position(), length);
        return length;
    }

    private int decodeBlock(int frameStart) {
        int from = in.position();
        int to = out.position();
        int length = reader.blockLength();
        int room = Math.min(reader.frame().maxBlock(), out.remaining());
        // lz4-java's decompressor knows nothing of earlier blocks, and takes a reference to them for corruption.
        boolean linked = reader.frame().linked() && to > frameStart;
        if (linked) return new Lz4LinkedBlock(in, length, out, frameStart, room).decode();
        try {
            return SAFE.decompress(in.buffer(), from, length, out, to, room);
        } catch (LZ4Exception e) {
            throw in.corrupt("an LZ4 block cannot be decompressed to at most " + room + " bytes", e);
        }
    }
}
