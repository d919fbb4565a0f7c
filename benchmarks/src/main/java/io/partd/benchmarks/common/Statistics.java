package io.partd.benchmarks.common;

import java.util.Collection;
import java.util.List;

/** What is said of several measurements of one thing. */
public final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle. */
    public static double median(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("there is no median of no values");
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public static double min(Collection<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }

    public static double max(Collection<Double> values) {
        return values.stream().max(Double::compare).orElseThrow();
    }

    /** How far the smallest and the largest lie apart, as a part of the median. */
    public static double spread(Collection<Double> values) {
        return (max(values) - min(values)) / median(values);
    }
}
