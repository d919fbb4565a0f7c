package io.partd.benchmarks;

/**
 * How much the workloads on tables and arrays move.
 *
 * @param batches how many batches are appended
 * @param batchRows the rows of each
 * @param manyParts the number of parts where there are many
 * @param stageBytes what is staged in memory where something is
 * @param arrayAppends appends of one array to each of 8 keys
 * @param arrayLength the doubles in an array
 */
record TableSizes(int batches, int batchRows, int manyParts, long stageBytes, int arrayAppends, int arrayLength) {
    static final int PARTS = 64;
    static final int ARRAY_KEYS = 8;

    /** What is published. */
    static TableSizes full() {
        return new TableSizes(200, 100_000, 100_000, 128 << 20, 1000, 10_000);
    }

    /** Enough to see that everything still runs. */
    static TableSizes tiny() {
        return new TableSizes(20, 500, 1000, 64 << 10, 10, 1000);
    }

    long rows() {
        return (long) batches * batchRows;
    }

    long arrayBytes() {
        return (long) arrayAppends * ARRAY_KEYS * arrayLength * Double.BYTES;
    }
}
