package io.partd.flight.client;

import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The bytes of what a DoGet call answers, as they come. For one thread. */
final class PulledStream extends InputStream {
    private static final int ALIGNMENT = 8;

    private final PulledFrames frames;
    private final Function<Frame, List<ByteBuffer>> parts;
    /** What to throw when the call fails on the way. */
    private final Function<CallFailure, IOException> failed;

    private final Deque<ByteBuffer> left = new ArrayDeque<>();
    private Frame frame;
    private long expected = -1;
    private long given;

    private PulledStream(
            PulledFrames frames, Function<Frame, List<ByteBuffer>> parts, Function<CallFailure, IOException> failed) {
        this.frames = frames;
        this.parts = parts;
        this.failed = failed;
    }

    /** The messages of a table, as an Arrow IPC stream has them. */
    static PulledStream ofTable(PulledFrames frames, Function<CallFailure, IOException> failed) {
        return new PulledStream(frames, PulledStream::message, failed);
    }

    /** The bytes of one key, whose number goes ahead. */
    static PulledStream ofBytes(PulledFrames frames, Function<CallFailure, IOException> failed) throws IOException {
        PulledStream stream = new PulledStream(frames, frame -> frame.body, failed);
        byte[] size = stream.readNBytes(Long.BYTES);
        if (size.length < Long.BYTES) throw new IOException("the server sent no size");
        stream.expected = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getLong();
        stream.given = 0;
        return stream;
    }

    /** A message with what stands before it in a stream. */
    private static List<ByteBuffer> message(Frame frame) {
        int padded = (frame.header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(ALIGNMENT + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(-1).putInt(padded).put(frame.header).rewind();
        List<ByteBuffer> parts = new ArrayList<>(frame.body.size() + 1);
        parts.add(head);
        parts.addAll(frame.body);
        return parts;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, to.length);
        if (length == 0) return 0;
        while (left.isEmpty() || !left.peek().hasRemaining()) {
            if (left.poll() == null && !advance()) return end();
        }
        ByteBuffer part = left.peek();
        int count = Math.min(length, part.remaining());
        part.get(to, from, count);
        given += count;
        return count;
    }

    private int end() throws IOException {
        if (expected >= 0 && given != expected) {
            throw new IOException("the server sent " + given + " bytes and had announced " + expected);
        }
        return -1;
    }

    private boolean advance() throws IOException {
        if (frame != null) frame.close();
        frame = null;
        try {
            frame = frames.next();
        } catch (CallFailure e) {
            throw failed.apply(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for the server");
        }
        if (frame == null) return false;
        if (frame.defect != null) throw new IOException("the server sent what is no answer: " + frame.defect);
        left.addAll(parts.apply(frame));
        return true;
    }

    @Override
    public void close() {
        left.clear();
        if (frame != null) frame.close();
        frame = null;
        frames.close();
    }
}
