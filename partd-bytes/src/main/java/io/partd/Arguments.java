package io.partd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks what callers pass, before anything is written. */
final class Arguments {
    private Arguments() {}

    static void check(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        checkEntries(Objects.requireNonNull(values, "values is null"), "value");
        checkEntries(Objects.requireNonNull(heads, "heads is null"), "head");
    }

    private static void checkEntries(Map<String, ? extends Bytes> entries, String what) {
        entries.forEach((key, value) -> {
            KeyCheck.check(key);
            if (value == null) throw new NullPointerException("the " + what + " of key " + KeyCheck.preview(key) + " is null");
        });
    }

    /** A copy of the keys, all of them checked. */
    static List<String> keys(Collection<String> keys) {
        List<String> copy = new ArrayList<>(Objects.requireNonNull(keys, "keys is null"));
        copy.forEach(KeyCheck::check);
        return copy;
    }
}
