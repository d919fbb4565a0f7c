package io.partd;

import io.partd.base.KeyCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rule of keys, and composite keys: several parts in one key, from which they can be had back. Safe for several
 * threads.
 *
 * <p>Parts are joined by {@code |}. Within a part {@code |} is written {@code \|} and {@code \} is written {@code \\};
 * a part without characters is written {@code \e}. So different parts give different keys, and a single part without
 * any of these is its own key.
 */
public final class Keys {
    /** The most bytes that a key may have in UTF-8. */
    public static final int MAX_UTF8_BYTES = KeyCheck.MAX_UTF8_BYTES;

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';
    private static final char EMPTY = 'e';

    private Keys() {}

    /**
     * Accepts what every store takes as a key: any non-empty, well-formed Unicode string of at most
     * {@link #MAX_UTF8_BYTES} UTF-8 bytes. Stores check each key themselves; this is for who wants to know before he
     * has made the value.
     *
     * @throws NullPointerException if the key is null
     * @throws IllegalArgumentException for any other; the message names the key and the rule
     */
    public static void check(String key) {
        KeyCheck.check(key);
    }

    /**
     * Returns the key of the parts, each as {@link String#valueOf(Object)} gives it: {@code Keys.of("a", "b", 1)} is
     * {@code a|b|1}.
     *
     * @throws NullPointerException if a part is null
     * @throws IllegalArgumentException if there are no parts, or one is not well-formed Unicode
     */
    public static String of(Object... parts) {
        if (parts.length == 0) throw new IllegalArgumentException("a key needs at least one part");
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) key.append(SEPARATOR);
            Object part = parts[i];
            int index = i;
            append(key, String.valueOf(Objects.requireNonNull(part, () -> "part " + index + " of a key")));
        }
        return key.toString();
    }

    private static void append(StringBuilder key, String part) {
        if (!wellFormed(part)) {
            throw new IllegalArgumentException(
                    "the key part \"" + part + "\" has an unpaired surrogate: it is not well-formed Unicode");
        }
        if (part.isEmpty()) key.append(ESCAPE).append(EMPTY);
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == SEPARATOR || c == ESCAPE) key.append(ESCAPE);
            key.append(c);
        }
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /**
     * Returns the parts of a key that {@link #of} made, as text.
     *
     * @throws IllegalArgumentException if {@code of} makes no such key
     */
    public static List<String> parts(String key) {
        if (!wellFormed(key)) throw malformed(key, 0, "an unpaired surrogate");
        List<String> parts = new ArrayList<>();
        for (int start = 0; start <= key.length(); ) {
            int end = end(key, start);
            parts.add(part(key, start, end));
            start = end + 1;
        }
        return List.copyOf(parts);
    }

    private static int end(String key, int start) {
        int end = start;
        while (end < key.length() && key.charAt(end) != SEPARATOR) {
            end += key.charAt(end) == ESCAPE ? 2 : 1;
        }
        return Math.min(end, key.length());
    }

    private static String part(String key, int start, int end) {
        if (end - start == 2 && key.charAt(start) == ESCAPE && key.charAt(start + 1) == EMPTY) return "";
        if (start == end) throw malformed(key, start, "a part without characters is written \\e");
        StringBuilder part = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = key.charAt(i);
            if (c == ESCAPE) {
                if (++i == end) throw malformed(key, i - 1, "nothing follows the backslash");
                c = key.charAt(i);
                if (c != SEPARATOR && c != ESCAPE) throw malformed(key, i - 1, "only \\| and \\\\ are escapes here");
            }
            part.append(c);
        }
        return part.toString();
    }

    private static IllegalArgumentException malformed(String key, int index, String reason) {
        return new IllegalArgumentException(
                "\"" + key + "\" is not a key made by Keys.of: " + reason + ", at index " + index);
    }
}
