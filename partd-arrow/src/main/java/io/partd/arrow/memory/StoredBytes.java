package io.partd.arrow.memory;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A key's bytes, read by position. A range within one piece is not copied where it need not be. For one thread. */
public final class StoredBytes {
    private final Bytes bytes;
    private final List<Bytes> parts;
    private final long[] starts;
    private int current;
    private int loadedPart = -1;
    private ByteBuffer loaded;

    public StoredBytes(Bytes bytes) {
        this.bytes = bytes;
        parts = bytes.parts();
        starts = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            starts[i + 1] = starts[i] + parts.get(i).size();
        }
    }

    public long size() {
        return starts[starts.length - 1];
    }

    /** A view of the range, which has at most 1 GiB, or a copy where it lies in several pieces; little endian. */
    public ByteBuffer read(long from, long to) {
        int part = find(from);
        if (to > starts[part + 1]) return copy(from, to);
        int start = (int) (from - starts[part]);
        if (part == loadedPart) return loaded.slice(start, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
        return single(slice(from, to));
    }

    /** The range as bytes, in place. */
    public Bytes slice(long from, long to) {
        int part = find(from);
        if (to > starts[part + 1]) return bytes.slice(from, to);
        return parts.get(part).slice(from - starts[part], to - starts[part]);
    }

    /** Reads the whole piece around a position, if it is of moderate size, so that many small reads of it are cheap. */
    public void loadPiece(long position, long limit) {
        int part = find(position);
        if (part == loadedPart || parts.get(part).size() > limit) return;
        loaded = single(parts.get(part));
        loadedPart = part;
    }

    private int find(long position) {
        if (position >= starts[current] && position < starts[current + 1]) return current;
        int found = Arrays.binarySearch(starts, position);
        current = found >= 0 ? found : -found - 2;
        return current;
    }

    private ByteBuffer copy(long from, long to) {
        ByteBuffer copy = ByteBuffer.allocate((int) (to - from));
        for (int part = find(from); copy.hasRemaining(); part++) {
            long start = Math.max(from, starts[part]);
            long end = Math.min(to, starts[part + 1]);
            parts.get(part).slice(start - starts[part], end - starts[part]).copyTo(copy);
        }
        return copy.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer single(Bytes bytes) {
        List<ByteBuffer> buffers = bytes.buffers();
        if (buffers.size() == 1) return buffers.get(0).slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer copy = ByteBuffer.allocate((int) bytes.size());
        for (ByteBuffer buffer : buffers) copy.put(buffer);
        return copy.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
