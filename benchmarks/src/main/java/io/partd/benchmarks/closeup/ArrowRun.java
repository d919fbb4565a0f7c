package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Tables;
import java.util.List;

/** Runs all workloads on tables and arrays, and prints a table. */
public final class ArrowRun {
    private ArrowRun() {}

    /** Runs; the options are those that {@code benchmarks/README.md} lists. */
    public static void main(String[] args) throws Exception {
        RunOptions options = RunOptions.parse(args);
        RunContext setting = new RunContext(options.sizes(), options.directory());
        try (Tables tables = new Tables(setting.sizes().tables())) {
            Rounds.run(options, ArrowWorkloads.all(setting, tables), List::of);
        }
    }
}
