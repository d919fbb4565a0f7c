package io.partd.flight;

import java.util.Collection;
import java.util.SortedSet;

/** The keys in which the server keeps what it has to remember; nobody else sees or touches them. */
final class Reserved {
    static final String PREFIX = "\0io.partd.flight\0";
    private static final String END = "\0io.partd.flight\1";

    private Reserved() {}

    /**
     * Requires that a key is not one of the server's.
     *
     * @throws IllegalArgumentException if it is
     */
    static void refuse(Collection<String> keys) {
        for (String key : keys) {
            if (key.startsWith(PREFIX)) {
                throw new IllegalArgumentException(
                        "key \"" + key.replace('\0', ' ').strip()
                                + "\" begins with what the server keeps for itself, \"\\0io.partd.flight\\0\": use another");
            }
        }
    }

    /** Takes the server's own keys away. */
    static SortedSet<String> hide(SortedSet<String> keys) {
        keys.subSet(PREFIX, END).clear();
        return keys;
    }

    /** Only the server's own. */
    static SortedSet<String> only(SortedSet<String> keys) {
        return keys.subSet(PREFIX, END);
    }
}
