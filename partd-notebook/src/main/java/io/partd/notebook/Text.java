package io.partd.notebook;

import java.util.Locale;

/** Numbers and names as people read them. */
final class Text {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Text() {}

    /** {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 1,234 rows}. */
    static String count(long number, String one) {
        return count(number) + ' ' + one + (number == 1 ? "" : "s");
    }

    /** {@code 12.3 MB}, in powers of 1,000. */
    static String bytes(long bytes) {
        int unit = 0;
        double scaled = bytes;
        while (scaled >= 999.95 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", scaled, UNITS[unit]);
    }

    /** A bar of as many eighths of a character as the part of {@code whole} asks for, at least one for any part. */
    static String bar(long part, long whole, int width) {
        if (part <= 0 || whole <= 0) return "";
        long eighths = Math.max(1, Math.round((double) part / whole * width * 8));
        String bar = "█".repeat((int) (eighths / 8)) + EIGHTHS.charAt((int) (eighths % 8));
        return bar.strip();
    }

    /** The text in one line, without control characters, and without its end if it is longer than that. */
    static String line(String text, int width) {
        int end = text.length() <= width ? text.length() : text.offsetByCodePoints(0, points(text, width - 1));
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            line.append(control ? visible(c) : String.valueOf(c));
        }
        return end < text.length() ? line.append('…').toString() : line.toString();
    }

    private static int points(String text, int most) {
        return Math.min(most, text.codePointCount(0, text.length()));
    }

    private static String visible(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
