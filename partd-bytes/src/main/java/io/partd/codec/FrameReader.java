package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Splits a value into the payloads of its frames, front to back, in one pass over its pieces: each piece is read and
 * checked once, when the first frame in it is asked for. Payloads are views. For one thread.
 */
final class FrameReader {
    private final Iterator<Bytes> parts;
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private final String source;
    private final long size;
    private long position;
    private long payload;

    FrameReader(Bytes value, String source) {
        this.parts = value.parts().iterator();
        this.size = value.size();
        this.source = source;
    }

    boolean hasNext() {
        return position < size;
    }

    /** The offset of the payload that {@link #next} returned last. */
    long payloadOffset() {
        return payload;
    }

    Bytes next() {
        long start = position;
        if (size - start < Frames.HEADER) {
            throw new CorruptPartdException(
                    source, start, "a frame header of " + Frames.HEADER + " bytes is cut off after " + (size - start));
        }
        ByteBuffer header = ByteBuffer.allocate(Frames.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        for (ByteBuffer part : take(Frames.HEADER)) header.put(part);
        long length = header.getLong(0);
        check(length, start);
        payload = position;
        return Bytes.of(take(length).toArray(ByteBuffer[]::new));
    }

    /**
     * No writer makes a frame without payload, and a run of zeros, which failing disks and power loss leave, would read
     * as many of them.
     */
    private void check(long length, long start) {
        if (length <= 0 || length > size - position) {
            String problem =
                    length == 0 ? "a frame without payload" : "a frame length of " + Long.toUnsignedString(length);
            throw new CorruptPartdException(
                    source, start, problem + ", where 1 to " + (size - position) + " bytes can follow");
        }
    }

    private List<ByteBuffer> take(long length) {
        List<ByteBuffer> parts = new ArrayList<>(1);
        long left = length;
        while (left > 0) {
            ByteBuffer here = here();
            int count = (int) Math.min(left, here.remaining());
            parts.add(here.slice(here.position(), count));
            here.position(here.position() + count);
            left -= count;
        }
        position += length;
        return parts;
    }

    private ByteBuffer here() {
        while (ready.isEmpty() || !ready.element().hasRemaining()) {
            if (!ready.isEmpty()) {
                ready.remove();
            } else {
                ready.addAll(parts.next().buffers());
            }
        }
        return ready.element();
    }
}
