package io.partd.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The rule that every key has to follow, the same for all stores. */
public final class KeyCheck {
    public static final int MAX_UTF8_BYTES = 65_535;

    private static final int PREVIEW = 40;

    private KeyCheck() {}

    /**
     * Accepts a non-empty, well-formed key of at most 65,535 UTF-8 bytes.
     *
     * @throws IllegalArgumentException for any other, naming the key and the rule
     */
    public static void check(String key) {
        utf8Length(key);
    }

    /** A copy of the keys, all of them checked. */
    public static List<String> copy(Collection<String> keys) {
        List<String> copy = new ArrayList<>(Objects.requireNonNull(keys, "keys is null"));
        copy.forEach(KeyCheck::check);
        return copy;
    }

    /** The key's length in UTF-8 bytes; throws what {@link #check} throws. */
    public static int utf8Length(String key) {
        Objects.requireNonNull(key, "key is null");
        if (key.isEmpty()) throw new IllegalArgumentException("key \"\" is empty: use at least one character");
        int ascii = 0;
        while (ascii < key.length() && key.charAt(ascii) < 0x80) ascii++;
        long length = key.length();
        for (int i = ascii; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < 0x80) continue;
            if (!Character.isSurrogate(c)) {
                length += c < 0x800 ? 1 : 2;
            } else {
                requirePair(key, i++);
                length += 2;
            }
        }
        if (length > MAX_UTF8_BYTES) {
            throw new IllegalArgumentException(
                    "key " + preview(key) + " has " + length + " UTF-8 bytes: use at most " + MAX_UTF8_BYTES);
        }
        return (int) length;
    }

    private static void requirePair(String key, int at) {
        boolean paired = Character.isHighSurrogate(key.charAt(at))
                && at + 1 < key.length()
                && Character.isLowSurrogate(key.charAt(at + 1));
        if (!paired) {
            throw new IllegalArgumentException(
                    "key " + preview(key) + " has a lone surrogate at index " + at + ": use well-formed Unicode");
        }
    }

    /** The key in quotes for a message: its beginning where it is long, and nothing that a terminal could not show. */
    public static String preview(String key) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(key.length(), PREVIEW); i++) {
            char c = key.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append(key.length() > PREVIEW ? "...\"" : "\"").toString();
    }
}
