package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Runs all workloads on byte stores in one warm JVM, and prints a table. Each round runs each workload once, in an
 * order of its own: what the machine does meanwhile meets all of them, and a ratio is one of times of the same round.
 */
public final class BytesRun {
    private final RunOptions options;
    private final Setting setting;

    private BytesRun(RunOptions options) {
        this.options = options;
        this.setting = new Setting(options.sizes(), options.directory());
    }

    /** Runs; the options are those that {@code benchmarks/README.md} lists. */
    public static void main(String[] args) throws Exception {
        RunOptions options = RunOptions.parse(args);
        Report report = new BytesRun(options).run();
        System.out.println(report.table());
        if (options.json() != null) Files.writeString(options.json(), report.json());
    }

    private Report run() throws Exception {
        List<Timing> timings = new ArrayList<>();
        for (Workload workload : Workloads.all(setting)) {
            if (options.filter().matcher(workload.name()).find()) timings.add(new Timing(workload));
        }
        Files.createDirectories(options.directory());
        Map<String, Object> facts = Machine.describe(options.directory());
        facts.put("rounds", options.rounds() + " after " + options.warmups() + " to warm up");
        facts.put("loadBefore", Machine.load());
        for (int round = -options.warmups(); round < options.rounds(); round++) run(timings, round);
        facts.put("loadAfter", Machine.load());
        return new Report(facts, timings, memory());
    }

    private void run(List<Timing> timings, int round) throws Exception {
        System.err.println(round < 0 ? "warming up: " + -round + " to go" : "round " + (round + 1));
        List<Timing> order = new ArrayList<>(timings);
        Collections.shuffle(order, new Random(round));
        for (Timing timing : order) {
            long nanos = time(timing.workload);
            if (round >= 0) timing.add(nanos);
        }
    }

    /** Runs once. Garbage is collected before, for it is another's, and after, for it keeps deleted files mapped. */
    private static long time(Workload workload) throws Exception {
        try {
            workload.prepare();
            System.gc();
            long start = System.nanoTime();
            long count = workload.run();
            long nanos = System.nanoTime() - start;
            if (count == 0) throw new IllegalStateException(workload.name() + " did nothing");
            return nanos;
        } finally {
            workload.clean();
            System.gc();
        }
    }

    private Optional<IndexMemory> memory() throws IOException {
        return options.filter().matcher("e index").find()
                ? Optional.of(IndexMemory.measure(setting))
                : Optional.empty();
    }
}
