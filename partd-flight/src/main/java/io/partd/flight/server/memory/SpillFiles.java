package io.partd.flight.server.memory;

import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import java.nio.file.Path;

/** Where a server keeps large appends until they are whole: so many bytes in all. Safe for several threads. */
public final class SpillFiles {
    private final Path directory;
    private final long capacity;
    private long used;

    /**
     * @param directory where they are; null for the directory for temporary files
     * @param capacity how many bytes they have together at most
     */
    public SpillFiles(Path directory, long capacity) {
        this.directory = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
        this.capacity = capacity;
    }

    /**
     * A file for as many bytes, which are counted as they come.
     *
     * @throws io.grpc.StatusRuntimeException if they are more than there ever will be
     */
    public Spill open(long bytes) {
        if (bytes > capacity) throw full(bytes + " bytes, and the server keeps at most " + capacity);
        return new Spill(directory, this);
    }

    synchronized void take(long bytes) {
        if (bytes > capacity - used) {
            throw full("more bytes than are left of the " + capacity + " that the server keeps for all such appends");
        }
        used += bytes;
    }

    synchronized void give(long bytes) {
        used -= bytes;
    }

    private static RuntimeException full(String reason) {
        return Failures.refusal(Status.Code.RESOURCE_EXHAUSTED, "the append has " + reason + " in files (spillBytes)");
    }
}
