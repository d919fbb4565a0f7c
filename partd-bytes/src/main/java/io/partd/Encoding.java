package io.partd;

import java.util.List;

/**
 * How values of one type become bytes. Implementations keep no state and may be called from several threads at once.
 *
 * @param <V> the values
 */
public interface Encoding<V> {

    /**
     * Returns the bytes of a value. The empty value should give {@link Bytes#EMPTY}: then it takes no room, and a head
     * may still come before it.
     */
    Bytes encode(V value);

    /**
     * Returns the value of what one call of {@link #encode} gave. The bytes are untrusted.
     *
     * @throws CorruptPartdException if they are not the bytes of a value
     */
    V decode(Bytes bytes);

    /** Returns the values as one, in order; the empty value where there are none. */
    V join(List<V> values);
}
