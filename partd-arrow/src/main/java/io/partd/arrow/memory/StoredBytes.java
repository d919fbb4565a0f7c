package io.partd.arrow.memory;

import io.partd.Bytes;
import io.partd.base.PieceValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A key's bytes, read by position. A range within one piece is not copied where it need not be. For one thread. */
public final class StoredBytes {
    private static final PieceValues<Bytes> VALUES = PieceValues.of(Bytes.class);

    private final Bytes bytes;
    private final List<Bytes> parts;
    private final long[] starts;
    private int current;
    private int loadedPart = -1;
    private final boolean far;
    /** By where it begins: what was read before it was asked for. */
    private final NavigableMap<Long, ByteBuffer> held = new TreeMap<>();

    private ByteBuffer loaded;

    public StoredBytes(Bytes bytes) {
        this.bytes = bytes;
        parts = bytes.parts();
        far = VALUES.isFar(bytes);
        starts = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            starts[i + 1] = starts[i] + parts.get(i).size();
        }
    }

    public long size() {
        return starts[starts.length - 1];
    }

    /** Whether each read of them costs a request, so that many should be made together. */
    public boolean isFar() {
        return far;
    }

    /**
     * Reads ranges together, and has them at hand until the next call: by turns where they begin and where they end.
     */
    public void hold(long... bounds) {
        held.clear();
        List<ByteBuffer> buffers = bytes.buffers(bounds);
        for (int i = 0; i < buffers.size(); i++) held.put(bounds[2 * i], buffers.get(i));
    }

    /** What is at hand of a range, all of it or null. */
    private ByteBuffer held(long from, long to) {
        Map.Entry<Long, ByteBuffer> before = held.floorEntry(from);
        if (before == null || before.getKey() + before.getValue().limit() < to) return null;
        int start = (int) (from - before.getKey());
        return before.getValue().slice(start, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A view of the range, which has at most 1 GiB, or a copy where it lies in several pieces; little endian. */
    public ByteBuffer read(long from, long to) {
        ByteBuffer here = held.isEmpty() ? null : held(from, to);
        if (here != null) return here;
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
        if (far) return; // what will be wanted of it is read ahead
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
