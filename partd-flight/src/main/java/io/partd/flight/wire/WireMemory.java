package io.partd.flight.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Where what is received lies. Netty gives a chunk of memory back as soon as it has been a quarter full and is empty
 * again: with gRPC's own of 2 MiB, and messages of 1 MiB, that is after almost each of them, and a new chunk is
 * cleared. These are larger.
 */
final class WireMemory {
    private static final int PAGE = 8 << 10;
    private static final int MOST_ARENAS = 4;
    /** Of 16 and of 2 MiB: a page times a power of two. */
    private static final int LARGEST_ORDER = 11;

    private static final int SMALLEST_ORDER = 8;

    /** For all clients of this JVM. */
    static final ByteBufAllocator OF_CLIENTS = allocator(LARGEST_ORDER);

    private WireMemory() {}

    /** For a server that has so much memory, of which a chunk is a small part. */
    static ByteBufAllocator ofServer(long memoryBytes) {
        int order = SMALLEST_ORDER;
        while (order < LARGEST_ORDER && (long) PAGE << order < memoryBytes / 32) order++;
        return allocator(order);
    }

    private static ByteBufAllocator allocator(int order) {
        return new PooledByteBufAllocator(
                true,
                0,
                Math.min(MOST_ARENAS, Runtime.getRuntime().availableProcessors()),
                PAGE,
                order,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                true);
    }
}
