package io.partd.cli.common;

import io.partd.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Columns of text, as wide as what is in them. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final Set<Integer> right = new HashSet<>();

    public TextTable(String... header) {
        rows.add(header);
    }

    /** Makes the columns end at one edge, as numbers do. */
    public TextTable right(Integer... columns) {
        right.addAll(Arrays.asList(columns));
        return this;
    }

    public void row(String... cells) {
        rows.add(cells);
    }

    public void print() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], Text.width(row[i]));
        }
        for (String[] row : rows) Output.line(line(row, widths));
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (i > 0) line.append("  ");
            String spaces = " ".repeat(widths[i] - Text.width(row[i]));
            if (right.contains(i)) line.append(spaces).append(row[i]);
            else line.append(row[i]).append(spaces);
        }
        return line.toString().stripTrailing();
    }
}
