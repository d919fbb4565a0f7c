package io.partd.marks;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store remembers of one owner; immutable.
 *
 * @param settled that number and all before it are not tried again, and nothing more is known of them
 * @param made the appends after it that were made, by their numbers
 * @param doubtful those after it of which the store cannot say whether they were made
 */
public record OwnerMarks(long settled, Map<Long, Mark> made, Set<Long> doubtful) {
    /** Of an owner that was never heard of. */
    public static final OwnerMarks NONE = new OwnerMarks(0, Map.of(), Set.of());

    /** Takes what both say. */
    public OwnerMarks and(OwnerMarks other) {
        if (other.equals(NONE)) return this;
        long settledBoth = Math.max(settled, other.settled);
        TreeMap<Long, Mark> madeBoth = new TreeMap<>(made);
        madeBoth.putAll(other.made);
        madeBoth.headMap(settledBoth, true).clear();
        Set<Long> doubtfulBoth = new HashSet<>(doubtful);
        doubtfulBoth.addAll(other.doubtful);
        doubtfulBoth.removeIf(number -> number <= settledBoth || madeBoth.containsKey(number));
        return new OwnerMarks(settledBoth, Collections.unmodifiableMap(madeBoth), Set.copyOf(doubtfulBoth));
    }
}
