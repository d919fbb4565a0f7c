package io.partd.flight.client;

import io.grpc.Metadata;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;

/** A call that ended with another status than OK. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final transient Metadata trailers;
    private final boolean answered;

    CallFailure(Status status, Metadata trailers) {
        this(status, trailers, true);
    }

    private CallFailure(Status status, Metadata trailers, boolean answered) {
        super(status.getCode() + ": " + status.getDescription(), status.getCause());
        this.status = status;
        this.trailers = trailers;
        this.answered = answered;
    }

    /** A call that was given up here. */
    static CallFailure deadline() {
        Status status = Status.DEADLINE_EXCEEDED.withDescription("nothing was heard of the server before the deadline");
        return new CallFailure(status, null, false);
    }

    Status status() {
        return status;
    }

    Metadata trailers() {
        return trailers;
    }

    /** Whether it says nothing of what the server did. */
    boolean isUnanswered() {
        return !answered || mayPass();
    }

    /** Whether nobody was there to connect to. */
    boolean isRefused() {
        for (Throwable each = status.getCause(); each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof NoRouteToHostException
                    || each instanceof UnknownHostException
                    || each instanceof SocketException && isAbsent(each)) return true;
        }
        return false;
    }

    /** A Unix socket that is not there: the JDK has no exception of its own for it. */
    private static boolean isAbsent(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("No such file or directory");
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
