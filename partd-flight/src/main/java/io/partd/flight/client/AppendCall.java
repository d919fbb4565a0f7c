package io.partd.flight.client;

import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.partd.Bytes;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Entries;
import io.partd.flight.protocol.Json;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.PutResult;

/** One try of an append after the other: the same bytes under the same number. The callers' bytes are not copied. */
final class AppendCall {
    /** A single message has room for the usual append with its directory. */
    private static final int MOST_IN_ONE = WireLimits.SLOT - (8 << 10);

    private static final int MOST_PIECES = 500;

    private final Calls calls;
    private final Outcome outcome;
    private final String lease;
    private final FlightDescriptor descriptor;
    private final byte[] directory;
    private final List<Bytes> parts = new ArrayList<>();
    private final List<Frame> sent = new ArrayList<>();
    private final long size;

    AppendCall(
            Calls calls,
            Outcome outcome,
            String lease,
            Map<String, Bytes> values,
            Map<String, Bytes> heads,
            Numbers number) {
        this.calls = calls;
        this.outcome = outcome;
        this.lease = lease;
        this.directory = Entries.directory(values, heads);
        values.values().forEach(value -> parts.addAll(value.parts()));
        heads.values().forEach(head -> parts.addAll(head.parts()));
        long sum = directory.length;
        for (Bytes part : parts) sum += part.size();
        this.size = sum;
        AppendCommand command =
                new AppendCommand(number.client(), number.sequence(), number.acknowledged(), directory.length, size);
        this.descriptor = FlightDescriptor.newBuilder()
                .setType(FlightDescriptor.DescriptorType.CMD)
                .setCmd(ByteString.copyFrom(Json.bytes(command.toJson())))
                .build();
    }

    /** Which append of which client it is. */
    record Numbers(UUID client, long sequence, long acknowledged) {}

    /** Tries once: which of the heads were written, by their places. */
    BitSet run(Deadline deadline) throws CallFailure {
        BitSet written = new BitSet();
        CallListener<PutResult> waiter = new CallListener<>(
                result -> written.or(BitSet.valueOf(result.getAppMetadata().toByteArray())), deadline);
        ClientCall<Frame, PutResult> call = calls.start(FlightMethods.DO_PUT, outcome.options(), lease, waiter);
        waiter.attach(call);
        boolean done = false;
        try {
            send(call, waiter);
            waiter.awaitUninterruptibly();
            done = true;
            return written;
        } finally {
            if (!done) {
                call.cancel("the append failed", null);
                awaitUnused();
            }
            sent.clear();
        }
    }

    private void send(ClientCall<Frame, PutResult> call, CallListener<PutResult> waiter) {
        Cursor cursor = new Cursor();
        if (size <= MOST_IN_ONE) {
            send(call, Frame.of(descriptor, Frame.NOTHING, Frame.NOTHING, cursor.next(MOST_IN_ONE)));
        } else {
            send(call, Frame.of(descriptor, Frame.NOTHING, Frame.NOTHING, List.of()));
        }
        while (cursor.hasNext() && waiter.awaitReady()) send(call, Frame.ofBody(cursor.next(WireLimits.CHUNK)));
        call.halfClose();
    }

    private void send(ClientCall<Frame, PutResult> call, Frame frame) {
        sent.add(frame);
        call.sendMessage(frame);
    }

    /**
     * Waits until the transport has let go of the callers' bytes, which may change once the append has failed: it does
     * when the call was cancelled, or the connection found to be dead.
     */
    private void awaitUnused() {
        for (Frame frame : sent) while (frame.isUsed()) LockSupport.parkNanos(1_000_000);
    }

    /** Walks over the directory and all parts. */
    private final class Cursor {
        private int part = -1;
        private long at;

        boolean hasNext() {
            return part < parts.size();
        }

        List<ByteBuffer> next(long most) {
            List<ByteBuffer> body = new ArrayList<>();
            long room = most;
            boolean all = size <= MOST_IN_ONE;
            while (room > 0 && hasNext() && (all || body.size() < MOST_PIECES)) {
                Bytes current = part < 0 ? Bytes.of(directory) : parts.get(part);
                long end = Math.min(current.size(), at + room);
                body.addAll(current.slice(at, end).buffers());
                room -= end - at;
                at = end;
                if (at == current.size()) {
                    part++;
                    at = 0;
                }
            }
            return body;
        }
    }
}
