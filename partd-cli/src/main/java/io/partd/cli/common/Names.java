package io.partd.cli.common;

import java.util.ArrayList;
import java.util.List;

/** Lists on the command line: of names of columns, and of expressions. */
public final class Names {
    private Names() {}

    /**
     * The parts of a list with commas. A part in double quotes may hold commas; two double quotes in it are one. Commas
     * in round brackets do not part: {@code date_trunc('month', day),origin} are two.
     *
     * @throws IllegalArgumentException if a quote is not closed, or a part is empty and not quoted
     */
    public static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        do {
            StringBuilder part = new StringBuilder();
            at = text.startsWith("\"", at) ? quoted(text, at, part) : plain(text, at, part);
            parts.add(part.toString());
        } while (at++ < text.length());
        return parts;
    }

    private static int plain(String text, int from, StringBuilder part) {
        int end = end(text, from);
        part.append(text, from, end);
        if (part.isEmpty()) throw new IllegalArgumentException("'" + text + "' has an empty part");
        return end;
    }

    /** The next comma that is not in brackets; one that is never closed is a letter like others. */
    private static int end(String text, int from) {
        int comma = text.indexOf(',', from);
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') depth++;
            if (c == ')' && depth > 0) depth--;
            if (c == ',' && depth == 0) return at;
        }
        return depth == 0 || comma < 0 ? text.length() : comma;
    }

    private static int quoted(String text, int from, StringBuilder part) {
        int at = from + 1;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) throw new IllegalArgumentException("'" + text + "' has a double quote that is not closed");
            part.append(text, at, quote);
            at = quote + 1;
            if (!text.startsWith("\"", at)) break;
            part.append('"');
            at++;
        }
        if (at < text.length() && text.charAt(at) != ',') {
            throw new IllegalArgumentException("'" + text + "' has something other than a comma after a double quote");
        }
        return at;
    }
}
