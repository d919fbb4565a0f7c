package io.partd.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers and names as people read them. */
public final class Text {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Text() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        // A formatter takes longer to load than most commands do all in all.
        String digits = Long.toString(number);
        StringBuilder text = new StringBuilder(digits);
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) text.insert(at, ',');
        return text.toString();
    }

    /** {@code 1 row}, {@code 1,234 rows}. */
    public static String count(long number, String one) {
        return count(number) + ' ' + one + (number == 1 ? "" : "s");
    }

    /** {@code 12.3 MB}, in powers of 1,000. */
    public static String bytes(double bytes) {
        int unit = 0;
        double scaled = bytes;
        while (scaled >= 999.95 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", scaled, UNITS[unit]);
    }

    /** A bar of as many eighths of a character as the part of {@code whole} asks for, at least one for any part. */
    public static String bar(long part, long whole, int width) {
        if (part <= 0 || whole <= 0) return "";
        long eighths = Math.max(1, Math.round((double) part / whole * width * 8));
        String bar = "█".repeat((int) (eighths / 8)) + EIGHTHS.charAt((int) (eighths % 8));
        return bar.strip();
    }

    public static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text, without its end if it is longer than that. */
    public static String cut(String text, int width) {
        return width(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + '…';
    }

    /** The text in one line, without its end if it is longer than that before control characters are escaped. */
    public static String line(String text, int width) {
        return oneLine(cut(text, width));
    }

    /** A name in quotes, in one line. */
    public static String quote(String name) {
        return '"' + oneLine(name) + '"';
    }

    /** The text without what would upset a terminal: control characters are written as escapes. */
    public static String oneLine(String text) {
        if (text.chars().noneMatch(Text::isControl)) return text;
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> line.append(isControl(c) ? escape((char) c) : String.valueOf((char) c)));
        return line.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
        };
    }

    /** The text as a JSON string. */
    public static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (isControl(c)) json.append(escape(c));
            else json.append(c);
        }
        return json.append('"').toString();
    }

    /** The key as a file's name: what is no letter, digit, dash, underscore or inner dot is written as in URLs. */
    public static String fileName(String key) {
        StringBuilder name = new StringBuilder();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_') || c == '.' && !name.isEmpty();
            if (plain) name.append(c);
            else name.append(String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return name.toString();
    }
}
