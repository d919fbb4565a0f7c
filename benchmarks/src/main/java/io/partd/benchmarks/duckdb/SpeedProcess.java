package io.partd.benchmarks.duckdb;

import io.partd.benchmarks.common.JavaCommand;
import io.partd.benchmarks.common.ProcessMemory;
import io.partd.benchmarks.common.Statistics;
import io.partd.benchmarks.data.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One side of a comparison, in a process of its own: a JVM with a quarter of the memory given as its heap. */
final class SpeedProcess {
    static final String STORES = "partd";
    static final String PARQUET = "DuckDB";
    private static final long SAMPLE_MILLIS = 5;
    private static final int LEAST_HEAP_MEGABYTES = 24;

    /**
     * What a process gave.
     *
     * @param seconds which the work took, without the start of the JVM, and warm where it is repeated; NaN where it
     *     failed
     * @param anonymous the most bytes of memory that no file backs, of all samples
     * @param result what the work gave, or why it failed
     */
    record Outcome(double seconds, long anonymous, String result) {
        boolean failed() {
            return Double.isNaN(seconds);
        }
    }

    private SpeedProcess() {}

    static Outcome run(Comparison comparison, String side, Path directory) throws IOException, InterruptedException {
        Path out = Directories.create(directory);
        Path said = out.resolve("said");
        List<String> command = JavaCommand.of(SpeedProcess.class, flags(comparison));
        command.addAll(List.of(comparison.name(), side, directory.toString(), out.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            long anonymous = 0;
            while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                anonymous = Math.max(anonymous, ProcessMemory.of(process.pid()).anonymous());
            }
            return outcome(said, process.exitValue(), anonymous);
        } finally {
            process.destroyForcibly().waitFor();
            Directories.delete(out);
        }
    }

    private static List<String> flags(Comparison comparison) {
        int heap = Math.max(LEAST_HEAP_MEGABYTES, comparison.megabytes() / 4);
        List<String> flags = new ArrayList<>(List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC"));
        String more = System.getProperty("duckdb.flags", "");
        if (!more.isEmpty()) flags.addAll(List.of(more.split(" ")));
        return flags;
    }

    private static Outcome outcome(Path said, int code, long anonymous) throws IOException {
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        if (code != 0) return new Outcome(Double.NaN, anonymous, text);
        String[] secondsAndResult = last.split(" ", 2);
        return new Outcome(Double.parseDouble(secondsAndResult[0]), anonymous, secondsAndResult[1]);
    }

    /** Does the work of a comparison on one side: name, side, directory of the tables, directory of what is written. */
    public static void main(String[] arguments) throws Exception {
        Comparison comparison = Comparison.named(arguments[0]);
        SpeedData data = new SpeedData(Path.of(arguments[2]), 0);
        Path out = Path.of(arguments[3]);
        boolean stores = arguments[1].equals(STORES);
        List<Double> seconds = new ArrayList<>();
        String result = "";
        for (int i = 0; i < comparison.repeats(); i++) {
            long start = System.nanoTime();
            result = stores ? stores(comparison, data, out) : parquet(comparison, data, out);
            seconds.add((System.nanoTime() - start) * 1e-9);
        }
        // The first ones load libraries and are compiled.
        System.out.println(Statistics.median(seconds.subList(seconds.size() / 2, seconds.size())) + " " + result);
    }

    private static String stores(Comparison comparison, SpeedData data, Path out) throws IOException {
        try (StoreSide side = new StoreSide(data, out, comparison.bytes())) {
            return comparison.work().partd(side);
        }
    }

    private static String parquet(Comparison comparison, SpeedData data, Path out) throws SQLException {
        try (ParquetSide side = new ParquetSide(data, out, comparison.bytes())) {
            return comparison.work().duckdb(side);
        }
    }
}
