package io.partd.arrow.testing;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Memory of allocators that is as large as asked for, between fences: a write beside it fails when it is released. */
public final class FencedMemory extends AllocationManager {
    private static final int FENCE = 128;
    private static final byte PATTERN = 0x5A;
    private static final byte RUBBISH = (byte) 0xC3;

    private static final AtomicLong ALLOCATED = new AtomicLong();

    private final long address;
    private final long size;

    private FencedMemory(BufferAllocator accountant, long size) {
        super(accountant);
        this.size = size;
        ALLOCATED.addAndGet(size);
        this.address = MemoryUtil.allocateMemory(size + 2 * FENCE);
        MemoryUtil.setMemory(address, FENCE, PATTERN);
        MemoryUtil.setMemory(address + FENCE, size, RUBBISH);
        MemoryUtil.setMemory(address + FENCE + size, FENCE, PATTERN);
    }

    /** How many bytes were allocated so far; memory that allocators only wrap does not count. */
    public static long allocated() {
        return ALLOCATED.get();
    }

    /** An allocator of such memory. */
    public static BufferAllocator allocator(long limit) {
        return new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(new Fences())
                .roundingPolicy(size -> size)
                .maxAllocation(limit)
                .build());
    }

    @Override
    public long getSize() {
        return size;
    }

    @Override
    protected long memoryAddress() {
        return address + FENCE;
    }

    @Override
    protected void release0() {
        for (int i = 0; i < FENCE; i++) {
            assertEquals(PATTERN, MemoryUtil.getByte(address + i), "written before a buffer of " + size + " bytes");
            assertEquals(
                    PATTERN,
                    MemoryUtil.getByte(address + FENCE + size + i),
                    "written behind a buffer of " + size + " bytes");
        }
        MemoryUtil.freeMemory(address);
    }

    private static final class Fences implements Factory {
        @Override
        public AllocationManager create(BufferAllocator accountant, long size) {
            return new FencedMemory(accountant, size);
        }

        @Override
        public ArrowBuf empty() {
            return new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);
        }
    }
}
