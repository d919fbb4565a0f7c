package io.partd;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/**
 * A store of values that grow by appending.
 *
 * <p>Keys are non-empty, well-formed Unicode strings of at most 65,535 UTF-8 bytes; any other key is an
 * {@link IllegalArgumentException}. Failures of the world are {@link java.io.UncheckedIOException}s, broken stored
 * bytes a {@link CorruptPartdException}, and use after {@link #close} is an {@link IllegalStateException}. All methods
 * may be called from several threads at once.
 *
 * @param <V> what a key holds: {@link Bytes}, or what a layer above makes of them
 */
public interface Partd<V> extends AutoCloseable {

    /**
     * Appends each value to its key, all of them or none, also for readers and after a crash. Where a key holds no
     * bytes yet, its head is written before its value, in the same atomic append; a key may have a head and no value,
     * and an empty value makes its key exist. When this returns, the data survives the death of the process, as far as
     * the store is not in memory.
     *
     * @param values what to append, by key; not kept, and free to change once this returns
     * @param heads what a key begins with, by key
     * @return the keys whose heads were written
     */
    Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads);

    /** Appends each value to its key, all of them or none. */
    default void append(Map<String, ? extends V> values) {
        append(values, Map.of());
    }

    /** Appends a value to a key. */
    default void append(String key, V value) {
        append(Map.of(key, value), Map.of());
    }

    /**
     * Writes the value of each key that holds no bytes yet, and leaves the others alone; the choice and the write are
     * one atomic step.
     *
     * @return the keys that were written
     */
    default Set<String> putIfAbsent(Map<String, ? extends V> values) {
        return append(Map.of(), values);
    }

    /** Writes the value if the key holds no bytes yet, and says whether it did. */
    default boolean putIfAbsent(String key, V value) {
        return !append(Map.of(), Map.of(key, value)).isEmpty();
    }

    /** Returns everything appended to the key, in order; the empty value where there is no such key. */
    default V get(String key) {
        return get(List.of(key)).get(0);
    }

    /** Returns the values of the keys in the order asked for, all as of one moment. */
    List<V> get(Collection<String> keys);

    /** Removes the keys and what they hold; keys that are not there are passed over. */
    void delete(Collection<String> keys);

    /** Removes the key and what it holds, if it is there. */
    default void delete(String key) {
        delete(List.of(key));
    }

    /**
     * Returns a number that grows whenever keys may have been taken away, by whichever handle or process; appends do
     * not change it. Where two calls give the same number, nothing was removed between them: a layer that remembers
     * what a key begins with compares the numbers before it trusts its memory. The number means nothing else, and is
     * not to be compared with that of another handle.
     *
     * <p>As it stands here it always moves: that is right for every store, and good for no memory.
     */
    default long removals() {
        return Removals.moved();
    }

    /** Returns the keys that exist now, in order; a copy that the caller owns. */
    SortedSet<String> keys();

    /** Removes everything; the store stays usable. */
    void drop();

    /**
     * Returns when everything appended before, by whichever process, is on the medium and survives the loss of power.
     */
    void flush();

    /**
     * Returns the store's reentrant lock: while a thread holds it, no other thread or process appends to the store or
     * changes it. Reading goes on. It has no conditions.
     */
    Lock lock();

    /** Closes this store and the stores below it; what was read stays readable. A second call does nothing. */
    @Override
    void close();
}
