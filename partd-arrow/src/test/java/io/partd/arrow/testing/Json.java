package io.partd.arrow.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON text, to the byte as JavaScript's {@code JSON.stringify} writes it. */
final class Json {
    private Json() {}

    /** The text of a null, Boolean, String, List, or Map with texts as keys. */
    static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean) out.append(value);
        else if (value instanceof String text) quote(text, out);
        else if (value instanceof List<?> list) list(list, out);
        else if (value instanceof Map<?, ?> map) object(map, out);
        else throw new IllegalArgumentException("no JSON for " + value.getClass());
    }

    private static void list(List<?> list, StringBuilder out) {
        String separator = "[";
        for (Object element : list) {
            out.append(separator);
            write(element, out);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            quote((String) entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1)))
                out.append(c).append(text.charAt(++i));
            else character(c, out);
        }
        out.append('"');
    }

    private static void character(char c, StringBuilder out) {
        int letter = "\b\t\n\f\r\"\\".indexOf(c);
        if (letter >= 0) out.append('\\').append("btnfr\"\\".charAt(letter));
        else if (c < ' ' || Character.isSurrogate(c)) out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        else out.append(c);
    }
}
