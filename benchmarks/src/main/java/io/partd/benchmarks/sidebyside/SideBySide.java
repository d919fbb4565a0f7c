package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Machine;
import io.partd.benchmarks.common.Versions;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.Sizes;
import io.partd.benchmarks.data.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Runs this project and its peers at the same workloads, each in a process of its own, round by round and in an order
 * that differs from round to round; prints tables, and writes them as Markdown, JSON and a chart.
 */
public final class SideBySide {
    private static final String STORES = "stores";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final SideOptions options;
    private final List<Results> results = new ArrayList<>();
    private final Map<Task, String> expected = new HashMap<>();
    private final long start = System.nanoTime();
    private volatile boolean isOver;

    private SideBySide(SideOptions options) {
        this.options = options;
    }

    /** Runs; the options are those that {@code benchmarks/README.md} lists. Exits with 1 where a peer lost data. */
    public static void main(String[] args) throws Exception {
        String command = System.getProperty("partd.benchmark.command", "SideBySide " + String.join(" ", args));
        boolean good = new SideBySide(SideOptions.parse(args)).run(command);
        if (!good) System.exit(1);
    }

    /** Gives whether this project's stores ran, and nobody has lost anything. */
    private boolean run(String command) throws Exception {
        Path directory = Directories.create(options.directory());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(directory)));
        try {
            run(command, directory);
        } finally {
            clean(directory);
        }
        return results.stream().allMatch(SideBySide::isGood);
    }

    /** Ends all processes, and removes what they have left; also when this one is interrupted. No other begins. */
    private synchronized void clean(Path directory) {
        isOver = true;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            process.destroyForcibly();
            process.onExit().join();
        }
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String command, Path directory) throws Exception {
        boolean python = PythonData.isInstalled(options.python());
        Path data = Files.createDirectory(directory.resolve("data"));
        Path stores = directory.resolve(STORES);
        for (PlannedRun entry : Plan.of(options, python, data, stores)) results.add(new Results(entry));
        if (python) PythonData.write(Sizes.scaled(options.profile().scale()), data);
        Map<String, Object> facts = facts(command, python);
        facts.put("rounds", rounds(directory));
        facts.put("loadAfter", Machine.load());
        facts.put("seconds", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        addVersions(facts);
        new SideReport(facts, results).write(options.output());
    }

    private static boolean isGood(Results result) {
        return result.failure().isEmpty() || !result.entry.isOurs() && !result.lostData();
    }

    private Map<String, Object> facts(String command, boolean python) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("command", command);
        facts.put("commit", System.getProperty("partd.benchmark.commit", "unknown"));
        facts.putAll(Machine.describe(options.directory()));
        facts.remove("heapMiB");
        facts.put("flags", String.join(" ", SideOptions.heap()));
        facts.put("scale", options.profile().scale());
        facts.put("flights", options.flights().getFileName().toString());
        if (!python) facts.put("skipped", "Python's partd: " + options.python() + " has no partd, numpy and pandas");
        if (options.spark().isEmpty()) facts.put("notAskedFor", "Spark: PARTD_BENCHMARK_SPARK=yes");
        facts.put("loadBefore", Machine.load());
        return facts;
    }

    private void addVersions(Map<String, Object> facts) {
        Map<String, String> versions = Versions.ofClassPath();
        for (Results result : results) {
            String program = result.entry.task().peer().split(" ", 2)[0];
            if (!result.version().isEmpty()) versions.put(program, result.version());
        }
        facts.put("versions", versions);
    }

    /** Gives how many rounds there was time for; the first is not asked. */
    private int rounds(Path directory) throws Exception {
        int round = 0;
        while (round < options.profile().rounds() && (round == 0 || isTimeFor(round))) round(round++, directory);
        return round;
    }

    /** Whether the processes of a round would be over in time if each took as long as in the one before. */
    private boolean isTimeFor(int round) {
        long nanos = runningIn(round).stream().mapToLong(Results::nanos).sum();
        return nanos > 0
                && System.nanoTime() - start + nanos
                        < options.profile().budget().toNanos();
    }

    private List<Results> runningIn(int round) {
        return results.stream()
                .filter(result ->
                        round < result.entry.rounds() && result.failure().isEmpty())
                .toList();
    }

    private void round(int round, Path directory) throws Exception {
        List<Results> order = new ArrayList<>(runningIn(round));
        Collections.shuffle(order, new Random(round));
        for (int i = 0; i < order.size(); i++) {
            Results result = order.get(i);
            System.err.printf(
                    Locale.ROOT, "round %d, %d of %d: %s", round + 1, i + 1, order.size(), result.entry.name());
            if (isOver) throw new InterruptedException("interrupted before " + result.entry.name());
            run(result, directory);
            System.err.printf(Locale.ROOT, ": %.1f s%n", result.nanos() / 1e9);
            if (!result.failure().isEmpty()) System.err.println(result.entry.name() + " " + result.failure());
        }
    }

    private void run(Results result, Path directory) throws Exception {
        String expected = expected(result.entry.source());
        long begin = System.nanoTime();
        PeerProcess run = PeerProcess.run(result.entry.fullCommand(), directory, LIMIT);
        result.add(run, System.nanoTime() - begin, expected);
        Directories.delete(directory.resolve(STORES)); // a process that was killed has left something
    }

    private String expected(Task source) throws Exception {
        String known = expected.get(source);
        if (known == null) expected.put(source, known = Contests.expected(source));
        return known;
    }
}
