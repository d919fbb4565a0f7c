package io.partd.arrow.memory;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The one allocator of the layers that are given none, made when it is first needed. It is never closed. */
public final class SharedAllocator {
    private static BufferAllocator allocator;

    private SharedAllocator() {}

    /**
     * The allocator.
     *
     * @throws IllegalStateException if Arrow cannot allocate memory here, saying what to add
     */
    public static synchronized BufferAllocator get() {
        if (allocator == null) allocator = make();
        return allocator;
    }

    private static BufferAllocator make() {
        BufferAllocator made = null;
        try {
            made = new RootAllocator();
            made.buffer(1).close();
            return made;
        } catch (RuntimeException | LinkageError e) {
            if (made != null) made.close();
            throw unavailable(e);
        }
    }

    /** What to tell a user when Arrow failed to set up its memory. */
    static IllegalStateException unavailable(Throwable cause) {
        return new IllegalStateException(
                "Arrow cannot allocate memory on Java " + Runtime.version().feature() + " (" + cause
                        + "): add org.apache.arrow:arrow-memory-unsafe to the class path, in the version of"
                        + " arrow-vector; arrow-memory-netty alone does not work without JVM flags on newer JDKs",
                cause);
    }
}
