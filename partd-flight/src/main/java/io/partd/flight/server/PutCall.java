package io.partd.flight.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Headers;
import io.partd.flight.protocol.Json;
import io.partd.flight.protocol.PartitionCommand;
import io.partd.flight.server.memory.Budget;
import io.partd.flight.server.memory.MemoryPlan;
import io.partd.flight.server.memory.MessageFlow;
import io.partd.flight.wire.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.PutResult;

/**
 * A DoPut call: takes its messages one after the other, and gives them to what its first one asks for. Callbacks come
 * in the transport's thread and do not wait.
 */
final class PutCall extends ServerCall.Listener<Frame> {
    private static final Set<String> COMMANDS = Set.of("append", "partition");

    final ServerContext server;
    final MessageFlow flow;
    final MemoryPlan.Lane lane;
    final String lease;
    private final ServerCall<Frame, PutResult> call;
    private Put put;
    private boolean answering;
    private boolean ended;

    PutCall(ServerContext server, ServerCall<Frame, PutResult> call, Metadata headers) {
        this.server = server;
        this.call = call;
        this.lease = headers.get(Headers.LEASE);
        boolean urgent = lease != null && server.keeper.holds(lease);
        this.lane = urgent ? server.plan.holder : server.plan.shared;
        this.flow = new MessageFlow(call, lane.messages, server.plan.largestMessage, 1, server.slowClients, this::fail);
    }

    /** Asks for the first message. */
    PutCall begin() {
        flow.ask();
        return this;
    }

    @Override
    public void onMessage(Frame frame) {
        Budget.Reservation reservation = flow.took();
        List<AutoCloseable> refused = new ArrayList<>();
        try {
            if (frame.defect != null) throw new IllegalArgumentException(frame.defect);
            synchronized (this) {
                if (ended) refused.add(frame);
                else if (put == null) put = open(frame.descriptor());
            }
            if (refused.isEmpty()) put.accept(frame, reservation);
        } catch (RuntimeException e) {
            refused.add(frame);
            fail(e);
        }
        if (refused.isEmpty()) return;
        Put.release(frame, reservation);
    }

    private Put open(FlightDescriptor descriptor) {
        return switch (descriptor.getType()) {
            case PATH -> TablePut.toKey(this, Descriptors.key(descriptor));
            case CMD -> open(Json.read(descriptor.getCmd().toByteArray(), "the command", COMMANDS));
            default -> throw new IllegalArgumentException("the FlightDescriptor is neither a path nor a command");
        };
    }

    private Put open(ObjectNode command) {
        if (command.size() != 1) throw new IllegalArgumentException("the command has not one field of " + COMMANDS);
        if (command.has("append")) return new BytesPut(this, AppendCommand.of(command));
        return TablePut.partitioned(this, PartitionCommand.of(command));
    }

    @Override
    public void onHalfClose() {
        Put full;
        flow.close();
        synchronized (this) {
            full = put;
        }
        if (full == null) fail(new IllegalArgumentException("the call has no message: the first names a key"));
        else full.finish();
    }

    /** Answers without ending the call. */
    synchronized void send(byte[] answer) {
        if (ended) return;
        if (!answering) call.sendHeaders(new Metadata());
        answering = true;
        call.sendMessage(PutResult.newBuilder()
                .setAppMetadata(ByteString.copyFrom(answer))
                .build());
    }

    /** Ends the call well. */
    void succeed() {
        if (end()) close(Status.OK, new Metadata());
    }

    /** Ends the call with an error. */
    void fail(Throwable failure) {
        if (!end()) return;
        server.refused(call.getMethodDescriptor().getBareMethodName(), failure);
        close(Failures.status(failure), Failures.trailers(failure));
    }

    private synchronized void close(Status status, Metadata trailers) {
        if (!call.isCancelled()) call.close(status, trailers);
    }

    /** Says whether this ends it. */
    private boolean end() {
        Put given;
        synchronized (this) {
            if (ended) return false;
            ended = true;
            given = put;
        }
        flow.close();
        if (given != null) given.abort();
        return true;
    }

    @Override
    public void onCancel() {
        end();
    }
}
