package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** What the processes of an entry have given. */
final class Results {
    final PlannedRun entry;
    private final List<PeerProcess> runs = new ArrayList<>();
    private String failure = "";
    private boolean lostData;
    private long nanos;

    Results(PlannedRun entry) {
        this.entry = entry;
    }

    /**
     * @param took how long the process took in all, in nanoseconds
     * @param expected what the store has to hold in the end
     */
    void add(PeerProcess run, long took, String expected) {
        nanos = took;
        if (!run.failure().isEmpty()) failure = run.failure();
        else if (!run.output().check.equals(expected)) {
            lostData = true;
            failure = "lost data: it holds " + run.output().check + " instead of " + expected;
        } else {
            runs.add(run);
        }
    }

    /** How long the last process took in all. */
    long nanos() {
        return nanos;
    }

    /** Why it could not be measured; empty where it could. */
    String failure() {
        return failure;
    }

    /** Whether it did not hold in the end what it was given. */
    boolean lostData() {
        return lostData;
    }

    /** In the order in which they run. */
    Set<String> phases() {
        Set<String> phases = new LinkedHashSet<>();
        for (PeerProcess run : runs) run.output().times.forEach(time -> phases.add(time.phase()));
        return phases;
    }

    /** The milliseconds of a phase that was the first of its kind in a process. */
    List<Double> cold(String phase) {
        return milliseconds(phase, PeerOutput.Time::nanos, (iteration, all) -> iteration == 0);
    }

    /** Those of the second half of each process's iterations; none where there was but one. */
    List<Double> warm(String phase) {
        return milliseconds(phase, PeerOutput.Time::nanos, Results::isWarm);
    }

    private static boolean isWarm(int iteration, int all) {
        return iteration > 0 && iteration >= all / 2;
    }

    /** How long the processor was busy with it, by all threads, in the iterations that are {@link #best}. */
    List<Double> processor(String phase) {
        List<Double> warm = milliseconds(phase, PeerOutput.Time::processorNanos, Results::isWarm);
        return warm.isEmpty() ? milliseconds(phase, PeerOutput.Time::processorNanos, (iteration, all) -> true) : warm;
    }

    /** The warm ones, or the cold ones where there are no others. */
    List<Double> best(String phase) {
        List<Double> warm = warm(phase);
        return warm.isEmpty() ? cold(phase) : warm;
    }

    private interface Choice {
        boolean takes(int iteration, int all);
    }

    private List<Double> milliseconds(String phase, ToLongFunction<PeerOutput.Time> nanos, Choice choice) {
        List<Double> times = new ArrayList<>();
        for (PeerProcess run : runs) {
            List<PeerOutput.Time> all = run.output().times.stream()
                    .filter(time -> time.phase().equals(phase))
                    .toList();
            for (PeerOutput.Time time : all) {
                if (choice.takes(time.iteration(), all.size())) times.add(nanos.applyAsLong(time) / 1e6);
            }
        }
        return times;
    }

    private PeerOutput.Time any(String phase) {
        return runs.get(0).output().times.stream()
                .filter(time -> time.phase().equals(phase))
                .findFirst()
                .orElseThrow();
    }

    long bytes(String phase) {
        return any(phase).bytes();
    }

    long rows(String phase) {
        return any(phase).rows();
    }

    double megabytesPerSecond(String phase) {
        return bytes(phase) / Statistics.median(best(phase)) / 1e3;
    }

    double millionRowsPerSecond(String phase) {
        return rows(phase) / Statistics.median(best(phase)) / 1e3;
    }

    long resident() {
        return runs.stream().mapToLong(PeerProcess::resident).max().orElse(0);
    }

    long anonymous() {
        return runs.stream().mapToLong(PeerProcess::anonymous).max().orElse(0);
    }

    /** The anonymous memory of a process that has made its data and nothing else. */
    long before() {
        return runs.stream().mapToLong(run -> run.output().before).max().orElse(0);
    }

    long disk() {
        return runs.stream().mapToLong(run -> run.output().disk).max().orElse(0);
    }

    String version() {
        return runs.stream()
                .map(run -> run.output().version)
                .max(Comparator.naturalOrder())
                .orElse("");
    }
}
