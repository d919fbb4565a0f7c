package io.partd.flight.server;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.AppendFailure;
import io.partd.flight.protocol.Entries;
import io.partd.flight.protocol.Failures;
import io.partd.flight.server.memory.Budget;
import io.partd.flight.server.memory.MemoryPlan;
import io.partd.flight.server.memory.Spill;
import io.partd.flight.server.once.Content;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.WireLimits;
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
    /** What a message may have beside its body. */
    private static final int ENVELOPE = WireLimits.SLOT - WireLimits.CHUNK;

    private static final int SMALL = 8 << 10;

    private final PutCall call;
    private final AppendCommand command;
    private final List<AutoCloseable> held = new ArrayList<>();
    private final List<ByteBuffer> body = new ArrayList<>();
    private ByteBuffer copies = ByteBuffer.allocate(0);
    /** Whether it is kept in a file, if it comes in several messages. */
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
        long limit = call.server.plan.largestRequest;
        long inMemory = MemoryPlan.spilledFrom(call.lane);
        if (command.bytes() > limit) {
            throw Failures.refusal(
                    Status.Code.RESOURCE_EXHAUSTED,
                    "the append has " + command.bytes() + " bytes, and the server takes at most " + limit);
        }
        large = command.bytes() > inMemory;
        if (command.directory() > inMemory) {
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
        boolean begins = first && received < command.bytes();
        first = false;
        if (begins || frame.bodySize == 0) {
            // All that it had to say is known: nothing of it is kept while the rest waits for room.
            frame.close();
            if (reservation != null) reservation.close();
            if (begins) begin();
            else askForRest();
        } else if (spill != null) {
            spill(frame, reservation);
        } else {
            hold(frame, reservation);
            askForRest();
        }
    }

    private void begin() {
        if (large) {
            spill = call.server.spills.open(command.bytes());
            held.add(spill);
            call.flow.ask();
        } else {
            whole = call.flow.open(call.flow.budget());
            held.add(whole);
            whole.await(command.bytes() + ENVELOPE, this::askForRest);
        }
    }

    /** Keeps the frame as it is, or, where it is small or mostly something else, a copy of its body. */
    private void hold(Frame frame, Budget.Reservation reservation) {
        if (reservation != null) held.add(reservation);
        if (frame.bodySize >= SMALL && frame.size < 2 * frame.bodySize) {
            held.add(frame::close);
            body.addAll(frame.body);
            return;
        }
        try (frame) {
            for (ByteBuffer each : frame.body) copy(each);
        }
    }

    private void copy(ByteBuffer bytes) {
        if (copies.remaining() < bytes.remaining()) {
            copies = ByteBuffer.allocate(Math.max(SMALL, bytes.remaining()));
        }
        int from = copies.position();
        copies.put(bytes);
        body.add(copies.slice(from, copies.position() - from));
    }

    private void askForRest() {
        if (spill != null) call.flow.ask();
        else call.flow.askWithin(command.bytes() - received + ENVELOPE);
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
        else if (!freeIfClosed()) call.flow.ask();
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
