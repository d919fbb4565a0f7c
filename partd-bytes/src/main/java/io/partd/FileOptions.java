package io.partd;

/**
 * How a {@link Partds#file(java.nio.file.Path, FileOptions) file store} writes, if it does. Immutable; begin with
 * {@link #defaults} or {@link #readOnly}.
 *
 * @param fsync whether each append returns only when it is on the medium, and so survives the loss of power without a
 *     {@link Partd#flush}
 * @param segmentBytes the size in bytes at which a segment is finished and the next one begun, which also happens after
 *     1,000,000 chunks; a larger append gets a segment of its own
 * @param writable false for a store that is only read, as {@link #readOnly} says
 */
public record FileOptions(boolean fsync, long segmentBytes, boolean writable) {
    private static final long MAX_SEGMENT_BYTES = 1 << 30;
    private static final FileOptions DEFAULTS = new FileOptions(false, MAX_SEGMENT_BYTES, true);
    private static final FileOptions READ_ONLY = new FileOptions(false, MAX_SEGMENT_BYTES, false);

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

    /**
     * Returns the options of a store that is only read, as one on a medium or in a directory that may not be written.
     * Not a byte is written there, and no file locked: others may write to the store, and what they append is seen as
     * by any handle, each append wholly or not at all. Whatever would change the store is refused with an
     * {@link UnsupportedOperationException}, and so is {@code lock}; {@code flush} has nothing to do, and does not wait
     * for what others wrote. The directory must exist.
     *
     * <p>Where no control file of this machine lies there that may be read, as in a copy, each read looks for what was
     * appended. A copy is opened quickly if the store was flushed or compacted before; if it was not, all of it is
     * checked each time it is opened, for the copy may lack what had not reached the medium.
     */
    public static FileOptions readOnly() {
        return READ_ONLY;
    }

    /** Returns these options with another {@link #fsync}. */
    public FileOptions withFsync(boolean newFsync) {
        return new FileOptions(newFsync, segmentBytes, writable);
    }

    /** Returns these options with another {@link #segmentBytes}. */
    public FileOptions withSegmentBytes(long newSegmentBytes) {
        return new FileOptions(fsync, newSegmentBytes, writable);
    }
}
