package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Json;
import io.partd.benchmarks.common.Statistics;
import io.partd.benchmarks.peers.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a side-by-side run has given, as text, Markdown, JSON and a chart. */
record SideReport(Map<String, Object> facts, List<Results> results) {
    /** It copies nothing: beside its bar, no other would be seen. */
    private static final String KEEPS_REFERENCES = Peer.PYTHON_DICT.label;

    /** Prints the tables, and writes everything to files of a directory. */
    void write(Path directory) throws IOException {
        String text = facts.entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue() + "\n")
                .collect(Collectors.joining());
        System.out.println(text);
        groups().forEach((group, members) -> System.out.println(
                group + "\n\n" + SideTable.of(members, limits()).text()));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("RESULTS.md"), markdown());
        Files.writeString(directory.resolve("results.json"), json());
        Files.writeString(directory.resolve("chart.svg"), Chart.svg(panels()));
        System.out.println("written: RESULTS.md, results.json and chart.svg in " + directory.toAbsolutePath());
    }

    private Map<String, List<Results>> groups() {
        return results.stream()
                .collect(
                        Collectors.groupingBy(result -> result.entry.group(), LinkedHashMap::new, Collectors.toList()));
    }

    private LimitSpeeds limits() {
        return new LimitSpeeds(results);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Results\n\nWritten by `");
        text.append(facts.get("command")).append("`. [README.md](README.md) says what is timed, and how.\n\n");
        text.append("![speeds beside each other](chart.svg)\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(SideTable.cell(value.toString()))
                .append(" |\n"));
        groups().forEach((group, members) -> {
            text.append("\n## ").append(group).append("\n\n");
            text.append(SideTable.of(members, limits()).markdown());
        });
        return text.toString();
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("results", results.stream().map(SideReport::fields).toList());
        return Json.write(all) + "\n";
    }

    private static Map<String, Object> fields(Results result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workload", result.entry.group());
        fields.put("peer", result.entry.label());
        fields.put("failure", result.failure());
        fields.put("peakResidentBytes", result.resident());
        fields.put("peakAnonymousBytes", result.anonymous());
        fields.put("anonymousBytesBefore", result.before());
        fields.put("diskBytes", result.disk());
        List<Object> phases = new ArrayList<>();
        for (String phase : result.phases()) phases.add(fields(result, phase));
        fields.put("phases", phases);
        return fields;
    }

    private static Map<String, Object> fields(Results result, String phase) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("phase", phase);
        fields.put("bytes", result.bytes(phase));
        fields.put("rows", result.rows(phase));
        fields.put("medianMs", Statistics.median(result.best(phase)));
        fields.put("spread", Statistics.spread(result.best(phase)));
        fields.put("coldMs", result.cold(phase));
        fields.put("warmMs", result.warm(phase));
        fields.put("processorMedianMs", Statistics.median(result.processor(phase)));
        return fields;
    }

    /** A panel for writing and one for reading, for each workload in which peers stand beside each other. */
    List<Chart.Panel> panels() {
        List<Chart.Panel> panels = new ArrayList<>();
        groups().forEach((group, members) -> {
            if (!group.matches("W[12346]:.*")) return;
            for (String phase : List.of("write", "read")) panels.add(panel(group, members, phase));
        });
        return panels;
    }

    private Chart.Panel panel(String group, List<Results> members, String phase) {
        List<Chart.Bar> bars = new ArrayList<>();
        boolean rows = false;
        OptionalDouble limit = OptionalDouble.empty();
        for (Results result : members) {
            if (!result.phases().contains(phase) || result.entry.label().equals(KEEPS_REFERENCES)) continue;
            rows = result.rows(phase) > 0;
            double speed = rows ? result.millionRowsPerSecond(phase) : result.megabytesPerSecond(phase);
            bars.add(new Chart.Bar(result.entry.label(), speed, result.entry.isOurs() ? Chart.OURS : Chart.PEER));
            if (!rows && result.disk() > 0) limit = limits().of(result, phase);
        }
        limit.ifPresent(speed -> bars.add(new Chart.Bar("limit: plain files", speed, Chart.LIMIT)));
        return new Chart.Panel(group, phase + (rows ? ", million rows/s" : ", MB/s"), bars);
    }
}
