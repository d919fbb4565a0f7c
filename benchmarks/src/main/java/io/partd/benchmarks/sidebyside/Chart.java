package io.partd.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;

/** Draws bars as SVG: panels in two columns, each with a scale of its own that begins at zero. */
final class Chart {
    static final String OURS = "#1f6feb";
    static final String PEER = "#b0b7c0";
    static final String LIMIT = "#e5c07b";

    private static final int WIDTH = 430;
    private static final int LABEL = 165;
    private static final int VALUE = 60;
    private static final int BAR = 16;
    private static final int HEAD = 44;
    private static final int GAP = 24;

    private Chart() {}

    /** @param value how long it is; not negative */
    record Bar(String label, double value, String colour) {}

    record Panel(String title, String unit, List<Bar> bars) {
        private int height() {
            return HEAD + bars.size() * (BAR + 4) + GAP;
        }
    }

    static String svg(List<Panel> panels) {
        StringBuilder body = new StringBuilder();
        int y = GAP;
        for (int i = 0; i < panels.size(); i += 2) {
            List<Panel> row = panels.subList(i, Math.min(i + 2, panels.size()));
            for (int column = 0; column < row.size(); column++) {
                draw(row.get(column), GAP + column * (WIDTH + GAP), y, body);
            }
            y += row.stream().mapToInt(Panel::height).max().orElse(0);
        }
        int width = 2 * WIDTH + 3 * GAP;
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                                + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                        width,
                        y,
                        width,
                        y)
                + body + "</svg>\n";
    }

    private static void draw(Panel panel, int x, int y, StringBuilder svg) {
        svg.append(text(x, y + 12, "font-weight=\"bold\"", panel.title()));
        svg.append(text(x, y + 30, "fill=\"#666666\"", panel.unit()));
        double longest = panel.bars().stream().mapToDouble(Bar::value).max().orElse(0);
        int top = y + HEAD;
        for (Bar bar : panel.bars()) {
            draw(bar, longest, x, top, svg);
            top += BAR + 4;
        }
    }

    private static void draw(Bar bar, double longest, int x, int y, StringBuilder svg) {
        double length = longest > 0 ? (WIDTH - LABEL - VALUE) * bar.value() / longest : 0;
        svg.append(text(x + LABEL - 6, y + 12, "text-anchor=\"end\"", bar.label()));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x + LABEL,
                y,
                length,
                BAR,
                bar.colour()));
        svg.append(text((int) (x + LABEL + length + 5), y + 12, "fill=\"#333333\"", number(bar.value())));
    }

    /** With three digits or more. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String text(int x, int y, String attributes, String text) {
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, y, attributes, escape(text));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
