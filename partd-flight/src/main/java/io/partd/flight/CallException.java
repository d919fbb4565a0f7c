package io.partd.flight;

import java.io.IOException;

/**
 * Why a server did not do what it was asked for: the cause of the {@link java.io.UncheckedIOException} that a
 * {@link FlightPartd} throws where the reason is not the store's.
 */
public final class CallException extends IOException {
    private static final long serialVersionUID = 1;

    /** The server's address. */
    private final String server;
    /** As gRPC names it. */
    private final String status;
    /** What the status means here, without what is known of the outcome. */
    private final String reason;

    /**
     * What clients throw; others have no use for it.
     *
     * @param message what was done, and what is known of its outcome
     * @param cause the call's failure
     */
    public CallException(String message, String server, String status, String reason, Throwable cause) {
        super(message, cause);
        this.server = server;
        this.status = status;
        this.reason = reason;
    }

    /** Returns the address of the server that was asked. */
    public String server() {
        return server;
    }

    /** Returns how the call ended, by gRPC's name of the status, such as {@code UNAUTHENTICATED}. */
    public String status() {
        return status;
    }

    /** Returns what the server said of it, or what was wrong with the way to it. */
    public String reason() {
        return reason;
    }
}
