package io.partd.flight.server;

import io.grpc.Status;
import io.partd.base.Closing;
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

/**
 * An append of bytes in one or more frames, made when the last of them is there. It is held in the memory that it was
 * received in, or, where it is large, in a file. A frame that is received after the call ended is freed at once.
 */
final class BytesPut extends Put {
    /** What a message may have beside its body. */
    private static final int ENVELOPE = WireLimits.SLOT - WireLimits.CHUNK;

    private static final int SMALL = 8 << 10;

    private final AppendCommand command;
    private final List<Runnable> held = new ArrayList<>();
    private final List<ByteBuffer> body = new ArrayList<>();
    private ByteBuffer copies = ByteBuffer.allocate(0);
    /** Whether it is kept in a file, if it comes in several messages. */
    private final boolean large;

    private Spill spill;
    private Budget.Reservation whole;
    private long received;
    private boolean first = true;

    BytesPut(PutCall call, AppendCommand command) {
        super(call);
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
    synchronized void accept(Frame frame, Budget.Reservation reservation) {
        requireOpen();
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
            release(frame, reservation);
            if (begins) prepare();
            else askNext();
        } else if (spill != null) {
            spill(frame, reservation);
        } else {
            hold(frame, reservation);
            askNext();
        }
    }

    /** Finds a place for what is announced. */
    private void prepare() {
        if (large) {
            spill = call.server.spills.open(command.bytes());
            held.add(spill::close);
            call.flow.ask();
        } else {
            whole = call.flow.open(call.flow.budget());
            held.add(whole::close);
            whole.await(command.bytes() + ENVELOPE, this::askNext);
        }
    }

    /** Keeps the frame as it is, or, where it is small or mostly something else, a copy of its body. */
    private void hold(Frame frame, Budget.Reservation reservation) {
        if (reservation != null) held.add(reservation::close);
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

    @Override
    void askNext() {
        if (spill != null) call.flow.ask();
        else call.flow.askWithin(command.bytes() - received + ENVELOPE);
    }

    /** Writes it to the file, in a thread that may wait for the disk, and asks for the next one after it. */
    private void spill(Frame frame, Budget.Reservation reservation) {
        begin();
        call.server.read(() -> {
            try (frame;
                    reservation) {
                spill.write(frame.body);
            } catch (RuntimeException | Error e) {
                call.fail(e);
            }
            pause();
        });
    }

    @Override
    void complete() {
        if (received == command.bytes()) {
            changeAndEnd(this::apply);
        } else {
            call.fail(new IllegalArgumentException(
                    "the append was announced with " + command.bytes() + " bytes and has " + received));
            end();
        }
    }

    private void apply() {
        List<ByteBuffer> bytes = spill == null ? body : spill.buffers();
        BitSet written =
                call.server.appends.apply(command, Content.of(bytes), () -> Entries.read(bytes, command.directory()));
        try {
            call.send(written.toByteArray());
            call.succeed();
        } catch (RuntimeException | Error e) {
            throw new AppendFailure(AppendFailure.Told.MADE, e);
        }
    }

    @Override
    void free() {
        List<Runnable> all = List.copyOf(held);
        held.clear();
        body.clear();
        Closing.each(all, Runnable::run);
    }
}
