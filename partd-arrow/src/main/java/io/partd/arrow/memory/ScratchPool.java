package io.partd.arrow.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Direct buffers that are used again, for fresh ones cost a page fault for each 4 KiB. Safe for several threads. */
public final class ScratchPool {
    private static final int SMALLEST = 64 << 10;
    private static final long RETAINED = 64 << 20;

    private final long maxRetained;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private long retained;

    public ScratchPool() {
        this(RETAINED);
    }

    /** A pool that keeps up to so many bytes that are not in use. */
    public ScratchPool(long bytes) {
        maxRetained = Math.max(bytes, RETAINED);
    }

    /** A little-endian buffer with room for that many bytes at least, and any content. */
    public ByteBuffer take(int size) {
        synchronized (this) {
            for (Iterator<ByteBuffer> each = free.iterator(); each.hasNext(); ) {
                ByteBuffer buffer = each.next();
                if (buffer.capacity() < size) continue;
                each.remove();
                retained -= buffer.capacity();
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(capacity(size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A power of two, or halfway to it, so that what comes next fits too. */
    private static int capacity(int size) {
        if (size <= SMALLEST) return SMALLEST;
        if (size > 1 << 30) return size;
        int power = Integer.highestOneBit(size - 1) << 1;
        int between = power / 4 * 3;
        return size <= between ? between : power;
    }

    public synchronized void give(ByteBuffer buffer) {
        if (retained + buffer.capacity() > maxRetained) return;
        free.addFirst(buffer);
        retained += buffer.capacity();
    }

    public synchronized void clear() {
        free.clear();
        retained = 0;
    }
}
