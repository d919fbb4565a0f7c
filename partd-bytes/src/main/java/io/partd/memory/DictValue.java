package io.partd.memory;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one key holds: blocks that grow with the value, all full but the last, so that small chunks cost no object each.
 *
 * <p>Chunks are first staged, beyond what is published, and then published or given up; nothing published is ever
 * overwritten, so a value that was handed out stays as it is without a copy. One thread stages at a time;
 * {@link #publish} and the reading methods are ordered by the store's read-write lock.
 */
final class DictValue {
    private static final int MAX_SPARE = 1 << 20;
    private static final int LARGE_CHUNK = 64 << 10;
    private static final int MAX_BLOCK = 64 << 20;
    private static final long ABSENT = -1;

    private byte[][] blocks;
    private long size = ABSENT;

    private byte[][] stagedBlocks = new byte[1][];
    private int stagedCount;
    private long stagedSize;
    /** How much of the last block is free. */
    private int free;

    DictValue() {
        blocks = stagedBlocks;
    }

    boolean exists() {
        return size != ABSENT;
    }

    long stagedSize() {
        return stagedSize;
    }

    /** Copies the chunk behind what is there; nobody sees it before it is published. */
    void stage(Bytes chunk) {
        long length = chunk.size();
        if (length <= free) {
            copyIn(chunk);
            return;
        }
        long from = free;
        if (from > 0) copyIn(chunk.slice(0, from));
        while (from < length) {
            long to = Math.min(length, from + MAX_BLOCK);
            addBlock((int) (to - from));
            copyIn(from == 0 && to == length ? chunk : chunk.slice(from, to));
            from = to;
        }
    }

    private void copyIn(Bytes chunk) {
        int length = (int) chunk.size();
        if (length == 0) return;
        byte[] block = stagedBlocks[stagedCount - 1];
        chunk.copyTo(ByteBuffer.wrap(block, block.length - free, length));
        free -= length;
        stagedSize += length;
    }

    private void addBlock(int needed) {
        if (stagedCount == stagedBlocks.length)
            stagedBlocks = Arrays.copyOf(stagedBlocks, stagedCount + stagedCount / 2 + 1);
        int spare = needed >= LARGE_CHUNK ? 0 : (int) Math.min(MAX_SPARE, stagedSize / 2);
        byte[] block = new byte[Math.max(needed, spare)];
        stagedBlocks[stagedCount++] = block;
        free = block.length;
    }

    /** Makes what was staged part of the value; allocates nothing, so it cannot fail. */
    void publish() {
        blocks = stagedBlocks;
        size = stagedSize;
    }

    /** Gives up what was staged; allocates nothing. */
    void unstage() {
        stagedBlocks = blocks;
        stagedSize = Math.max(size, 0);
        long capacity = 0;
        stagedCount = 0;
        while (capacity < stagedSize) capacity += blocks[stagedCount++].length;
        free = (int) (capacity - stagedSize);
        Arrays.fill(blocks, stagedCount, blocks.length, null);
    }

    /** The published value, as views of the blocks. */
    Bytes value() {
        if (size <= 0) return Bytes.EMPTY;
        List<ByteBuffer> views = new ArrayList<>();
        long left = size;
        for (int i = 0; left > 0; i++) {
            int length = (int) Math.min(left, blocks[i].length);
            views.add(ByteBuffer.wrap(blocks[i], 0, length));
            left -= length;
        }
        return Bytes.of(views.toArray(ByteBuffer[]::new));
    }

    /** The bytes of memory that the blocks take. */
    long capacity() {
        return Math.max(size, 0) + free;
    }
}
