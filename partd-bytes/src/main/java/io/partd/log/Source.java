package io.partd.log;

import io.partd.CorruptPartdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A segment's bytes, to be read from any position. What is kept, from the start, stays readable when the file is
 * deleted, and need not be copied; nothing is where a medium does not say more. The medium closes what it has opened.
 * Safe for several threads.
 */
public interface Source {

    /** The file as a user would name it. */
    String describe();

    /** Reads at a position until {@code dst} is full or the file ends; gives the number of bytes read. */
    int read(long position, ByteBuffer dst) throws IOException;

    /**
     * Whether the file stays where it is while anybody reads from it, and each read costs a request: then values are
     * read when they are touched, many ranges at once, though nothing is kept.
     */
    default boolean isFar() {
        return false;
    }

    /** Reads several ranges; each of their buffers is full afterwards, or the file has lost its end. */
    default void read(List<FarRead> reads) throws IOException {
        for (FarRead each : reads) read(each.position(), each.dst());
    }

    /** Up to where the bytes are kept. */
    default long kept() {
        return 0;
    }

    /**
     * Keeps more of the segment where that pays.
     *
     * @param readable up to where its records are known
     * @param finished whether it will not grow any more
     */
    default void keep(long readable, boolean finished) throws IOException {}

    /**
     * To be called before kept bytes are touched, with the time in nanoseconds.
     *
     * @throws CorruptPartdException if the file has lost bytes
     */
    default void check(long now) {}

    /** A view of the longest prefix of a kept range that lies in one piece: at least a block, or all. */
    default ByteBuffer view(long from, long to) {
        throw new IllegalStateException("nothing of " + describe() + " is kept");
    }

    /** Copies a kept range that lies in one piece; false where it does not, or is not kept. */
    default boolean copy(long from, byte[] dst, int at, int length) {
        return false;
    }
}
