package io.partd.marks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * What servers and layers need of the store below, and users of a store do not see: appends that carry marks, the
 * store's lock as appends have it, and the right to be the only server. {@link MarkedStores#of} finds it.
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

    /**
     * Does work in which appends here, but for those with heads, need not wait for the store's lock: nobody else has it
     * until the work is done. A layer above takes its own locks within, and so comes to no circle with the lock's
     * holder, who may do this as well. The work of others must not ask for the lock.
     */
    <T> T sharing(Supplier<T> work);

    /** The store's lock, or one that takes that with it; nobody else does work {@link #sharing} meanwhile. */
    Lock lock();

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
