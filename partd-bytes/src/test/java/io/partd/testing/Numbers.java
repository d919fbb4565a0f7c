package io.partd.testing;

import java.util.List;

/**
 * How the contract makes and reads a store's values: each of them stands for a list of numbers, and appending values
 * must append their lists. This is all that a typed store has to say to be run. Called from several threads at once.
 *
 * @param <V> the values
 */
public interface Numbers<V> {

    /** Returns a value of the numbers; for no numbers, the empty value. */
    V write(List<Integer> numbers);

    /** Returns the numbers of a value, which stays as it is. */
    List<Integer> read(V value);

    /** Called once for each value that was written or that a store returned, when it is not needed any more. */
    default void release(V value) {}
}
