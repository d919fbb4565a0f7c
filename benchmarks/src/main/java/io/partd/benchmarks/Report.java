package io.partd.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A finished run as a table for people and as JSON for programs. */
record Report(Map<String, Object> facts, List<Timing> timings, Optional<IndexMemory> memory) {

    String table() {
        StringBuilder text = new StringBuilder();
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append(String.format(
                "%n%-34s %6s %9s %9s %9s %7s  %s%n", "workload", "MB", "median ms", "min", "max", "GB/s", "ratio"));
        for (Timing timing : timings) text.append(line(timing));
        memory.ifPresent(bytes -> text.append(String.format(
                Locale.ROOT,
                "%nheap for each chunk in the index: %.1f bytes in the handle that wrote, %.1f in one that read"
                        + " footers%n",
                bytes.writing(),
                bytes.reading())));
        return text.toString();
    }

    private String line(Timing timing) {
        long bytes = timing.workload.bytes();
        String speed = bytes == 0 ? "" : String.format(Locale.ROOT, "%.2f", timing.gigabytesPerSecond());
        String ratio = limit(timing)
                .map(limit -> String.format(Locale.ROOT, "%.2f of %s", timing.ratio(limit), limit.workload.name()))
                .orElse("");
        return String.format(
                                Locale.ROOT,
                                "%-34s %6s %9.1f %9.1f %9.1f %7s  %s",
                                timing.workload.name(),
                                bytes == 0 ? "" : bytes / 1_000_000,
                                timing.median(),
                                timing.min(),
                                timing.max(),
                                speed,
                                ratio)
                        .stripTrailing()
                + "\n";
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
        memory.ifPresent(
                bytes -> all.put("indexBytesPerChunk", Map.of("writing", bytes.writing(), "reading", bytes.reading())));
        return Json.write(all) + "\n";
    }

    private Map<String, Object> fields(Timing timing) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", timing.workload.name());
        fields.put("bytes", timing.workload.bytes());
        fields.put("medianMs", timing.median());
        fields.put("ms", timing.milliseconds());
        limit(timing).ifPresent(limit -> {
            fields.put("limit", limit.workload.name());
            fields.put("ratio", timing.ratio(limit));
        });
        return fields;
    }
}
