package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Statistics;
import java.util.ArrayList;
import java.util.List;

/** How long each run of a workload took. */
final class Timing {
    final Workload workload;
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> processorNanos = new ArrayList<>();

    Timing(Workload workload) {
        this.workload = workload;
    }

    void add(long time, long processorTime) {
        nanos.add(time);
        processorNanos.add(processorTime);
    }

    List<Double> milliseconds() {
        return nanos.stream().map(time -> time / 1e6).toList();
    }

    double median() {
        return Statistics.median(milliseconds());
    }

    /** How long the processor was busy with it, in milliseconds: what other programs do meanwhile changes it little. */
    double processorMedian() {
        return Statistics.median(processorNanos.stream().map(time -> time / 1e6).toList());
    }

    double min() {
        return Statistics.min(milliseconds());
    }

    double max() {
        return Statistics.max(milliseconds());
    }

    /** Bytes in a nanosecond, by the median. */
    double gigabytesPerSecond() {
        return workload.bytes() / median() / 1e6;
    }

    /** Rows in a microsecond, by the median. */
    double millionRowsPerSecond() {
        return workload.rows() / median() / 1e3;
    }

    /**
     * The part of the other's speed that this one reaches, in the median of the rounds: both ran in each of them. The
     * speed is in rows where both have some, else in bytes.
     */
    double ratio(Timing limit) {
        boolean rows = workload.rows() > 0 && limit.workload.rows() > 0;
        double work = rows
                ? (double) workload.rows() / limit.workload.rows()
                : (double) workload.bytes() / limit.workload.bytes();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < nanos.size(); i++) ratios.add(work * limit.nanos.get(i) / nanos.get(i));
        return Statistics.median(ratios);
    }
}
