package io.partd.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Runs all workloads on tables and arrays, and prints a table. */
public final class ArrowRun {
    private ArrowRun() {}

    /** Runs; the options are those that {@code benchmarks/README.md} lists. */
    public static void main(String[] args) throws Exception {
        RunOptions options = RunOptions.parse(args);
        Setting setting = new Setting(options.sizes(), options.directory());
        try (Tables tables = new Tables(setting.sizes().tables())) {
            Rounds.run(options, ArrowWorkloads.all(setting, tables), () -> memory(options, setting, tables));
        }
    }

    /** The memory that a table run takes, and one with many parts: both write, and get everything. */
    private static List<Figure> memory(RunOptions options, Setting setting, Tables tables) throws Exception {
        TableLayout plain = TableLayout.compressed(CodecType.NO_COMPRESSION);
        TableLayout many = ArrowWorkloads.manyParts(tables.sizes());
        List<Figure> figures = new ArrayList<>();
        if (options.runs("m table")) {
            Workload table = new TableRead(setting, tables, plain, TableForm.GET_SUM);
            figures.add(PeakMemory.measure("m table", table.name(), options));
        }
        if (options.runs("m parts")) {
            Workload parts = new TableShuffle(setting, tables, many, many);
            figures.add(PeakMemory.measure("m parts", parts.name(), options));
        }
        return figures;
    }
}
