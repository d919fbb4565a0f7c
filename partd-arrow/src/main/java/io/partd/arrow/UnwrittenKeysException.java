package io.partd.arrow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Thrown by an {@link ArrowPartd} where tables that were staged could not be written: {@link #keys} says of which keys.
 * Those of all other keys were.
 */
public final class UnwrittenKeysException extends UncheckedIOException {
    private static final long serialVersionUID = 1;
    /** More keys are counted in the message, and not named. */
    private static final int MAX_NAMED = 100;

    private final TreeSet<String> keys;

    @SuppressWarnings("NonApiType") // the field is serialized, which a SortedSet need not be
    private UnwrittenKeysException(String message, Throwable first, TreeSet<String> keys) {
        super(message, new IOException(first.getMessage(), first));
        this.keys = keys;
    }

    /**
     * Makes an exception whose message names the keys and the reasons.
     *
     * @param failures by key: why it could not be written
     * @param what what becomes of the tables
     */
    static UnwrittenKeysException of(Map<String, Throwable> failures, String what) {
        Map<String, Throwable> sorted = new TreeMap<>(failures);
        String message = "staged tables of " + sorted.size() + (sorted.size() == 1 ? " key" : " keys")
                + " could not be written, and " + what + ": " + describe(sorted);
        return new UnwrittenKeysException(message, sorted.values().iterator().next(), new TreeSet<>(sorted.keySet()));
    }

    private static String describe(Map<String, Throwable> failures) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        int named = 0;
        for (Map.Entry<String, Throwable> each : failures.entrySet()) {
            if (named++ == MAX_NAMED) break;
            byReason.computeIfAbsent(reason(each.getValue()), reason -> new ArrayList<>())
                    .add("\"" + each.getKey() + "\"");
        }
        List<String> parts = new ArrayList<>();
        byReason.forEach((reason, keys) -> parts.add(String.join(", ", keys) + " (" + reason + ")"));
        if (failures.size() > MAX_NAMED) parts.add("and " + (failures.size() - MAX_NAMED) + " more");
        return String.join(", ", parts);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Returns the keys whose staged tables were not written, all of them. */
    public SortedSet<String> keys() {
        return Collections.unmodifiableSortedSet(keys);
    }
}
