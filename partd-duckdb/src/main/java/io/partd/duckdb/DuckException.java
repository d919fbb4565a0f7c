package io.partd.duckdb;

import java.util.Objects;

/**
 * Thrown where DuckDB began a statement and could not finish it; {@link #reason} says why. What is wrong with a
 * statement itself, or with what it is given, is an {@link IllegalArgumentException} instead, before anything is read.
 */
public final class DuckException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why a statement did not finish. */
    public enum Reason {
        /** The thread that waited for it was interrupted; its interrupt flag is set. */
        CANCELLED,
        /** It took longer than {@link DuckOptions#timeout}. */
        TIMEOUT,
        /** It needs more memory than {@link DuckOptions#memory} gives. */
        OUT_OF_MEMORY,
        /** What it reads from a store, a file or a table failed: the cause says how, and the message where. */
        INPUT,
        /** A value did not fit, or whatever else DuckDB says. */
        FAILED
    }

    private final Reason reason;

    /** Makes one; the cause may be null. */
    public DuckException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "the reason is null");
    }

    /** Returns why the statement did not finish. */
    public Reason reason() {
        return reason;
    }
}
