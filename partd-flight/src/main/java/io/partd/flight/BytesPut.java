package io.partd.flight;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.flight.impl.Flight.PutResult;

/**
 * An append of bytes in one or more frames, made when the last of them is there. It is held in the memory that it was
 * received in, or, where it is large, in a file. A frame that is received after the call ended is freed at once.
 */
final class BytesPut implements PutCall.Sink {
    private final PutCall call;
    private final AppendCommand command;
    private final List<AutoCloseable> held = new ArrayList<>();
    private final List<ByteBuffer> body = new ArrayList<>();
    private final boolean large;
    private Spill spill;
    private Budget.Reservation whole;
    private long received;
    private boolean first = true;
    /** Whether a thread works with what is held. */
    private boolean busy;

    private boolean finishing;
    private boolean closed;

    BytesPut(PutCall call, AppendCommand command) {
        this.call = call;
        this.command = command;
        Budget budget = call.intake.budget();
        long limit = call.server.admission.largestRequest;
        if (command.bytes() > limit) {
            throw Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "the append has " + command.bytes() + " bytes, and the server takes at most " + limit);
        }
        large = command.bytes() > call.server.admission.spilledFrom(budget);
        if (command.directory() > call.server.admission.spilledFrom(budget)) {
            throw Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "the keys of the append have " + command.directory() + " bytes: append fewer at once");
        }
    }

    @Override
    public synchronized void accept(Frame frame, Budget.Reservation reservation) {
        received += frame.bodySize;
        if (received > command.bytes()) {
            throw new IllegalArgumentException(
                    "the append was announced with " + command.bytes() + " bytes and has more");
        }
        if (first && frame.bodySize > 0 && received < command.bytes()) {
            throw new IllegalArgumentException("the first message of an append in several has a body");
        }
        if (large && frame.bodySize > 0) {
            spill(frame, reservation);
            return;
        }
        held.add(frame::close);
        if (reservation != null) held.add(reservation);
        body.addAll(frame.body);
        boolean begins = first;
        first = false;
        if (begins && received < command.bytes()) begin();
        else if (!large) call.intake.askWithin(command.bytes() - received + Admission.SLOT);
    }

    private void begin() {
        if (large) {
            spill = new Spill();
            held.add(spill);
            call.intake.ask();
        } else {
            whole = call.intake.budget().open();
            held.add(whole);
            whole.await(command.bytes(), () -> call.intake.askWithin(command.bytes() + Admission.SLOT));
        }
    }

    /** Writes it to the file, in a thread that may wait for the disk, and asks for the next one after it. */
    private void spill(Frame frame, Budget.Reservation reservation) {
        busy = true;
        call.server.read(() -> {
            try (frame;
                    reservation) {
                spill.write(frame.body);
            } catch (RuntimeException | Error e) {
                call.fail(e);
            }
            spilled();
        });
    }

    private void spilled() {
        boolean last;
        synchronized (this) {
            busy = false;
            last = finishing;
        }
        if (last) finish();
        else if (!freeIfClosed()) call.intake.ask();
    }

    @Override
    public void finish() {
        synchronized (this) {
            finishing = true;
            if (busy || closed) return;
            busy = received == command.bytes();
        }
        if (busy) {
            call.server.change(call.lease, this::apply, this::refused);
        } else {
            call.fail(new IllegalArgumentException(
                    "the append was announced with " + command.bytes() + " bytes and has " + received));
        }
    }

    private void refused(RuntimeException failure) {
        call.fail(failure);
        done();
    }

    private void apply() {
        boolean made = false;
        try {
            List<ByteBuffer> bytes = spill == null ? body : spill.buffers();
            BitSet written = call.server.appends.apply(
                    command, Content.of(bytes), () -> Entries.read(bytes, command.directory()));
            made = true;
            call.send(PutResult.newBuilder()
                    .setAppMetadata(ByteString.copyFrom(written.toByteArray()))
                    .build());
            call.succeed();
        } catch (RuntimeException | Error e) {
            call.fail(made ? new AppendFailure(AppendFailure.Told.MADE, e) : e);
        }
        done();
    }

    private void done() {
        synchronized (this) {
            busy = false;
        }
        freeIfClosed();
    }

    @Override
    public void abort() {
        synchronized (this) {
            closed = true;
        }
        freeIfClosed();
    }

    private boolean freeIfClosed() {
        List<AutoCloseable> all;
        synchronized (this) {
            if (!closed || busy) return closed;
            all = new ArrayList<>(held);
            held.clear();
            body.clear();
        }
        Closing.all(all);
        return true;
    }
}
