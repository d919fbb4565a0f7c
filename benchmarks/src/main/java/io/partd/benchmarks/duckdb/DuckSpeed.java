package io.partd.benchmarks.duckdb;

import io.partd.benchmarks.common.Machine;
import io.partd.benchmarks.common.Statistics;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.duckdb.SpeedProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Measures the comparisons, whose sides take turns, and prints a table: see {@code benchmarks/README.md}. */
public final class DuckSpeed {
    private static final long ROWS = 20_000_000;
    private static final long BEYOND_MEMORY = 50_000_000;

    private final SpeedOptions options;

    private DuckSpeed(SpeedOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        new DuckSpeed(SpeedOptions.parse(arguments)).run();
    }

    private void run() throws Exception {
        boolean kept = options.directory() != null && Files.isDirectory(options.directory());
        Path directory = kept ? options.directory() : Directories.create(Path.of(System.getProperty("java.io.tmpdir")));
        try {
            run(directory, (long) (ROWS * options.scale()));
        } finally {
            if (!kept) Directories.delete(directory);
        }
    }

    private void run(Path directory, long rows) throws IOException, SQLException, InterruptedException {
        SpeedData data = new SpeedData(directory, rows);
        System.out.printf(
                Locale.ROOT,
                "%,d rows (sorts: %,d), 2 threads, %s, load %.1f%n",
                rows,
                4 * rows,
                Runtime.version(),
                Machine.load());
        System.out.println(
                "| | DuckDB s | partd s | ratio | target | | DuckDB anonymous MB | partd anonymous MB | limit + 50 MB | |");
        System.out.println("|---|--:|--:|--:|--:|---|--:|--:|--:|---|");
        Pattern chosen = Pattern.compile(options.chosen());
        for (Comparison comparison : Comparison.ALL) {
            if (!chosen.matcher(comparison.name()).find()) continue;
            for (String store : comparison.stores()) data.requireStore(store);
            System.out.println(line(comparison, directory));
        }
    }

    private String line(Comparison comparison, Path directory) throws IOException, InterruptedException {
        List<Outcome> duckdb = new ArrayList<>();
        List<Outcome> partd = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            duckdb.add(SpeedProcess.run(comparison, SpeedProcess.PARQUET, directory));
            partd.add(SpeedProcess.run(comparison, SpeedProcess.STORES, directory));
        }
        requireSame(comparison, duckdb, partd);
        double ratio = seconds(duckdb) / seconds(partd);
        // Where DuckDB cannot do it, doing it is enough.
        boolean met = !Double.isNaN(seconds(partd)) && (Double.isNaN(ratio) || comparison.isMet(ratio));
        long limit = comparison.bytes() + BEYOND_MEMORY;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                comparison.name(),
                text(seconds(duckdb)),
                text(seconds(partd)),
                text(ratio),
                comparison.target() == 0 ? "works" : text(comparison.target()),
                met ? "" : "missed",
                megabytes(anonymous(duckdb)),
                megabytes(anonymous(partd)),
                megabytes(limit),
                anonymous(partd) > limit ? "missed" : "");
    }

    private static void requireSame(Comparison comparison, List<Outcome> duckdb, List<Outcome> partd) {
        List<Outcome> all = new ArrayList<>(duckdb);
        all.addAll(partd);
        all.stream()
                .filter(Outcome::failed)
                .forEach(failed -> System.err.println(comparison.name() + ": " + failed.result()));
        List<String> results = all.stream()
                .filter(each -> !each.failed())
                .map(Outcome::result)
                .distinct()
                .toList();
        if (results.size() > 1)
            throw new IllegalStateException(comparison.name() + " gives different results: " + results);
    }

    /** NaN where a process failed. */
    private static double seconds(List<Outcome> outcomes) {
        if (outcomes.stream().anyMatch(Outcome::failed)) return Double.NaN;
        return Statistics.median(outcomes.stream().map(Outcome::seconds).toList());
    }

    private static long anonymous(List<Outcome> outcomes) {
        return outcomes.stream().mapToLong(Outcome::anonymous).max().orElse(0);
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "failed" : String.format(Locale.ROOT, "%.2f", number);
    }

    private static String megabytes(long bytes) {
        return String.valueOf(bytes / 1_000_000);
    }
}
