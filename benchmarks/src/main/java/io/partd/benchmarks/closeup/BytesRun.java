package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import java.util.List;

/** Runs all workloads on byte stores, and prints a table. */
public final class BytesRun {
    private BytesRun() {}

    /** Runs; the options are those that {@code benchmarks/README.md} lists. */
    public static void main(String[] args) throws Exception {
        RunOptions options = RunOptions.parse(args);
        RunContext setting = new RunContext(options.sizes(), options.directory());
        Rounds.run(
                options,
                Workloads.all(setting),
                () -> options.runs("e index")
                        ? List.of(IndexMemory.measure(setting).figure())
                        : List.of());
    }
}
