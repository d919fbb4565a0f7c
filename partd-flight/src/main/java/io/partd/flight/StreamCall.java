package io.partd.flight;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call with one request, whose answers are sent as the client takes them. No thread waits for a client: whenever it
 * has room, one fills it.
 */
final class StreamCall<Q, R> extends ServerCall.Listener<Request<Q>> {
    /** How much is on its way to a client before the next answer is made, in bytes. */
    private static final int AHEAD = 256 << 10;

    private final ServerContext server;
    private final ServerCall<Request<Q>, R> call;
    private final Method<Q, R> method;
    private final String lease;
    private final AtomicInteger wanted = new AtomicInteger();
    private Source<R> source;
    private boolean done;
    private volatile boolean cancelled;
    private volatile boolean asked;

    /** What a method does. */
    interface Method<Q, R> {
        /** Whether this request may change the store, or wait for its lock. */
        default boolean changes(Q request) {
            return false;
        }

        Source<R> open(Q request);
    }

    StreamCall(ServerContext server, ServerCall<Request<Q>, R> call, Metadata headers, Method<Q, R> method) {
        this.server = server;
        this.call = call;
        this.method = method;
        this.lease = headers.get(LockCall.LEASE);
        call.setOnReadyThreshold(AHEAD);
        call.request(2);
    }

    @Override
    public void onMessage(Request<Q> received) {
        if (asked) return;
        wanted.incrementAndGet();
        asked = true;
        try {
            begin(received.require());
        } catch (RuntimeException e) {
            finish(e);
        }
    }

    private void begin(Q request) {
        Runnable begin = Context.current().wrap(() -> {
            open(request);
            send();
        });
        if (method.changes(request)) server.change(lease, begin, this::finish);
        else server.read(begin);
    }

    private void open(Q request) {
        try {
            if (cancelled) return;
            source = method.open(request);
            call.sendHeaders(new Metadata());
        } catch (RuntimeException | Error e) {
            finish(e);
        }
    }

    /** The client has room again. */
    @Override
    public void onReady() {
        if (asked && wanted.getAndIncrement() == 0) server.read(this::send);
    }

    /** Sends until there is no room, and again if there was some meanwhile: one thread at a time. */
    private void send() {
        int seen;
        do {
            seen = wanted.get();
            sendWhileReady();
        } while (wanted.addAndGet(-seen) > 0);
    }

    private void sendWhileReady() {
        if (done) return;
        try {
            while (!cancelled && call.isReady() && source.hasNext()) call.sendMessage(source.next());
            if (cancelled || call.isReady() && !source.hasNext()) finish(null);
        } catch (RuntimeException | Error e) {
            finish(e);
        }
    }

    private void finish(Throwable failure) {
        if (done) return;
        done = true;
        if (source != null) source.close();
        if (cancelled) return;
        if (failure == null) {
            call.close(Status.OK, new Metadata());
        } else {
            server.refused(call.getMethodDescriptor().getBareMethodName(), failure);
            call.close(Failures.status(failure), Failures.trailers(failure));
        }
    }

    @Override
    public void onHalfClose() {
        if (asked) return;
        asked = true;
        wanted.incrementAndGet();
        finish(new IllegalArgumentException("the call has no request"));
    }

    @Override
    public void onCancel() {
        cancelled = true;
        if (wanted.getAndIncrement() == 0) server.read(this::send);
    }
}
