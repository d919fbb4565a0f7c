package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Collects output of unknown length in chunks, so that nothing is copied as it grows and nothing is allocated for what
 * may not come. For one thread.
 */
final class GrowingOutput extends OutputStream {
    private static final int MIN_CHUNK = 512;
    private static final int MAX_CHUNK = 1 << 20;

    private final List<ByteBuffer> full = new ArrayList<>();
    private final String codec;
    private final long limit;
    private byte[] chunk;
    private int position;
    private long size;

    private GrowingOutput(String codec, long expected, long limit) {
        this.codec = codec;
        this.limit = limit;
        this.chunk = new byte[(int) Math.max(MIN_CHUNK, Math.min(MAX_CHUNK, expected))];
    }

    /** For what a codec compresses to, probably about {@code expected} bytes. */
    static GrowingOutput compressed(long expected) {
        return new GrowingOutput("", expected, Long.MAX_VALUE);
    }

    /** For what {@code codec} decodes, probably about {@code expected} bytes; more than {@code limit} is corrupt. */
    static GrowingOutput decoded(String codec, long expected, int limit) {
        return new GrowingOutput(codec, expected, limit);
    }

    /** The chunk to write into, from {@link #position()} to its end, which leaves room. */
    byte[] array() {
        if (position == chunk.length) {
            full.add(ByteBuffer.wrap(chunk));
            chunk = new byte[(int) Math.max(MIN_CHUNK, Math.min(MAX_CHUNK, size))];
            position = 0;
        }
        return chunk;
    }

    int position() {
        return position;
    }

    /** Takes the next bytes of the chunk as written. */
    void advance(int count) {
        position += count;
        size += count;
        if (size > limit) {
            throw new CorruptPartdException(codec, 0, "it decompresses to more than " + limit + " bytes");
        }
    }

    @Override
    public void write(int b) {
        array()[position] = (byte) b;
        advance(1);
    }

    @Override
    public void write(byte[] src, int off, int len) {
        Objects.checkFromIndexSize(off, len, src.length);
        int from = off;
        while (from < off + len) {
            byte[] dst = array();
            int count = Math.min(off + len - from, dst.length - position);
            System.arraycopy(src, from, dst, position, count);
            advance(count);
            from += count;
        }
    }

    /** Writes all that a decoder gives. */
    GrowingOutput readAll(InputStream in) throws IOException {
        while (true) {
            byte[] dst = array();
            int count = in.read(dst, position, dst.length - position);
            if (count < 0) return this;
            advance(count);
        }
    }

    long size() {
        return size;
    }

    /** Everything written; a last chunk that is mostly empty is not kept alive by its few bytes. */
    Bytes toBytes() {
        boolean sparse = position < chunk.length - chunk.length / 4;
        full.add(sparse ? ByteBuffer.wrap(Arrays.copyOf(chunk, position)) : ByteBuffer.wrap(chunk, 0, position));
        return Bytes.of(full.toArray(ByteBuffer[]::new));
    }
}
