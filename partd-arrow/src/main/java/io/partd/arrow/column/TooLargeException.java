package io.partd.arrow.column;

/** Thrown where a table holds more than one batch, or one vector, can. */
public final class TooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooLargeException(String message) {
        super(message);
    }
}
