package io.partd.flight.server;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Headers;
import io.partd.flight.server.memory.Budget;
import io.partd.flight.server.memory.MessageFlow;
import io.partd.flight.server.memory.SlowClientWatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A call with one request, whose answers are sent as the client takes them. No thread waits for a client: whenever it
 * has room, one fills it.
 */
final class StreamCall<Q, R> extends ServerCall.Listener<Request<Q>> {
    /** How much is on its way to a client before the next answer is made, in bytes. */
    private static final int AHEAD = 256 << 10;
    /** What is made of a request, for each byte of it. */
    private static final int FACTOR = 2;
    /** What a smaller request takes is not counted while it is answered: there are only so many calls. */
    private static final int SMALL = 64 << 10;

    private final ServerContext server;
    private final ServerCall<Request<Q>, R> call;
    private final Method<Q, R> method;
    private final String lease;
    private final MessageFlow flow;
    private final SlowClientWatch.Wait taking;
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile Budget.Reservation request;
    private Budget.Reservation answers;
    private volatile boolean granted;
    private AnswerSource<R> source;
    private boolean done;
    private volatile Throwable failure;
    private volatile boolean cancelled;
    private volatile boolean asked;

    /** What a method does. */
    interface Method<Q, R> {
        /** Whether this request may change the store, or wait for its lock. */
        default boolean changes(Q request) {
            return false;
        }

        AnswerSource<R> open(Q request);
    }

    StreamCall(ServerContext server, ServerCall<Request<Q>, R> call, Metadata headers, Method<Q, R> method) {
        this.server = server;
        this.call = call;
        this.method = method;
        this.lease = headers.get(Headers.LEASE);
        boolean holder = lease != null && server.keeper.holds(lease);
        Budget budget = holder ? server.plan.holder.messages : server.plan.requests;
        this.flow = new MessageFlow(call, budget, server.plan.largestCommand, FACTOR, server.slowClients, this::fail);
        this.taking = server.slowClients.watch(this::fail);
        call.setOnReadyThreshold(AHEAD);
    }

    /** Asks for the request. */
    StreamCall<Q, R> begin() {
        flow.ask();
        return this;
    }

    @Override
    public void onMessage(Request<Q> received) {
        asked = true;
        Budget.Reservation reserved = flow.took();
        flow.close();
        if (reserved != null && received.size() < SMALL) reserved.close();
        else request = reserved;
        // Until it is opened, nobody sends.
        wanted.incrementAndGet();
        try {
            open(received.require());
        } catch (RuntimeException e) {
            failure = e;
            server.read(this::send);
        }
    }

    private void open(Q message) {
        Runnable open = Context.current().wrap(() -> {
            openNow(message);
            send();
        });
        if (method.changes(message)) {
            server.change(lease, open, refused -> {
                failure = refused;
                send();
            });
        } else {
            server.read(open);
        }
    }

    private void openNow(Q message) {
        try {
            if (cancelled || failure != null) return;
            source = method.open(message);
            call.sendHeaders(new Metadata());
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** The client has room again. */
    @Override
    public void onReady() {
        taking.progress();
        if (asked) wake();
    }

    private void fail(RuntimeException e) {
        failure = e;
        wake();
    }

    private void wake() {
        if (wanted.getAndIncrement() == 0) server.read(this::send);
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
            if (failure != null || cancelled) {
                finish(failure);
            } else if (source != null && hasRoom()) {
                while (!cancelled && failure == null && call.isReady() && source.hasNext()) {
                    call.sendMessage(source.next());
                }
                if (failure != null || cancelled) finish(failure);
                else if (call.isReady() && !source.hasNext()) finish(null);
                else if (request != null || answers != null) taking.hold(held());
            }
        } catch (RuntimeException | Error e) {
            finish(e);
        }
    }

    private Budget held() {
        return answers != null ? server.plan.answers : flow.budget();
    }

    /** Whether what the answers take is reserved: if not, this goes on when it is. */
    private boolean hasRoom() {
        long needed = Math.min(source.memory(), server.plan.answers.capacity);
        if (needed == 0 || answers != null && granted) return true;
        if (answers != null) return false;
        answers = flow.open(server.plan.answers);
        answers.await(needed, () -> {
            granted = true;
            wake();
        });
        return granted;
    }

    private void finish(Throwable reason) {
        if (done) return;
        done = true;
        flow.close();
        taking.close();
        if (source != null) source.close();
        if (request != null) request.close();
        if (answers != null) answers.close();
        if (cancelled) return;
        if (reason == null) {
            call.close(Status.OK, new Metadata());
        } else {
            server.refused(call.getMethodDescriptor().getBareMethodName(), reason);
            call.close(Failures.status(reason), Failures.trailers(reason));
        }
    }

    @Override
    public void onHalfClose() {
        if (!asked) fail(new IllegalArgumentException("the call has no request"));
    }

    @Override
    public void onCancel() {
        cancelled = true;
        wake();
    }
}
