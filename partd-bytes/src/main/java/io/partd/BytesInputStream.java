package io.partd;

import io.partd.base.PieceReader;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The bytes as a stream. */
final class BytesInputStream extends InputStream {
    private final PieceReader reader;

    BytesInputStream(Bytes bytes) {
        this.reader = bytes.reader();
    }

    @Override
    public int read() {
        return reader.remainingHere() == 0 ? -1 : reader.next(1).get() & 0xff;
    }

    @Override
    public int read(byte[] dst, int off, int len) {
        Objects.checkFromIndexSize(off, len, dst.length);
        if (len == 0) return 0;
        if (!reader.hasRemaining()) return -1;
        int read = 0;
        while (read < len && reader.hasRemaining()) {
            ByteBuffer part = reader.next(Math.min(len - read, reader.remainingHere()));
            int length = part.remaining();
            part.get(dst, off + read, length);
            read += length;
        }
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(reader.remaining(), Integer.MAX_VALUE);
    }
}
