package io.partd.marks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a server needs of the store that it serves, and users of a store do not see: appends that carry marks, and the
 * right to be the only server. {@link MarkedStores#of} finds it.
 *
 * @param <V> what the store's keys hold
 */
public interface Marks<V> {
    /**
     * Appends as {@link io.partd.Partd#append(Map, Map)} does, and remembers the marks in the same atomic step, also
     * where nothing else is appended. In each mark the store notes which of the heads it wrote, in the order of the
     * map.
     *
     * @return the keys whose heads were written
     */
    Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads, List<Mark> marks);

    /** What the store remembers of an owner; a mark is kept for a day, whatever is removed from the store. */
    OwnerMarks marks(UUID owner);

    /**
     * Makes the caller the only server of the store, until it gives the claim back.
     *
     * @param who who that is, for others to read
     * @throws java.io.UncheckedIOException if there is one; the message says who
     */
    Claim claim(String who);
}
