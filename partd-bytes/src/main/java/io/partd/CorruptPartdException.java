package io.partd;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Thrown where stored bytes are broken: they are never handed out as if they were whole. */
public final class CorruptPartdException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;
    private final String reason;

    /**
     * Makes an exception whose message names all three.
     *
     * @param file what is broken: a file, or the layer that was decoding
     * @param offset where in it, in bytes
     * @param reason what does not check, and what was expected
     */
    public CorruptPartdException(String file, long offset, String reason) {
        this(file, offset, reason, null);
    }

    /** As above, with what a decoder threw. */
    public CorruptPartdException(String file, long offset, String reason, Throwable cause) {
        super(file + " is corrupt at byte " + offset + ": " + reason, new IOException(reason, cause));
        this.file = file;
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns what is broken: a file, or the layer that was decoding. */
    public String file() {
        return file;
    }

    /** Returns the offset in bytes at which it does not check. */
    public long offset() {
        return offset;
    }

    /** Returns what does not check. */
    public String reason() {
        return reason;
    }
}
