package io.partd.benchmarks.data;

/**
 * How much each workload moves.
 *
 * @param smallAppends appends of 100 bytes to each of 1,000 keys
 * @param smallLimit what a buffer keeps in memory of those
 * @param chunkBytes the bytes of a chunk, 16 of which are appended at a time, to 256 keys in turn
 * @param chunkTotal the bytes of all chunks
 * @param dictTotal the same for a store in memory, which the heap has to hold
 * @param chunkLimit what a buffer keeps in memory of those
 * @param sourceBytes the memory that chunks are taken from, over and over: more than the caches hold
 * @param openChunks the chunks of the store that is opened
 * @param tables what runs on tables and arrays move
 */
public record Sizes(
        int smallAppends,
        long smallLimit,
        int chunkBytes,
        long chunkTotal,
        long dictTotal,
        long chunkLimit,
        int sourceBytes,
        int openChunks,
        TableSizes tables) {
    static final int SMALL_KEYS = 1000;
    static final int SMALL_BYTES = 100;
    public static final int CHUNK_KEYS = 256;
    static final int CHUNKS_PER_APPEND = 16;
    /** What plain files are written and read by. */
    public static final int PLAIN = 1 << 20;

    private static final long MIB = 1 << 20;

    /** What is published. */
    static Sizes full() {
        return new Sizes(
                1000, 32 * MIB, 64 << 10, 2048 * MIB, 1024 * MIB, 256 * MIB, 256 << 20, 1_000_000, TableSizes.full());
    }

    /** Enough to see that everything still runs. */
    public static Sizes tiny() {
        return new Sizes(3, 100_000, 1 << 10, 2 * MIB, MIB, MIB / 2, 1 << 20, 2000, TableSizes.tiny());
    }

    /** The published sizes times a factor; every key gets something, however small it is. */
    public static Sizes scaled(double factor) {
        int chunkMib = Math.max(CHUNK_KEYS * 64 >> 10, (int) Math.round(2048 * factor));
        long chunkTotal = chunkMib * MIB;
        return new Sizes(
                (int) Math.max(3, Math.round(1000 * factor)),
                Math.max(MIB, Math.round(32 * MIB * factor)),
                64 << 10,
                chunkTotal,
                chunkTotal,
                chunkTotal / 8,
                (int) Math.min(256 * MIB, chunkTotal),
                (int) Math.max(2000, Math.round(1_000_000 * factor)),
                TableSizes.scaled(factor));
    }

    public static Sizes named(String name) {
        return switch (name) {
            case "full" -> full();
            case "tiny" -> tiny();
            default -> throw new IllegalArgumentException("no such size: " + name + "; use full or tiny");
        };
    }

    long smallTotal() {
        return (long) smallAppends * SMALL_KEYS * SMALL_BYTES;
    }

    /** The bytes of the chunks that are appended to a store. */
    long chunkTotal(StoreKind kind) {
        return kind == StoreKind.DICT ? dictTotal : chunkTotal;
    }
}
