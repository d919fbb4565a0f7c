package io.partd.flight;

import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Consumer;

/**
 * Asks for a call's messages one by one, each when there is memory for it. What is larger than was reserved takes more
 * as it comes, and is refused where there is no more.
 */
final class Intake implements AutoCloseable {
    private final ServerCall<?, ?> call;
    private final Budget budget;
    private final Patience.Wait wait;
    private final Consumer<RuntimeException> refuse;
    private volatile Budget.Reservation awaited;
    private volatile long allowed;
    private long received;

    Intake(ServerCall<?, ?> call, Budget budget, Patience patience, WireWatch wire, Consumer<RuntimeException> refuse) {
        this.call = call;
        this.budget = budget;
        this.refuse = refuse;
        this.wait = patience.watch(() -> refuse.accept(Failures.refusal(
                Status.Code.DEADLINE_EXCEEDED, "the client took too long to send a message: nothing of it was kept")));
        wire.listen(this::arrive);
    }

    /** Asks for a message, when there is room for one of usual size. */
    void ask() {
        Budget.Reservation next = budget.open();
        awaited = next;
        allowed = Admission.SLOT;
        next.await(Admission.SLOT, this::request);
    }

    /** As {@link #ask}, but refuses the call where there is no room now. */
    void askNow() {
        Budget.Reservation next = budget.open();
        if (next.grow(Admission.SLOT)) {
            awaited = next;
            allowed = Admission.SLOT;
            request();
        } else {
            refuse.accept(full());
        }
    }

    /** Asks for a message whose bytes were reserved. */
    void askWithin(long reserved) {
        awaited = null;
        allowed = reserved;
        request();
    }

    private void request() {
        wait.begin();
        call.request(1);
    }

    /** Bytes of the message, as they come; in the transport's thread. */
    private void arrive(long bytes) {
        received += bytes;
        if (received <= allowed) return;
        Budget.Reservation reservation = awaited;
        if (reservation != null && reservation.grow(Admission.SLOT)) {
            allowed += Admission.SLOT;
            return;
        }
        refuse.accept(full());
    }

    private static RuntimeException full() {
        return Failures.refusal(
                Status.Code.RESOURCE_EXHAUSTED,
                "the server has no memory left for a message of this size: send smaller ones, or try again later");
    }

    /** The message is there: its reservation, which is no larger than it; in the transport's thread. */
    Budget.Reservation took(long size) {
        wait.end();
        received = 0;
        Budget.Reservation reservation = awaited;
        awaited = null;
        if (reservation != null) reservation.shrink(size);
        return reservation;
    }

    Budget budget() {
        return budget;
    }

    /** Waits for no more. */
    @Override
    public void close() {
        wait.close();
        Budget.Reservation reservation = awaited;
        if (reservation != null) reservation.close();
    }
}
