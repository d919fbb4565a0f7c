package io.partd.flight.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.partd.flight.CallException;
import io.partd.flight.ClientOptions;
import io.partd.flight.protocol.AppendFailure;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Headers;
import io.partd.flight.wire.WireLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Makes calls and waits for them; what failed on the way is tried again, later and later, until a deadline. */
final class Calls {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    final ManagedChannel channel;
    private final String server;
    private final ClientOptions options;
    /** Whether the server was ever there. */
    private volatile boolean met;

    private final Semaphore slots = new Semaphore(WireLimits.CALLS_AT_ONCE, true);

    /** One try of a call. */
    interface Attempt<T> {
        /** Makes it, and waits for it until then. */
        T run(Deadline deadline) throws CallFailure;
    }

    Calls(ManagedChannel channel, String server, ClientOptions options) {
        this.channel = channel;
        this.server = server;
        this.options = options;
        watch();
    }

    private void watch() {
        ConnectivityState state = channel.getState(false);
        if (state == ConnectivityState.READY) met = true;
        else if (state != ConnectivityState.SHUTDOWN) channel.notifyWhenStateChanged(state, this::watch);
    }

    /**
     * Waits until there are few enough calls under way for one more: a connection has only so many, and whoever holds
     * the lock has to get through while all others wait for him.
     */
    void enter() {
        boolean entered = false;
        boolean interrupted = false;
        Deadline deadline = deadline();
        while (!entered && !deadline.isOver()) {
            try {
                entered = slots.tryAcquire(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (entered) return;
        String message =
                WireLimits.CALLS_AT_ONCE + " calls at " + server + " are under way, and none ended: nothing was done";
        throw new UncheckedIOException(message, new IOException(message));
    }

    void leave() {
        slots.release();
    }

    Deadline deadline() {
        return new Deadline(options.deadline().toNanos());
    }

    Metadata headers(String lease) {
        Metadata headers = new Metadata();
        if (options.token() != null) headers.put(Headers.AUTHORIZATION, Headers.BEARER + options.token());
        if (lease != null) headers.put(Headers.LEASE, lease);
        return headers;
    }

    /** Starts a call whose callbacks run in the transport's thread. */
    <Q, R> ClientCall<Q, R> start(
            MethodDescriptor<Q, R> method, CallOptions call, String lease, ClientCall.Listener<R> listener) {
        ClientCall<Q, R> started = channel.newCall(method, call);
        started.start(listener, headers(lease));
        return started;
    }

    /** All answers to one request; an interrupt ends the wait where it may. */
    <Q, R> List<R> ask(
            MethodDescriptor<Q, R> method,
            Q request,
            CallOptions options,
            String lease,
            boolean interruptible,
            Deadline deadline)
            throws CallFailure {
        List<R> answers = new ArrayList<>();
        CallListener<R> waiter = new CallListener<>(answers::add, deadline);
        ClientCall<Q, R> call = start(method, options, lease, waiter);
        waiter.attach(call);
        call.sendMessage(request);
        call.halfClose();
        if (interruptible) waiter.await();
        else waiter.awaitUninterruptibly();
        return answers;
    }

    /**
     * Makes a call that may be made twice, again and again until it succeeds, is refused, or the deadline is over.
     *
     * @param what what is done, for messages
     * @param afterwards what is known of a call that failed, for messages
     */
    <T> T retry(String what, Attempt<T> attempt, Outcome afterwards) {
        Deadline all = deadline();
        boolean interrupted = false;
        try {
            for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause)) {
                try {
                    return attempt.run(new Deadline(Math.max(1, all.leftNanos())));
                } catch (CallFailure e) {
                    boolean never = !met && e.isRefused();
                    if (never || !e.mayPass() || !afterwards.mayTryAgain() || all.isOver()) {
                        throw thrown(what, e, afterwards);
                    }
                }
                if (sleep(pause)) interrupted = true;
                if (interrupted && afterwards.mayStop()) {
                    throw new UncheckedIOException(
                            what + " at " + server + " was interrupted: " + afterwards.text(),
                            new InterruptedIOException("interrupted"));
                }
                // gRPC has pauses of its own, and longer ones.
                channel.resetConnectBackoff();
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static boolean sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** What to throw for a call that is not tried again: what the store threw, or what is wrong with the way to it. */
    RuntimeException thrown(String what, CallFailure failure, Outcome afterwards) {
        RuntimeException thrown = Failures.thrown(failure.trailers());
        AppendFailure.Told told = Failures.told(failure.trailers());
        if (thrown != null && afterwards.isCertain(told)) {
            thrown.addSuppressed(failure);
            return thrown;
        }
        Status status = failure.status();
        String reason = status.getCode() + ": " + reason(status);
        String known = thrown == null && failure.isUnanswered()
                ? afterwards.text()
                : afterwards.refused(told, failure.status());
        String message = what + " at " + server + " failed: " + reason + "; " + known;
        return new UncheckedIOException(
                message, new CallException(message, server, status.getCode().name(), reason(status), failure));
    }

    /** What the server says, or what is wrong with the way to it, in one line. */
    private static String reason(Status status) {
        String said = status.getDescription() == null ? "it says no more" : status.getDescription();
        // gRPC adds lines about its own inside.
        String first = said.lines().findFirst().orElse("");
        Throwable ssl = ssl(status.getCause());
        Throwable way = ssl == null ? status.getCause() : deepest(ssl);
        return way == null || way.getMessage() == null ? first : first + ": " + way.getMessage();
    }

    /** What TLS says on top is that there is something wrong; what it is lies below. */
    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) deepest = deepest.getCause();
        return deepest;
    }

    static Throwable ssl(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause())
            if (each instanceof SSLException) return each;
        return null;
    }
}
