package io.partd.benchmarks.closeup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Has JMH say beside each time how fast that is, and how long the processor was busy: what other programs do meanwhile
 * changes that little. Heap that is measured goes the same way.
 */
public final class Speed implements InternalProfiler {
    private static final List<ScalarResult> SAID = new ArrayList<>();
    private static long bytes;
    private static long rows;

    static synchronized void say(long newBytes, long newRows, long processorNanos) {
        bytes = newBytes;
        rows = newRows;
        say("cpu", processorNanos / 1e6, "ms/op");
    }

    static synchronized void say(String name, double value, String unit) {
        SAID.add(new ScalarResult(name, value, unit, AggregationPolicy.AVG));
    }

    @Override
    public String getDescription() {
        return "how fast a benchmark of partd is";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        take();
    }

    /** In a nanosecond there is one byte to a GB/s, and in a microsecond one row to a million in a second. */
    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double milliseconds = result.getPrimaryResult().getScore();
        synchronized (Speed.class) {
            if (bytes > 0) say("speed", bytes / milliseconds / 1e6, "GB/s");
            if (rows > 0) say("rows", rows / milliseconds / 1e3, "M rows/s");
        }
        return take();
    }

    private static synchronized List<ScalarResult> take() {
        List<ScalarResult> all = List.copyOf(SAID);
        SAID.clear();
        return all;
    }
}
