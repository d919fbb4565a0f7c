package io.partd.benchmarks.closeup;

/** Something that is timed: {@link #run}, between {@link #prepare} and {@link #clean}, which are not. */
public interface Workload {

    String name();

    /** The name of the workload that this one is measured by: what the machine allows; empty where there is none. */
    default String limit() {
        return "";
    }

    /** The bytes that a run moves, or 0 where that says nothing. */
    long bytes();

    /** The rows of tables that a run moves, or 0 where there are none. */
    default long rows() {
        return 0;
    }

    /** Makes what a run needs. */
    void prepare() throws Exception;

    /** The work; gives what it has counted, so that none of it can be left out. */
    long run() throws Exception;

    /** Removes what there is of it, also after a failure. */
    void clean() throws Exception;
}
