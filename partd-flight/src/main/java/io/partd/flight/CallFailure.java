package io.partd.flight;

import io.grpc.Metadata;
import io.grpc.Status;

/** A call that ended with another status than OK. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final transient Metadata trailers;

    CallFailure(Status status, Metadata trailers) {
        super(status.getCode() + ": " + status.getDescription(), status.getCause());
        this.status = status;
        this.trailers = trailers;
    }

    Status status() {
        return status;
    }

    Metadata trailers() {
        return trailers;
    }

    /** Whether it may go well another time: the way to the server failed, and not for what somebody is. */
    boolean mayPass() {
        boolean way = switch (status.getCode()) {
            case UNAVAILABLE, CANCELLED -> true;
            // A connection that ends while it is written to. Causes do not come over the wire: this one is here.
            case UNKNOWN, INTERNAL -> status.getCause() != null;
            default -> false;
        };
        return way && Calls.ssl(status.getCause()) == null;
    }
}
