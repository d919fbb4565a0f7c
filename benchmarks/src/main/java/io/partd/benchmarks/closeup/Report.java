package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Figure;
import io.partd.benchmarks.common.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A finished run as a table for people and as JSON for programs. */
record Report(Map<String, Object> facts, List<Timing> timings, List<Figure> figures) {

    private static final String LINE = "%-34s %6s %9s %9s %9s %9s %7s %8s  %s%n";

    String table() {
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        text.append(String.format(
                Locale.ROOT,
                LINE,
                "workload",
                "MB",
                "median ms",
                "min",
                "max",
                "cpu ms",
                "GB/s",
                hasRows() ? "M rows/s" : "",
                "ratio"));
        for (Timing timing : timings) text.append(line(timing));
        return text.toString();
    }

    private String line(Timing timing) {
        long bytes = timing.workload.bytes();
        String speed = bytes == 0 ? "" : number("%.2f", timing.gigabytesPerSecond());
        String rows = timing.workload.rows() == 0 ? "" : number("%.1f", timing.millionRowsPerSecond());
        String ratio = limit(timing)
                .map(limit -> String.format(Locale.ROOT, "%.2f of %s", timing.ratio(limit), limit.workload.name()))
                .orElse("");
        String line = String.format(
                Locale.ROOT,
                LINE,
                timing.workload.name(),
                bytes == 0 ? "" : bytes / 1_000_000,
                number("%.1f", timing.median()),
                number("%.1f", timing.min()),
                number("%.1f", timing.max()),
                number("%.1f", timing.processorMedian()),
                speed,
                rows,
                ratio);
        return line.stripTrailing() + "\n";
    }

    private boolean hasRows() {
        return timings.stream().anyMatch(timing -> timing.workload.rows() > 0);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** What the workload is measured by, if that has run too. */
    private Optional<Timing> limit(Timing timing) {
        return timings.stream()
                .filter(other -> other.workload.name().equals(timing.workload.limit()))
                .findFirst();
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        List<Object> workloads = new ArrayList<>();
        for (Timing timing : timings) workloads.add(fields(timing));
        all.put("workloads", workloads);
        for (Figure figure : figures) all.put(figure.name(), figure.value());
        return Json.write(all) + "\n";
    }

    private Map<String, Object> fields(Timing timing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", timing.workload.name());
        fields.put("bytes", timing.workload.bytes());
        if (timing.workload.rows() > 0) fields.put("rows", timing.workload.rows());
        fields.put("medianMs", timing.median());
        fields.put("ms", timing.milliseconds());
        fields.put("processorMedianMs", timing.processorMedian());
        limit(timing).ifPresent(limit -> {
            fields.put("limit", limit.workload.name());
            fields.put("ratio", timing.ratio(limit));
        });
        return fields;
    }
}
