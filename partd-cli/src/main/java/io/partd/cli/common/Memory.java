package io.partd.cli.common;

import io.partd.duckdb.DuckOptions;
import io.partd.text.Sizes;
import io.partd.text.Text;

/**
 * How much memory a command may use, and who gets how much of it. A quarter is the heap's ({@link #jvmFlags}, which the
 * {@code partd} script passes) and a quarter DuckDB's; the rest holds Arrow batches: those on their way in, what is
 * staged, what is merged of it, and what is being written.
 *
 * @param bytes all of it
 */
public record Memory(long bytes) {
    private static final long LEAST = 128_000_000;
    private static final int MOST_THREADS = 4;
    private static final long MOST_STAGED = 1 << 30;
    private static final long BYTES_PER_THREAD = 64_000_000;

    /** What {@code --memory} is where it is not given. */
    public static final String DEFAULT = "1GB";

    /**
     * Reads a size such as {@code 256MB} (a million bytes each) or {@code 1GiB} (1024 x 1024 x 1024).
     *
     * @throws IllegalArgumentException if it is none, or too little to work with
     */
    public static Memory parse(String text) {
        long bytes = Sizes.parse(text);
        if (bytes < LEAST || bytes > 1L << 50) {
            throw new IllegalArgumentException("'" + text + "': use " + Text.bytes(LEAST) + " to 1000 TB");
        }
        return new Memory(bytes);
    }

    /** Whether a text can be read as one. */
    public static boolean isSize(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static Memory standard() {
        return parse(DEFAULT);
    }

    long forDuckDb() {
        return bytes / 4;
    }

    /** What the JVM needs for its part: direct buffers may take as much as Arrow's. */
    public String jvmFlags() {
        return "-Xmx" + bytes / 4 + " -XX:MaxDirectMemorySize=" + forArrow();
    }

    /** What reads files may use: DuckDB's part, and as much again for the batches on their way in. */
    public DuckOptions forReading() {
        return DuckOptions.memory(bytes / 2).threads(threads());
    }

    /** The limit of Arrow's memory for what is staged and written; batches on their way in have their own. */
    public long forStore() {
        return forArrow() - bytes / 8;
    }

    /** The limit of Arrow's allocator. */
    public long forArrow() {
        return bytes / 2;
    }

    /**
     * What a store may stage, which is never more than 1 GiB. Staged rows lie in memory once as they came, and once as
     * what is written; some of them are being merged.
     */
    public long toStage() {
        return Math.min(bytes / 8, MOST_STAGED);
    }

    /** How many threads of DuckDB have room for what each of them reads. */
    int threads() {
        long fit = Math.max(1, forDuckDb() / BYTES_PER_THREAD);
        return (int) Math.min(Math.min(fit, MOST_THREADS), Runtime.getRuntime().availableProcessors());
    }
}
