package io.partd.benchmarks.sidebyside;

/**
 * A part of a workload that is timed by itself.
 *
 * @param name what is done: write, read, ...
 * @param bytes how many bytes that moves
 * @param rows how many rows of tables, or 0 where there are none
 * @param work does it
 */
record Phase(String name, long bytes, long rows, Work work) {

    /** What is timed; gives the rows that it has counted, or the bytes where there are no rows. */
    interface Work {
        long run() throws Exception;
    }

    /** Runs it, and gives the nanoseconds that it took; work that was not all done is refused. */
    long time() throws Exception {
        long start = System.nanoTime();
        long count = work.run();
        long nanos = System.nanoTime() - start;
        long all = rows > 0 ? rows : bytes;
        if (count != all) throw new IllegalStateException(name + " counted " + count + " instead of " + all);
        return nanos;
    }
}
