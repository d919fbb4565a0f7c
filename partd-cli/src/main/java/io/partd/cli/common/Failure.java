package io.partd.cli.common;

/** Work that failed for a reason which the message says in one line, for the user. Exit code 1. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
