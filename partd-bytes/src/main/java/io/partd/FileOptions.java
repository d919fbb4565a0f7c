package io.partd;

/**
 * How a {@link Partds#file(java.nio.file.Path, FileOptions) file store} writes. Immutable; begin with
 * {@link #defaults}.
 *
 * @param fsync whether each append returns only when it is on the medium, and so survives the loss of power without a
 *     {@link Partd#flush}
 * @param segmentBytes the size in bytes at which a segment is finished and the next one begun; a larger append gets a
 *     segment of its own
 */
public record FileOptions(boolean fsync, long segmentBytes) {
    private static final long MAX_SEGMENT_BYTES = 1 << 30;
    private static final FileOptions DEFAULTS = new FileOptions(false, MAX_SEGMENT_BYTES);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException unless {@code segmentBytes} is from 1 to 1 GiB
     */
    public FileOptions {
        if (segmentBytes < 1 || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + segmentBytes + ": use 1 to " + MAX_SEGMENT_BYTES + " (1 GiB)");
        }
    }

    /** Returns the options of a store that says nothing else: no fsync, segments of 1 GiB. */
    public static FileOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another {@link #fsync}. */
    public FileOptions withFsync(boolean newFsync) {
        return new FileOptions(newFsync, segmentBytes);
    }

    /** Returns these options with another {@link #segmentBytes}. */
    public FileOptions withSegmentBytes(long newSegmentBytes) {
        return new FileOptions(fsync, newSegmentBytes);
    }
}
