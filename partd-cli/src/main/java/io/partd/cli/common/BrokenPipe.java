package io.partd.cli.common;

/** Whoever read the output has stopped, as {@code head} does: no reason to say anything. */
public final class BrokenPipe extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenPipe(Throwable cause) {
        super(cause);
    }

    /** Whether a failed write says so. */
    static boolean is(Throwable e) {
        return e.getMessage() != null && e.getMessage().contains("Broken pipe");
    }
}
