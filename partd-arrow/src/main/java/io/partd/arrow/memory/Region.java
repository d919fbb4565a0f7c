package io.partd.arrow.memory;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.memory.util.MemoryUtil;

/** Some memory of an arena: a mapped file, a copy, or a direct buffer of a pool. For one thread. */
final class Region {
    /** In bytes; less is copied faster than it is wrapped. */
    private static final long WRAP_FROM = 32 << 10;

    final long address;
    final long size;
    private final ByteBuffer bytes;
    private final ScratchPool pool;
    /** The memory as Arrow counts it, once there is such a buffer. */
    private ArrowBuf buffer;

    private boolean wrapped;

    private Region(long address, long size, ByteBuffer bytes, ScratchPool pool, ArrowBuf buffer) {
        this.address = address;
        this.size = size;
        this.bytes = bytes;
        this.pool = pool;
        this.buffer = buffer;
    }

    static Region view(ByteBuffer bytes) {
        return new Region(BufferAddress.of(bytes), bytes.limit(), bytes, null, null);
    }

    /** The first bytes of a buffer that may have room for many more, and goes back to the pool. */
    static Region scratch(ByteBuffer bytes, long size, ScratchPool pool) {
        return new Region(BufferAddress.of(bytes), size, bytes, pool, null);
    }

    static Region copy(ArrowBuf buffer, long size) {
        return new Region(buffer.memoryAddress(), size, null, null, buffer);
    }

    /** A slice that the caller releases. Read-only in fact: it may lie in a mapped file. */
    ArrowBuf export(long from, long length, BufferAllocator allocator) {
        if (buffer == null) {
            wrapped = size >= WRAP_FROM;
            buffer = wrapped ? allocator.wrapForeignAllocation(new Foreign(this)) : copy(allocator);
        }
        ArrowBuf slice = buffer.slice(from - address, length);
        slice.getReferenceManager().retain();
        return slice;
    }

    private ArrowBuf copy(BufferAllocator allocator) {
        ArrowBuf copy = allocator.buffer(size);
        MemoryUtil.copyMemory(address, copy.memoryAddress(), size);
        return copy;
    }

    void close() {
        if (buffer != null) buffer.close();
        if (!wrapped) giveBack();
    }

    private void giveBack() {
        if (pool != null) pool.give(bytes);
    }

    /** Keeps the bytes reachable until Arrow lets go of the last slice. */
    private static final class Foreign extends ForeignAllocation {
        private final Region region;

        Foreign(Region region) {
            super(region.size, region.address);
            this.region = region;
        }

        @Override
        protected void release0() {
            region.giveBack();
        }
    }
}
