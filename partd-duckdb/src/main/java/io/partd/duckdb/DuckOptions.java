package io.partd.duckdb;

import io.partd.text.Sizes;
import io.partd.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How much a {@link PartdDuck} may use. Immutable; begin with {@link #memory(String)}. */
public final class DuckOptions {
    private static final long LEAST_BYTES = 64_000_000;
    private static final long MOST_BYTES = 1L << 50;
    private static final int MOST_THREADS = 1 << 10;

    private final long bytes;
    private final int threads;
    private final Path temporary;
    private final Duration timeout;

    private DuckOptions(long bytes, int threads, Path temporary, Duration timeout) {
        if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the memory is " + Text.bytes(bytes) + ": give "
                    + Text.bytes(LEAST_BYTES) + " to " + Text.bytes(MOST_BYTES));
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(threads + " threads: use 1 to " + MOST_THREADS);
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("the timeout is " + timeout + ": give a time that is longer");
        }
        this.bytes = bytes;
        this.threads = threads;
        this.temporary = temporary;
        this.timeout = timeout;
    }

    /** Returns options with 1 GB of memory, and as many threads as there are processors. */
    public static DuckOptions defaults() {
        return memory(1_000_000_000);
    }

    /**
     * Returns options with so much memory, and as many threads as there are processors.
     *
     * @param size such as {@code 512MB} (a million bytes each) or {@code 1GiB} (1024 x 1024 x 1024): what DuckDB, Arrow
     *     and this library's part of the heap may take together
     * @throws IllegalArgumentException if it is no size, or less than 64 MB
     */
    public static DuckOptions memory(String size) {
        return memory(Sizes.parse(size));
    }

    /** As {@link #memory(String)}, in bytes. */
    public static DuckOptions memory(long bytes) {
        int processors = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        return new DuckOptions(bytes, processors, null, null);
    }

    /**
     * Returns these options with another number of threads: those of DuckDB, and the keys that are worked on at once.
     *
     * @throws IllegalArgumentException if there is less than one
     */
    public DuckOptions threads(int number) {
        return new DuckOptions(bytes, number, temporary, timeout);
    }

    /**
     * Returns these options with a directory for what does not fit into memory, in which directories of their own are
     * made, and removed; what a killed process has left there is removed by the next one. Where nothing is said, what
     * is written into a store on this machine has them beside that store, if that may be written to and DuckDB has not
     * used another one before; all else has them in {@code java.io.tmpdir}.
     */
    public DuckOptions temporaryIn(Path directory) {
        Objects.requireNonNull(directory, "the directory is null");
        return new DuckOptions(bytes, threads, directory.toAbsolutePath(), timeout);
    }

    /**
     * Returns these options with the longest time that a statement may take; where nothing is said, there is none.
     *
     * @throws IllegalArgumentException if it is not longer than nothing
     */
    public DuckOptions timeout(Duration longest) {
        return new DuckOptions(bytes, threads, temporary, Objects.requireNonNull(longest, "the timeout is null"));
    }

    /** Returns how many bytes of memory there are. */
    public long memoryBytes() {
        return bytes;
    }

    /** Returns how many threads there are. */
    public int threads() {
        return threads;
    }

    /** Returns the directory for what does not fit into memory, where one was named. */
    public Optional<Path> temporary() {
        return Optional.ofNullable(temporary);
    }

    /** Returns the longest time that a statement may take, where there is one. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
