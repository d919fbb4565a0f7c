package io.partd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Checks what callers pass, before anything is written. */
final class Arguments {
    private Arguments() {}

    /** The value, which is there. */
    static Bytes value(String key, Bytes value) {
        if (value == null) throw new NullPointerException("the value of key " + KeyCheck.preview(key) + " is null");
        return value;
    }

    /** A copy of the keys, all of them checked. */
    static List<String> keys(Collection<String> keys) {
        List<String> copy = new ArrayList<>(Objects.requireNonNull(keys, "keys is null"));
        copy.forEach(KeyCheck::check);
        return copy;
    }
}
