package io.partd.benchmarks.data;

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
public record TableSizes(
        int batches, int batchRows, int manyParts, long stageBytes, int arrayAppends, int arrayLength) {
    public static final int PARTS = 64;
    public static final int ARRAY_KEYS = 8;

    /** What is published. */
    public static TableSizes full() {
        return new TableSizes(200, 100_000, 100_000, 128 << 20, 1000, 10_000);
    }

    /** Enough to see that everything still runs. */
    public static TableSizes tiny() {
        return new TableSizes(20, 500, 1000, 64 << 10, 10, 1000);
    }

    /** The published sizes times a factor. */
    static TableSizes scaled(double factor) {
        long rows = Math.max(10_000, Math.round(20_000_000 * factor));
        int batches = (int) Math.max(10, rows / 100_000);
        int arrays = (int) Math.max(4, Math.round(1000 * factor));
        return new TableSizes(batches, (int) (rows / batches), 100_000, 128 << 20, arrays, 10_000);
    }

    /** As many times the batches. */
    public TableSizes times(int factor) {
        return new TableSizes(batches * factor, batchRows, manyParts, stageBytes, arrayAppends, arrayLength);
    }

    public long rows() {
        return (long) batches * batchRows;
    }

    public long arrayBytes() {
        return (long) arrayAppends * ARRAY_KEYS * arrayLength * Double.BYTES;
    }
}
