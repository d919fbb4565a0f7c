package io.partd.flight;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections: on those beyond the number that there is memory for, every call is refused. */
final class Connections extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<Boolean> TOO_MANY = Attributes.Key.create("partd-too-many");

    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    Connections(int most) {
        this.most = most;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        boolean tooMany = open.incrementAndGet() > most;
        return attributes.toBuilder().set(TOO_MANY, tooMany).build();
    }

    @Override
    public void transportTerminated(Attributes attributes) {
        if (attributes != null && attributes.get(TOO_MANY) != null) open.decrementAndGet();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (!Boolean.TRUE.equals(call.getAttributes().get(TOO_MANY))) return next.startCall(call, headers);
        return Guard.refuse(
                call,
                Status.UNAVAILABLE.withDescription(
                        "the server has its " + most + " connections: give it more memory, or try again later"));
    }
}
