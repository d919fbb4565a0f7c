package io.partd.flight.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.LockCommand;
import io.partd.flight.server.memory.MessageFlow;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.WireLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * A DoExchange call that holds the store's lock: the client is told when it has it, sends something now and then to
 * show that it is there, and gives the lock back by ending its side. The call ends when the lock is free.
 */
final class ServerLockCall extends ServerCall.Listener<Frame> implements LockKeeper.Holder {
    private final ServerContext server;
    private final ServerCall<Frame, Frame> call;
    private final MessageFlow flow;
    private LockKeeper.Lease lease;
    private boolean closed;

    ServerLockCall(ServerContext server, ServerCall<Frame, Frame> call) {
        this.server = server;
        this.call = call;
        this.flow = new MessageFlow(
                call, server.plan.requests, WireLimits.LARGEST_OF_LOCK, 1, server.slowClients, this::refused);
        flow.askWithin(WireLimits.LARGEST_OF_LOCK);
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
            flow.askPatiently(WireLimits.LARGEST_OF_LOCK);
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
        long millis = LockCommand.of(text).waitMillis();
        // The id is a secret between the holder and the server.
        lease = server.keeper.lease(UUID.randomUUID().toString(), this, millis < 0 ? -1 : millis * 1_000_000);
        lease.ask();
    }

    @Override
    public void granted() {
        byte[] answer = LockCommand.granted(lease.id);
        synchronized (this) {
            if (closed) return;
            call.sendHeaders(new Metadata());
            call.sendMessage(Frame.of(null, Frame.NOTHING, answer, List.of()));
        }
    }

    @Override
    public void refused() {
        end(LockCommand.REFUSED.toStatus().withDescription("the lock is held by somebody else"), new Metadata());
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
