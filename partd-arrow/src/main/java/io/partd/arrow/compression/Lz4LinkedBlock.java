package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;

/**
 * Decompresses one untrusted LZ4 block (lz4/lz4, lz4_Block_format.md) that may refer to the bytes before its own, which
 * lz4-java cannot do. Checks every length before it copies, and writes nowhere but into the room that it is given.
 */
final class Lz4LinkedBlock {
    private static final int LONG_LENGTH = 15;
    private static final int MIN_MATCH = 4;

    /** Longer runs are worth a call that copies them at once. */
    private static final int SHORT_RUN = 64;

    private final FrameInput input;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final int inEnd;
    private final int outStart;
    private final int outEnd;
    private final int window;
    private int inAt;
    private int outAt;

    /** Reads the input's next bytes, and writes at most {@code room} bytes at the position of {@code out}. */
    Lz4LinkedBlock(FrameInput input, int length, ByteBuffer out, int window, int room) {
        this.input = input;
        this.in = input.buffer();
        this.inAt = input.position();
        this.inEnd = inAt + length;
        this.out = out;
        this.outAt = out.position();
        this.outStart = outAt;
        this.outEnd = outAt + room;
        this.window = window;
    }

    /** Returns how many bytes it wrote. */
    int decode() {
        while (true) {
            int token = next();
            literals(length(token >> 4));
            if (inAt == inEnd) return outAt - outStart;
            int offset = next() | next() << 8;
            match(offset, MIN_MATCH + length(token & LONG_LENGTH));
        }
    }

    private int next() {
        if (inAt == inEnd) throw corrupt("it ends within a sequence");
        return in.get(inAt++) & 0xff;
    }

    /** A block has at most 4 MiB, so the sum of its bytes is an int. */
    private int length(int start) {
        int length = start;
        if (start < LONG_LENGTH) return length;
        int more;
        do {
            more = next();
            length += more;
        } while (more == 0xff);
        return length;
    }

    private void literals(int length) {
        if (length > inEnd - inAt) throw corrupt(length + " literals where " + (inEnd - inAt) + " bytes are left");
        requireRoom(length);
        if (length <= SHORT_RUN) copyShort(in, inAt, length, inEnd);
        else out.put(outAt, in, inAt, length);
        inAt += length;
        outAt += length;
    }

    private void match(int offset, int length) {
        if (offset == 0 || offset > outAt - window) throw corrupt("a match " + offset + " bytes back");
        requireRoom(length);
        int from = outAt - offset;
        if (offset < Long.BYTES) repeat(from, offset, length);
        else if (length <= SHORT_RUN) copyShort(out, from, length, outEnd);
        else copyLong(from, offset, length);
        outAt += length;
    }

    private void requireRoom(int length) {
        if (length > outEnd - outAt) throw corrupt("it holds more than " + (outEnd - outStart) + " bytes");
    }

    /** Eight bytes at a time, of which the last may be too many where both sides have the room for it. */
    private void copyShort(ByteBuffer src, int from, int length, int srcEnd) {
        int whole = length + Long.BYTES - 1 & -Long.BYTES;
        boolean roomy = whole <= outEnd - outAt && whole <= srcEnd - from;
        int longs = roomy ? whole : length & -Long.BYTES;
        int done = 0;
        for (; done < longs; done += Long.BYTES) out.putLong(outAt + done, src.getLong(from + done));
        for (; done < length; done++) out.put(outAt + done, src.get(from + done));
    }

    /** A match may reach into what it writes: never more than lies between the two is copied at once. */
    private void copyLong(int from, int offset, int length) {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, offset + done);
            out.put(outAt + done, out, from, count);
            done += count;
        }
    }

    private void repeat(int from, int offset, int length) {
        int head = Math.min(length, Long.BYTES * offset);
        for (int i = 0; i < head; i++) out.put(outAt + i, out.get(from + i));
        if (head < length) repeatFrom(head, length);
    }

    /** Continues a run of which {@code done} bytes, a multiple of its period, are written. */
    private void repeatFrom(int done, int length) {
        for (int at = done; at < length; ) {
            int count = Math.min(length - at, at);
            out.put(outAt + at, out, outAt, count);
            at += count;
        }
    }

    private CorruptPartdException corrupt(String reason) {
        return input.corrupt("a linked LZ4 block is broken: " + reason);
    }
}
