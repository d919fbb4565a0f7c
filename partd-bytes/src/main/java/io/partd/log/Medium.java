package io.partd.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Where the segments and manifests of a store lie: all that reading a finished store and rewriting it need to know of
 * files. Segments are written once, front to back; they are named without a path. An interrupt neither fails nor ends a
 * call. Safe for several threads.
 */
public interface Medium extends Closeable {

    /** The file as a user would name it. */
    String describe(String name);

    /** The names of all files. */
    List<String> list() throws IOException;

    /** The length of a file in bytes. */
    long size(String name) throws IOException;

    /** A new segment, which must not exist. */
    Sink create(String name) throws IOException;

    /** A segment to be read, of which at least so many bytes are there; the file is looked for when it is read. */
    Source open(String name, long length);

    /** Reads a whole file that is no segment. */
    ByteBuffer load(String name) throws IOException;

    /** The manifest of the greatest generation that was published, if there is one. */
    Optional<ByteBuffer> latestManifest() throws IOException;

    /**
     * Puts a manifest in force: whole, or not at all; on the medium when this returns.
     *
     * @return false, and nothing is changed, where there is one of this generation or a later one
     */
    boolean publish(long generation, ByteBuffer whole) throws IOException;

    /** Deletes the file, if it is there. */
    void delete(String name) throws IOException;

    /** Returns when the names of all segments are on the medium, which may be when they are sealed. */
    default void syncNames() throws IOException {}

    /**
     * A number for this file since the machine was started; another one for a copy, or after a restart. 0 where none
     * can be had. Bytes whose number is unchanged cannot have been lost with the power.
     */
    default long incarnation(String name) throws IOException {
        return 0;
    }
}
