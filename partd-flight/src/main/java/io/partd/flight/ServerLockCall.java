package io.partd.flight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A DoExchange call that holds the store's lock: the client is told when it has it, sends something now and then to
 * show that it is there, and gives the lock back by ending its side. The call ends when the lock is free.
 */
final class ServerLockCall extends ServerCall.Listener<Frame> implements LockKeeper.Holder {
    /** Names the lease that a call belongs to. */
    static final Metadata.Key<String> LEASE = Metadata.Key.of("partd-lease", Metadata.ASCII_STRING_MARSHALLER);

    /** How the call ends when the lock is not to be had in time. */
    static final Status.Code REFUSED = Status.Code.FAILED_PRECONDITION;

    private static final Set<String> FIELDS = Set.of("lock");
    private static final Set<String> LOCK = Set.of("waitMillis");
    private static final long LONGEST_WAIT_MILLIS = 1L << 40;

    private final ServerContext server;
    private final ServerCall<Frame, Frame> call;
    private final MessageFlow flow;
    private LockKeeper.Lease lease;
    private boolean closed;

    ServerLockCall(ServerContext server, ServerCall<Frame, Frame> call) {
        this.server = server;
        this.call = call;
        this.flow = new MessageFlow(
                call, server.plan.requests, MessageSizes.LARGEST_OF_LOCK, 1, server.slowClients, this::refused);
        flow.askWithin(MessageSizes.LARGEST_OF_LOCK);
    }

    /** What a call is told whose lease holds the lock no more. */
    static RuntimeException gone() {
        String message = "the lock was lost, because its holder was not heard of for a while or the server was started"
                + " anew: nothing was changed, take it again";
        return new UncheckedIOException(message, new IOException(message));
    }

    @Override
    public void onMessage(Frame frame) {
        flow.took();
        try (frame) {
            if (frame.defect != null) throw new IllegalArgumentException(frame.defect);
            if (lease == null) ask(frame.descriptor().getCmd().toByteArray());
            else lease.hear();
            flow.askPatiently(MessageSizes.LARGEST_OF_LOCK);
        } catch (RuntimeException e) {
            refused(e);
        }
    }

    private void refused(RuntimeException failure) {
        server.refused(call.getMethodDescriptor().getBareMethodName(), failure);
        end(Failures.status(failure), Failures.trailers(failure));
        onCancel();
    }

    private void ask(byte[] text) {
        ObjectNode lock =
                Json.requireObject(Json.read(text, "the command", FIELDS).get("lock"), "\"lock\"", LOCK);
        long millis = lock.has("waitMillis") ? Math.min(LONGEST_WAIT_MILLIS, Json.number(lock, "waitMillis")) : -1;
        // The id is a secret between the holder and the server.
        lease = server.keeper.lease(UUID.randomUUID().toString(), this, millis < 0 ? -1 : millis * 1_000_000);
        lease.ask();
    }

    @Override
    public void granted() {
        byte[] answer = Json.bytes(Json.object().put("lease", lease.id));
        synchronized (this) {
            if (closed) return;
            call.sendHeaders(new Metadata());
            call.sendMessage(Frame.of(null, Frame.NOTHING, answer, List.of()));
        }
    }

    @Override
    public void refused() {
        end(REFUSED.toStatus().withDescription("the lock is held by somebody else"), new Metadata());
    }

    @Override
    public void lost() {
        end(Failures.status(gone()), Failures.trailers(gone()));
    }

    @Override
    public void released() {
        end(Status.OK, new Metadata());
    }

    private synchronized void end(Status status, Metadata trailers) {
        if (closed) return;
        closed = true;
        flow.close();
        if (!call.isCancelled()) call.close(status, trailers);
    }

    @Override
    public void onHalfClose() {
        if (lease == null) end(Status.INVALID_ARGUMENT.withDescription("the call has no command"), new Metadata());
        else lease.end();
    }

    @Override
    public void onCancel() {
        flow.close();
        if (lease != null) lease.end();
    }
}
