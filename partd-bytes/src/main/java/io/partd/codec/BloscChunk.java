package io.partd.codec;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks every length and offset of a Blosc 1 chunk before native code follows them (c-blosc, README_CHUNK_FORMAT.rst):
 * a 16-byte header; the start of each block, 4 bytes each; then the blocks, each of one or more splits, a split being
 * its length in 4 bytes and its data. Immutable.
 */
final class BloscChunk {
    static final int HEADER = 16;

    private static final int VERSION = 2;
    private static final int COMPRESSOR_VERSION = 1;
    private static final int STORED = 0x02;
    private static final int RESERVED = 0x08;
    private static final int DONT_SPLIT = 0x10;
    private static final int MAX_SPLITS = 16;
    private static final int MIN_SPLIT_ITEMS = 128;

    /**
     * A run in blosclz grows by 255 for each byte, in an int: beyond 8 MiB of them its decoder would overflow. No block
     * of our own comes near.
     */
    private static final int MAX_BLOSCLZ_SPLIT = 8 << 20;

    /**
     * How far each compressor can expand, by its number in the header: blosclz and LZ4 256, Snappy 22, zlib 1032,
     * Zstandard 128 KiB from 4 bytes.
     */
    private static final int[] MAX_RATIO = {256, 256, 22, 1_040, 32 << 10};

    private final ByteBuffer chunk;
    private final int flags;
    private final int itemBytes;
    private final int decodedBytes;
    private final int blockBytes;

    private BloscChunk(byte[] bytes) {
        this.chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.length >= HEADER, 0, "the header is cut off");
        this.flags = bytes[2] & 0xff;
        this.itemBytes = bytes[3] & 0xff;
        this.decodedBytes = chunk.getInt(4);
        this.blockBytes = chunk.getInt(8);
    }

    static BloscChunk check(byte[] bytes, int limit) {
        BloscChunk chunk = new BloscChunk(bytes);
        chunk.checkHeader(limit);
        if (chunk.decodedBytes > 0 && !chunk.stored()) chunk.checkBlocks();
        return chunk;
    }

    int decodedBytes() {
        return decodedBytes;
    }

    /** Says whether the data follows the header as it is. */
    boolean stored() {
        return (flags & STORED) != 0;
    }

    private int compressor() {
        return flags >> 5;
    }

    private void checkHeader(int limit) {
        int size = chunk.capacity();
        require(
                chunk.get(0) == VERSION && chunk.get(1) == COMPRESSOR_VERSION,
                0,
                "not of Blosc format 2, compressor format 1");
        require((flags & RESERVED) == 0 && compressor() < MAX_RATIO.length, 2, "unknown flags or compressor");
        require(itemBytes > 0, 3, "items of 0 bytes");
        require(decodedBytes >= 0 && decodedBytes <= limit, 4, "a decoded size of " + decodedBytes);
        require(
                chunk.getInt(12) == size,
                12,
                "a compressed size of " + chunk.getInt(12) + " where there are " + size + " bytes");
        if (stored()) require(decodedBytes == size - HEADER, 4, "stored data of another size than declared");
    }

    private void checkBlocks() {
        require(blockBytes > 0 && blockBytes <= decodedBytes, 8, "a block size of " + blockBytes);
        int blocks = (int) ((decodedBytes + (long) blockBytes - 1) / blockBytes);
        long used = HEADER + (long) blocks * Integer.BYTES;
        require(used <= chunk.capacity(), HEADER, blocks + " blocks do not fit");
        for (int i = 0; i < blocks; i++) {
            int blockSize = Math.min(blockBytes, decodedBytes - i * blockBytes);
            used += checkBlock(chunk.getInt(HEADER + i * Integer.BYTES), blockSize);
        }
        // Blocks that share bytes would decode to more than so few bytes can hold.
        require(used <= chunk.capacity(), HEADER, "blocks overlap");
    }

    /** Follows the splits of a block, and returns how many bytes they take. */
    private long checkBlock(int start, int blockSize) {
        int splits = splits(blockSize);
        require(blockSize % splits == 0, 8, "a block of " + blockSize + " bytes in " + splits + " splits");
        long at = start;
        for (int i = 0; i < splits; i++) {
            require(at >= HEADER && at <= chunk.capacity() - Integer.BYTES, at, "a block outside of the chunk");
            int length = chunk.getInt((int) at);
            at += Integer.BYTES;
            require(length > 0 && length <= chunk.capacity() - at, at, "a split length of " + length);
            checkSplit(length, blockSize / splits, at);
            at += length;
        }
        return at - start;
    }

    private void checkSplit(int length, int decoded, long at) {
        if (length == decoded) return; // stored
        require(length < decoded, at, "a split of " + length + " bytes for " + decoded);
        require(decoded <= (long) MAX_RATIO[compressor()] * length, at, length + " bytes cannot decode to " + decoded);
        require(compressor() != 0 || length <= MAX_BLOSCLZ_SPLIT, at, "a blosclz split of " + length + " bytes");
    }

    /** One split for each byte of an item, where that is allowed and the block is a whole one of enough items. */
    private int splits(int blockSize) {
        boolean split = (flags & DONT_SPLIT) == 0
                && itemBytes <= MAX_SPLITS
                && blockSize == blockBytes
                && blockSize / itemBytes >= MIN_SPLIT_ITEMS;
        return split ? itemBytes : 1;
    }

    private static void require(boolean holds, long offset, String otherwise) {
        if (!holds) throw new CorruptPartdException("blosc", offset, "not a Blosc chunk: " + otherwise);
    }
}
