package io.partd.arrow.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

import static org.apache.arrow.memory.util.MemoryUtil.copyMemory;

/** Keeps the memory alive that batches point into, until it is closed. For one thread. */
public final class Arena implements AutoCloseable {
    /** Larger ranges are read in pieces. */
    private static final long MAX_READ = 64 << 20;

    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final List<Region> regions = new ArrayList<>(1);
    private long copied;

    public Arena(BufferAllocator allocator, ScratchPool scratch) {
        this.allocator = allocator;
        this.scratch = scratch;
    }

    /** The address at which a range of stored bytes can be read: in place where it is mapped, else of a copy. */
    public long address(StoredBytes src, long from, long to) {
        if (to - from > MAX_READ) return copyLarge(src, from, to);
        ByteBuffer bytes = src.read(from, to);
        if (bytes.isDirect()) return add(Region.view(bytes));
        ByteBuffer copy = take(bytes.limit());
        copy.put(bytes);
        return BufferAddress.of(copy);
    }

    private long copyLarge(StoredBytes src, long from, long to) {
        long copy = allocate(to - from).memoryAddress();
        for (long at = from; at < to; at += MAX_READ) {
            long end = Math.min(to, at + MAX_READ);
            try (Arena piece = new Arena(allocator, scratch)) {
                copyMemory(piece.address(src, at, end), copy + (at - from), end - at);
            }
        }
        return copy;
    }

    private long add(Region region) {
        regions.add(region);
        return region.address;
    }

    /** Memory of the allocator, which is released at the end. */
    public ArrowBuf allocate(long size) {
        ArrowBuf buffer = allocator.buffer(size);
        copied += size;
        add(Region.copy(buffer, size));
        return buffer;
    }

    /** A direct buffer with room for that many bytes, which goes back to the pool at the end. */
    public ByteBuffer take(int size) {
        ByteBuffer buffer = scratch.take(size);
        copied += buffer.capacity();
        add(Region.scratch(buffer, size, scratch));
        return buffer;
    }

    /** The bytes of memory that it took, beside what is read in place. */
    public long copied() {
        return copied;
    }

    /** The memory at an address as a buffer that outlives this arena. The caller releases it. */
    public ArrowBuf export(long address, long size) {
        if (size == 0) return allocator.getEmpty();
        for (Region region : regions) {
            if (address >= region.address && address + size <= region.address + region.size) {
                return region.export(address, size, allocator);
            }
        }
        throw new IllegalStateException("no memory of this arena has " + size + " bytes at " + address);
    }

    @Override
    public void close() {
        regions.forEach(Region::close);
        regions.clear();
    }
}
