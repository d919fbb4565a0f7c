package io.partd.tablesaw;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which names the columns of a table can have, here and in Arrow. */
final class Names {
    private Names() {}

    /**
     * Requires that a Tablesaw table can have columns of these names.
     *
     * @throws IllegalArgumentException if two differ only in case, or not at all, or one begins or ends with a space
     */
    static void requireDifferent(List<String> names) {
        Map<String, String> ignoringCase = new HashMap<>();
        Map<String, String> inLowerCase = new HashMap<>();
        for (String name : names) {
            if (!name.equals(name.trim())) {
                throw new IllegalArgumentException("column \"" + name + "\" has spaces or control characters around its"
                        + " name, which Tablesaw cuts off: rename it, or leave it out");
            }
            // Tablesaw finds columns in the one way, and keeps them apart in the other.
            String other = ignoringCase.put(ignoringCase(name), name);
            String lower = inLowerCase.put(name.toLowerCase(Locale.ROOT), name);
            if (other == null) other = lower;
            if (other == null) continue;
            throw new IllegalArgumentException("columns \"" + other + "\" and \"" + name + "\""
                    + (other.equals(name) ? " have one name" : " differ only in case")
                    + ", which a Tablesaw table cannot hold: rename one, or leave it out");
        }
    }

    /** What is equal to {@code String.equalsIgnoreCase} is equal here. */
    private static String ignoringCase(String name) {
        char[] chars = name.toCharArray();
        for (int i = 0; i < chars.length; i++) chars[i] = Character.toLowerCase(Character.toUpperCase(chars[i]));
        return new String(chars);
    }

    /** Requires that Arrow can have a column of this name. */
    static void requireWellFormed(String name) {
        if (Utf8.length(name) != Utf8.ILL_FORMED) return;
        throw new IllegalArgumentException("column \"" + name + "\" has a lone surrogate in its name: rename it");
    }
}
