package io.partd;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the files of a store lie: all that ties the file store to the local file system. Files are written once, front
 * to back, or published whole; they are named without a path. An interrupt neither fails nor ends a call. Safe for
 * several threads.
 */
interface Medium extends Closeable {

    /** The file as a user would name it. */
    String describe(String name);

    /** The names of all files. */
    List<String> list() throws IOException;

    /** A new file, which must not exist. */
    Output create(String name) throws IOException;

    long size(String name) throws IOException;

    /** Reads at a position until {@code dst} is full or the file ends; gives the number of bytes read. */
    int read(String name, long position, ByteBuffer dst) throws IOException;

    /** Reads a whole file, which may have been published anew since the last time. */
    ByteBuffer load(String name) throws IOException;

    /**
     * Maps bytes that are in the file, and stay readable when it is deleted; null where there may be no more maps, and
     * the bytes are to be read instead.
     */
    ByteBuffer map(String name, long position, int length) throws IOException;

    /** Returns when all bytes of the file are on the medium. */
    void sync(String name) throws IOException;

    /** Returns when the names of all files are on the medium. */
    void syncNames() throws IOException;

    /**
     * Puts a file of this content there, or in the place of one: whole, or not at all; on the medium when this returns.
     */
    void publish(String name, ByteBuffer content) throws IOException;

    /** As {@link #publish}, also where there is no room any more, in what {@link #reserve} has kept. */
    void publishAtLast(String name, ByteBuffer content) throws IOException;

    /** Keeps some room for {@link #publishAtLast}, unless there is no room. */
    void reserve() throws IOException;

    /** Closes the files that nobody has read since the last time: one that was deleted has its room back then. */
    void closeIdle() throws IOException;

    /** Deletes the file, if it is there. */
    void delete(String name) throws IOException;

    /**
     * A number for this file since the machine was started; another one for a copy, or after a restart. 0 where none
     * can be had. Bytes whose number is unchanged cannot have been lost with the power.
     */
    long incarnation(String name) throws IOException;

    /** A file that is being written, front to back, by one thread at a time. */
    interface Output extends Closeable {

        /** Appends what remains in the first {@code count} buffers. After a failure any part of it may be there. */
        void write(ByteBuffer[] buffers, int count) throws IOException;

        /** Returns when all of it is on the medium. */
        void sync() throws IOException;
    }
}
