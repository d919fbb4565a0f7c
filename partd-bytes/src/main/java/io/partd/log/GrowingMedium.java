package io.partd.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A medium on which segments are read while they grow, and whose files may lose their ends with the power. */
public interface GrowingMedium extends Medium {

    /** Returns when all bytes of the file are on the medium. */
    void sync(String name) throws IOException;

    /**
     * Puts a file of this content there, or in the place of one: whole, or not at all; on the medium when this returns.
     */
    void keep(String name, ByteBuffer content) throws IOException;

    /**
     * Keeps some room, so that a manifest can be published also on a full disk, unless there is no room. While nobody
     * publishes one.
     */
    void reserve() throws IOException;

    /** Closes the files that nobody has read since the last time: one that was deleted has its room back then. */
    void closeIdle() throws IOException;
}
