package io.partd.cli.common;

import io.partd.text.Suggestions;
import io.partd.text.Text;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Lists on the command line, and names of columns. */
public final class Names {
    private Names() {}

    /**
     * The parts of a list with commas. A part in double quotes may hold commas; two double quotes in it are one.
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
        int end = text.indexOf(',', from);
        if (end < 0) end = text.length();
        part.append(text, from, end);
        if (part.isEmpty()) throw new IllegalArgumentException("'" + text + "' has an empty part");
        return end;
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

    /**
     * The one column of that name.
     *
     * @throws Failure if there is none, or more than one
     */
    public static Field column(Schema schema, String name) {
        List<Field> found = schema.getFields().stream()
                .filter(field -> field.getName().equals(name))
                .toList();
        if (found.size() == 1) return found.get(0);
        if (found.size() > 1) throw new Failure("there are " + found.size() + " columns " + Text.quote(name));
        List<String> names = schema.getFields().stream().map(Field::getName).toList();
        throw new Failure("there is no column " + Text.quote(name) + Suggestions.hint(name, names));
    }
}
