package io.partd.duckdb.engine;

import io.partd.duckdb.DuckOptions;

/**
 * Who has how much of the memory that a user gave. Half is DuckDB's and a quarter Arrow's; the rest is left for this
 * library's part of the heap, and for what DuckDB takes beyond its limit while it sorts.
 *
 * @param bytes all of it
 * @param threads how many threads share it
 */
public record MemoryPlan(long bytes, int threads) {
    private static final int MOST_BATCH_ROWS = 65_536;
    private static final int LEAST_BATCH_ROWS = 2_048;
    private static final int BYTES_PER_BATCH_ROW = 8_192;
    private static final long MOST_CSV_BUFFER = 32_000_000;

    public static MemoryPlan of(DuckOptions options) {
        return new MemoryPlan(options.memoryBytes(), options.threads());
    }

    /** The limit of DuckDB's memory. */
    public long forDuckDb() {
        return bytes / 2;
    }

    /** The limit of Arrow's allocator. */
    public long forArrow() {
        return bytes / 4;
    }

    /** How much of a CSV file DuckDB reads at a time; it holds several such pieces for each thread. */
    public long csvBuffer() {
        return Math.min(MOST_CSV_BUFFER, forDuckDb() / 16);
    }

    /** What a part of a store may take such that several of them are in memory at once, with what is made of them. */
    public long forPart() {
        return bytes / 16;
    }

    /** What batches may take that were read ahead of who asks for them. */
    public long forAhead() {
        return forArrow() / 8;
    }

    /** How many rows a batch of a result has: so many that wide rows fit, too. */
    public int batchRows() {
        long rows = Long.highestOneBit(bytes / BYTES_PER_BATCH_ROW);
        return (int) Math.max(LEAST_BATCH_ROWS, Math.min(MOST_BATCH_ROWS, rows));
    }

    /** The same of a batch on its way into a store, which is there twice while the next one is made. */
    public int readRows() {
        return Math.max(LEAST_BATCH_ROWS, batchRows() / 2);
    }
}
