package io.partd.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A segment that is being written, front to back, by one thread at a time, until it is sealed or aborted. */
public interface Sink {

    /** Appends what remains in the first {@code count} buffers. After a failure any part of it may be there. */
    void write(ByteBuffer[] buffers, int count) throws IOException;

    /** Returns when all that was written is on the medium, or will be when it is sealed. */
    void sync() throws IOException;

    /** It has all its bytes. */
    void seal() throws IOException;

    /** None of it counts: it is taken away. */
    void abort() throws IOException;
}
