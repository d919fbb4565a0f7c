package io.partd.flight.client;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.partd.flight.protocol.LockCommand;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;

/** The call under which a client holds the lock of a served store: while it is open, the server hears of it. */
final class ClientLockCall extends ClientCall.Listener<Frame> {
    private static final long BEAT_SECONDS = 2;
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(10_000);

    private ClientCall<Frame, Frame> call;
    private ScheduledFuture<?> beats;
    private String id;
    private Status end;
    private Metadata trailers;
    private boolean released;
    private final Deadline deadline;
    /** How long it may wait for the lock once it is under way; negative is without end. */
    private final long waitMillis;

    private boolean underWay;

    private ClientLockCall(Deadline deadline, long waitMillis) {
        this.deadline = deadline;
        this.waitMillis = waitMillis;
    }

    /** Asks for the lock, waiting as long; negative is without end. */
    static ClientLockCall start(Calls calls, long waitMillis, ScheduledExecutorService timer, Deadline deadline) {
        FlightDescriptor descriptor = FlightDescriptor.newBuilder()
                .setType(FlightDescriptor.DescriptorType.CMD)
                .setCmd(ByteString.copyFrom(new LockCommand(waitMillis).toJson()))
                .build();
        ClientLockCall lease = new ClientLockCall(deadline, waitMillis);
        synchronized (lease) {
            lease.call = calls.start(FlightMethods.DO_EXCHANGE, lease.options(), null, lease);
            if (lease.end != null) return lease;
            lease.call.request(2);
            lease.call.sendMessage(Frame.of(descriptor, Frame.NOTHING, Frame.NOTHING, List.of()));
            lease.beats = timer.scheduleAtFixedRate(lease::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        }
        return lease;
    }

    /** Options of a call that note when the server is there to be asked. */
    private CallOptions options() {
        return CallOptions.DEFAULT.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                return new ClientStreamTracer() {
                    @Override
                    public void outboundHeaders() {
                        reach();
                    }
                };
            }
        });
    }

    private synchronized void reach() {
        underWay = true;
        deadline.progress();
        notifyAll();
    }

    /** How long to wait: waiting for the lock itself does not count. */
    private long leftNanos() {
        if (!underWay) return deadline.leftNanos();
        return waitMillis < 0
                ? Long.MAX_VALUE
                : deadline.leftNanos() + TimeUnit.MILLISECONDS.toNanos(Math.min(waitMillis, LONGEST_MILLIS));
    }

    private synchronized void beat() {
        if (end == null && !released) call.sendMessage(Frame.ofBody(List.of()));
    }

    @Override
    public void onMessage(Frame frame) {
        try (frame) {
            String lease = LockCommand.lease(frame.metadata);
            synchronized (this) {
                id = lease;
                notifyAll();
            }
        } catch (IllegalArgumentException e) {
            call.cancel("the answer is not as expected", e);
        }
    }

    @Override
    public synchronized void onClose(Status status, Metadata last) {
        end = status;
        trailers = last;
        if (beats != null) beats.cancel(false);
        notifyAll();
    }

    synchronized String id() {
        return id;
    }

    /** Whether the lock is or was held under this. */
    synchronized boolean isGranted() {
        return id != null;
    }

    /** Whether somebody else has it. */
    synchronized boolean isRefused() {
        return id == null && end != null && end.getCode() == LockCommand.REFUSED;
    }

    CallFailure failure() {
        return new CallFailure(end, trailers);
    }

    /** Waits until the lock is held or refused; an interrupt that may end that leaves neither, and the flag set. */
    void await(boolean interruptible) throws CallFailure {
        boolean interrupted = false;
        synchronized (this) {
            for (long left = leftNanos(); id == null && end == null && left > 0; left = leftNanos()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (interruptible) break;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (interrupted && interruptible && !isGranted()) call.cancel("interrupted", null);
        giveUpWithoutAnswer(interrupted && interruptible);
        if (end != null && !isGranted() && !isRefused()) throw failure();
    }

    private void giveUpWithoutAnswer(boolean cancelled) throws CallFailure {
        synchronized (this) {
            if (cancelled || id != null || end != null) return;
        }
        call.cancel("the deadline is over", null);
        throw CallFailure.deadline();
    }

    /**
     * Gives the lock back, and waits until the server has done it.
     *
     * @throws java.io.UncheckedIOException if it was lost
     */
    void release(Calls calls) {
        boolean interrupted = false;
        synchronized (this) {
            released = true;
            if (end == null) call.halfClose();
            deadline.progress();
            while (end == null && !deadline.isOver()) {
                try {
                    deadline.await(this);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (end == null) call.cancel("the deadline is over", null);
        CallFailure failure = end == null ? CallFailure.deadline() : failure();
        if (end == null || !end.isOk()) throw calls.thrown("holding the lock", failure, Outcome.ofRead());
    }
}
