package io.partd.flight.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.arrow.flight.impl.Flight.Ticket;

/** What a DoGet call answers, one frame after the other: few are on their way before they are wanted. */
final class PulledFrames extends ClientCall.Listener<Frame> implements AutoCloseable {
    private static final int AHEAD = 2;

    private final Queue<Frame> waiting = new ArrayDeque<>();
    private ClientCall<Ticket, Frame> call;
    private Status status;
    private Metadata trailers;
    private boolean closed;
    private Deadline deadline;

    private PulledFrames(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Begins a call, and returns when its first frame is there or it has ended well. */
    static PulledFrames open(Calls calls, Ticket ticket, Deadline deadline) throws CallFailure {
        PulledFrames frames = new PulledFrames(deadline);
        frames.call = calls.start(FlightMethods.DO_GET, CallOptions.DEFAULT, null, frames);
        frames.call.request(AHEAD);
        frames.call.sendMessage(ticket);
        frames.call.halfClose();
        try {
            frames.await();
            frames.restart(calls.deadline());
            return frames;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            frames.close();
            throw new CallFailure(Status.CANCELLED.withDescription("interrupted"), null);
        }
    }

    private synchronized void restart(Deadline next) {
        deadline = next;
    }

    @Override
    public synchronized void onMessage(Frame frame) {
        if (closed) frame.close();
        else waiting.add(frame);
        notifyAll();
    }

    @Override
    public synchronized void onClose(Status end, Metadata last) {
        status = end;
        trailers = last;
        notifyAll();
    }

    private synchronized void await() throws CallFailure, InterruptedException {
        while (waiting.isEmpty() && status == null && !deadline.isOver()) deadline.await(this);
        if (waiting.isEmpty() && status == null) {
            close();
            throw CallFailure.deadline();
        }
        if (waiting.isEmpty() && !status.isOk()) throw new CallFailure(status, trailers);
    }

    /** The next frame, which the caller closes, or null where there is none. */
    synchronized Frame next() throws CallFailure, InterruptedException {
        // Whoever reads may have taken his time.
        deadline.progress();
        await();
        Frame frame = waiting.poll();
        if (frame != null) call.request(1);
        return frame;
    }

    /** Wants no more. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        waiting.forEach(Frame::close);
        waiting.clear();
        if (status == null) call.cancel("no more is wanted", null);
    }
}
