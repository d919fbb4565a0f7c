package io.partd.benchmarks.data;

import java.nio.file.Path;

/**
 * What all workloads of a run have in common.
 *
 * @param directory where stores and plain files are made; each workload has a directory of its own in it
 */
public record RunContext(Sizes sizes, Sources sources, Path directory) {
    public RunContext(Sizes sizes, Path directory) {
        this(sizes, new Sources(sizes), directory);
    }
}
