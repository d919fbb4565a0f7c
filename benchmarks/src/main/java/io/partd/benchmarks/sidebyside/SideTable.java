package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A table of one workload: a line for each phase of each peer. */
record SideTable(List<List<String>> lines) {
    private static final List<String> HEAD = List.of(
            "peer",
            "what",
            "median ms",
            "spread",
            "cold ms",
            "MB/s",
            "of limit",
            "M rows/s",
            "peak MiB",
            "anonymous MiB",
            "disk MB");

    static SideTable of(List<Results> results, LimitSpeeds limits) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Results result : results) addLines(result, limits, lines);
        return new SideTable(lines);
    }

    private static void addLines(Results result, LimitSpeeds limits, List<List<String>> lines) {
        if (!result.failure().isEmpty()) {
            String reason = result.failure()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("failed");
            lines.add(List.of(result.entry.label(), "failed: " + reason, "", "", "", "", "", "", "", "", ""));
            return;
        }
        boolean first = true;
        for (String phase : result.phases()) {
            List<String> line = speeds(result, phase, limits.of(result, phase));
            line.addAll(first ? sizes(result) : List.of("", "", ""));
            lines.add(line);
            first = false;
        }
    }

    private static List<String> speeds(Results result, String phase, OptionalDouble limit) {
        boolean rows = result.rows(phase) > 0;
        double speed = result.megabytesPerSecond(phase);
        List<String> line = new ArrayList<>(List.of(result.entry.label(), phase.replace('_', ' ')));
        line.add(number("%.1f", Statistics.median(result.best(phase))));
        line.add(number("%.0f %%", 100 * Statistics.spread(result.best(phase))));
        line.add(number("%.1f", Statistics.median(result.cold(phase))));
        line.add(number("%.0f", speed));
        line.add(limit.isPresent() ? number("%.2f", speed / limit.getAsDouble()) : "");
        line.add(rows ? number("%.1f", result.millionRowsPerSecond(phase)) : "");
        return line;
    }

    private static List<String> sizes(Results result) {
        return List.of(
                Long.toString(result.resident() >> 20),
                (result.anonymous() >> 20) + " (" + (result.before() >> 20) + ")",
                result.disk() == 0 ? "" : number("%.1f", result.disk() / 1e6));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** In columns, for a terminal. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String form = "%" + (column < 2 ? "-" : "") + width(column) + "s  ";
                row.append(String.format(Locale.ROOT, form, line.get(column)));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            for (String cell : lines.get(i))
                text.append("| ").append(cell(cell)).append(' ');
            text.append("|\n");
            if (i == 0)
                text.append("|---|---").append("|--:".repeat(HEAD.size() - 2)).append("|\n");
        }
        return text.toString();
    }

    /** A text such that it stays in its cell. */
    static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
