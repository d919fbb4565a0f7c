package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Runs workloads in one warm JVM. Each round runs each of them once, in an order of its own: what the machine does
 * meanwhile meets all of them, and a ratio is one of times of the same round.
 */
final class Rounds {
    private final RunOptions options;
    private final List<Timing> timings = new ArrayList<>();

    private Rounds(RunOptions options, List<Workload> workloads) {
        this.options = options;
        for (Workload workload : workloads) {
            if (options.runs(workload.name())) timings.add(new Timing(workload));
        }
    }

    /** Measures something that is not a time; it runs after the rounds. */
    interface Measurement {
        List<Figure> measure() throws Exception;
    }

    /** Runs, prints a table, and writes what the options ask for. */
    static void run(RunOptions options, List<Workload> workloads, Measurement measurement) throws Exception {
        Report report = new Rounds(options, workloads).run(measurement);
        System.out.println(report.table());
        if (options.json() != null) Files.writeString(options.json(), report.json());
    }

    private Report run(Measurement measurement) throws Exception {
        Map<String, Object> facts = facts();
        for (int round = -options.warmups(); round < options.rounds(); round++) run(round);
        facts.put("loadAfter", Machine.load());
        return new Report(facts, timings, measurement.measure());
    }

    private Map<String, Object> facts() throws IOException {
        Files.createDirectories(options.directory());
        Map<String, Object> facts = Machine.describe(options.directory());
        facts.put("rounds", options.rounds() + " after " + options.warmups() + " to warm up");
        facts.put("loadBefore", Machine.load());
        return facts;
    }

    private void run(int round) throws Exception {
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
}
