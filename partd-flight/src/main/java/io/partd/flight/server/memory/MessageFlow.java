package io.partd.flight.server.memory;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import io.partd.flight.server.connection.WireWatch;
import java.util.function.Consumer;

/**
 * The one way by which a call's messages come in: one by one, each asked for when the client has begun to send it and
 * there is memory for all of it. Until then its bytes stay with the transport, in the connection's window, and the call
 * holds nothing. Who takes too long over a message is cut.
 */
public final class MessageFlow implements WireWatch.Listener, AutoCloseable {
    private enum Asked {
        NOTHING,
        /** One message, which may wait for memory. */
        WAITING,
        /** One message, which may wait for a while: memory is held that others may wait for. */
        HOLDING,
        /** One message, which may not. */
        AT_ONCE,
        /** One message out of what was reserved. */
        WITHIN
    }

    private final ServerCall<?, ?> call;
    private final Budget budget;
    private final long largest;
    private final int factor;
    private final WireWatch wire;
    private final SlowClientWatch.Wait wait;
    private final Consumer<RuntimeException> refuse;
    private Asked asked = Asked.NOTHING;
    private long allowed;
    private Budget.Reservation reservation;
    private boolean closed;

    /**
     * @param largest the size of the largest message, in bytes
     * @param factor how much memory is reserved for each byte of a message
     */
    public MessageFlow(
            ServerCall<?, ?> call,
            Budget budget,
            long largest,
            int factor,
            SlowClientWatch watch,
            Consumer<RuntimeException> refuse) {
        this.call = call;
        this.budget = budget;
        this.largest = largest;
        this.factor = factor;
        this.refuse = refuse;
        this.wire = WireWatch.current();
        this.wait = watch.watch(refuse);
        wire.listen(this);
    }

    /** Asks for a message, when there is room for it. */
    public void ask() {
        ask(Asked.WAITING, largest);
    }

    /** As {@link #ask}, of a call that holds memory: it does not wait for more without end. */
    public void askHolding() {
        ask(Asked.HOLDING, largest);
    }

    /** As {@link #ask}, but refuses the call where there is no room once it comes. */
    public void askNow() {
        ask(Asked.AT_ONCE, largest);
    }

    /** Asks for a message whose bytes were reserved. */
    public void askWithin(long reserved) {
        ask(Asked.WITHIN, reserved);
    }

    private void ask(Asked how, long bytes) {
        synchronized (this) {
            if (closed) return;
            asked = how;
            allowed = bytes;
        }
        wait.send();
        if (how != Asked.WAITING) wait.hold(budget);
        wire.expect();
    }

    /** Asks for a message of the call that holds the lock, which may take its time until it begins. */
    public void askPatiently(long bytes) {
        synchronized (this) {
            if (closed) return;
            asked = Asked.WITHIN;
            allowed = bytes;
        }
        wire.expect();
    }

    @Override
    public void announced(long bytes) {
        Budget.Reservation room;
        Asked how;
        synchronized (this) {
            if (closed) return;
            how = asked;
            asked = Asked.NOTHING;
            room = how == Asked.WITHIN ? null : open(budget);
            reservation = room;
        }
        if (bytes > allowed) {
            refuse.accept(Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "a message has " + bytes + " bytes, and the server takes at most " + allowed + " there"));
        } else if (how == Asked.WITHIN) {
            receive();
        } else if (how == Asked.WAITING || how == Asked.HOLDING) {
            // Not the client's fault.
            if (how == Asked.WAITING) wait.end();
            else wait.release();
            room.await(factor * bytes, this::receive);
        } else if (room.grow(factor * bytes)) {
            receive();
        } else {
            refuse.accept(full());
        }
    }

    /** Has all of the message come, for which there is room. */
    private void receive() {
        wait.send();
        wait.hold(budget);
        call.request(1);
    }

    @Override
    public void arrived() {
        wait.progress();
    }

    @Override
    public void flooded() {
        refuse.accept(Failures.refusal(
                Status.Code.UNAVAILABLE,
                "the server has no memory left for all that this connection sends at once: try again later"));
    }

    private static RuntimeException full() {
        return Failures.refusal(
                Status.Code.RESOURCE_EXHAUSTED,
                "the server has no memory left for a message of this size: send smaller ones, or try again later");
    }

    /** The message is there: what was reserved for it, or null. */
    public Budget.Reservation took() {
        wait.end();
        synchronized (this) {
            Budget.Reservation taken = reservation;
            reservation = null;
            return taken;
        }
    }

    public Budget budget() {
        return budget;
    }

    /** A reservation for what is made of the messages, which waits in the turn of this call's connection. */
    public Budget.Reservation open(Budget given) {
        return given.open(wire.connection());
    }

    /** Waits for no more. */
    @Override
    public void close() {
        Budget.Reservation left;
        wait.close();
        synchronized (this) {
            closed = true;
            left = reservation;
            reservation = null;
        }
        if (left != null) left.close();
    }
}
