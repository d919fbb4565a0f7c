package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Figure;
import io.partd.benchmarks.common.Machine;
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
        Rounds rounds = new Rounds(options, workloads);
        Map<String, Object> facts = rounds.run();
        System.out.println(new Report(facts, rounds.timings, List.of()).table());
        List<Figure> figures = measurement.measure();
        for (Figure figure : figures) System.out.println(figure.text() + "\n");
        if (options.json() != null) {
            Files.writeString(options.json(), new Report(facts, rounds.timings, figures).json());
        }
    }

    /** Gives what the times depend on. */
    private Map<String, Object> run() throws Exception {
        Map<String, Object> facts = facts();
        for (int round = -options.warmups(); round < options.rounds(); round++) run(round);
        facts.put("loadAfter", Machine.load());
        return facts;
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
            run(timing, round >= 0);
        }
    }

    /** Runs once. Garbage is collected before, for it is another's, and after, for it keeps deleted files mapped. */
    private static void run(Timing timing, boolean counts) throws Exception {
        Workload workload = timing.workload;
        try {
            workload.prepare();
            System.gc();
            long processor = Machine.processorTime();
            long start = System.nanoTime();
            long count = workload.run();
            long nanos = System.nanoTime() - start;
            if (count == 0) throw new IllegalStateException(workload.name() + " did nothing");
            if (counts) timing.add(nanos, Machine.processorTime() - processor);
        } finally {
            workload.clean();
            System.gc();
        }
    }
}
