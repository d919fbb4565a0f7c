package io.partd.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.List;

/** A peer at a workload, in a process of its own. A store is opened, used and closed several times. */
interface PeerRun {

    /** Makes the data, before anything is timed. */
    void prepare() throws Exception;

    /** Makes an empty store in a directory that is empty. */
    void open(Path directory) throws Exception;

    /** What is timed, in this order. */
    List<Phase> phases();

    /** Sums over what the store holds: every peer that has kept everything gives the same text. */
    String check() throws Exception;

    /** Closes the store. */
    void close() throws Exception;
}
