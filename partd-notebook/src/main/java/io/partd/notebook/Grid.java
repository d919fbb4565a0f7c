package io.partd.notebook;

import io.partd.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of texts, with a title above and a note below it, as HTML and as plain text. */
final class Grid {
    private static final String LEFT = " style=\"text-align:left\"";
    private static final String RIGHT = " style=\"text-align:right\"";
    private static final String BAR =
            " style=\"text-align:left;color:#4c78a8;font-family:monospace;white-space:pre;line-height:1;letter-spacing:-.5px\"";
    private static final String DIM = "opacity:.6;font-weight:normal";

    /** How the cells of a column are written. */
    enum Kind {
        TEXT(LEFT),
        NUMBER(RIGHT),
        BAR(Grid.BAR);

        final String style;

        Kind(String style) {
            this.style = style;
        }
    }

    private final String title;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();
    private String note = "";

    Grid(String title) {
        this.title = title;
    }

    Grid column(String name, Kind kind) {
        return column(name, "", kind);
    }

    /** Adds a column that shows a type below its name. */
    Grid column(String name, String type, Kind kind) {
        names.add(name);
        types.add(type);
        kinds.add(kind);
        return this;
    }

    /** Adds a row; null is a cell without a value. */
    Grid row(String... cells) {
        rows.add(cells);
        return this;
    }

    Grid note(String text) {
        note = text;
        return this;
    }

    View view() {
        return new View(html(), text());
    }

    private String html() {
        StringBuilder html = new StringBuilder();
        if (!title.isEmpty()) html.append("<div><b>").append(Html.escape(title)).append("</b></div>");
        if (!names.isEmpty()) table(html);
        if (!note.isEmpty()) {
            html.append("<div style=\"" + DIM + "\">").append(Html.escape(note)).append("</div>");
        }
        return html.toString();
    }

    private void table(StringBuilder html) {
        html.append("<table><thead><tr>");
        for (int i = 0; i < names.size(); i++) {
            html.append("<th").append(headStyle(i)).append('>').append(Html.escape(names.get(i)));
            if (!types.get(i).isEmpty()) {
                html.append("<br><span style=\"" + DIM + "\">")
                        .append(Html.escape(types.get(i)))
                        .append("</span>");
            }
            html.append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (String[] row : rows) row(html, row);
        html.append("</tbody></table>");
    }

    private String headStyle(int column) {
        return kinds.get(column) == Kind.NUMBER ? RIGHT : LEFT;
    }

    private void row(StringBuilder html, String[] row) {
        html.append("<tr>");
        for (int i = 0; i < row.length; i++) {
            html.append("<td").append(kinds.get(i).style).append('>');
            html.append(row[i] == null ? "<i style=\"" + DIM + "\">null</i>" : Html.escape(row[i]));
            html.append("</td>");
        }
        html.append("</tr>");
    }

    private String text() {
        List<String[]> lines = new ArrayList<>();
        lines.add(names.toArray(String[]::new));
        if (types.stream().anyMatch(type -> !type.isEmpty())) lines.add(types.toArray(String[]::new));
        for (String[] row : rows) {
            lines.add(
                    Arrays.stream(row).map(cell -> cell == null ? "null" : cell).toArray(String[]::new));
        }
        StringBuilder text = new StringBuilder(title);
        if (!names.isEmpty()) lines.forEach(line -> text.append('\n').append(line(line, widths(lines))));
        if (!note.isEmpty()) text.append('\n').append(note);
        return text.toString().strip();
    }

    private int[] widths(List<String[]> lines) {
        int[] widths = new int[names.size()];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], Text.width(line[i]));
        }
        return widths;
    }

    private String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) line.append("  ");
            String spaces = " ".repeat(widths[i] - Text.width(cells[i]));
            boolean right = kinds.get(i) == Kind.NUMBER;
            line.append(right ? spaces + cells[i] : cells[i] + spaces);
        }
        return line.toString().stripTrailing();
    }
}
