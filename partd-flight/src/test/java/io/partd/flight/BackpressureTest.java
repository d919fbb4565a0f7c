package io.partd.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.partd.Bytes;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.testing.Patience;
import io.partd.testing.Workers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.Result;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Memory is bounded, and nobody waits for another's slowness. */
@Tag("slow")
@Timeout(120)
class BackpressureTest {
    private static final int CLIENTS = 200;
    private static final int APPENDS = 3;
    private static final long MEMORY = 32 << 20;
    /** Netty takes memory in chunks, and more than is used. */
    private static final String LIMIT = "-XX:MaxDirectMemorySize=64m";

    @TempDir
    Path directory;

    private static JsonNode stat(Raw raw) throws Exception {
        Raw.Call call = raw.begin(FlightServiceGrpc.getDoActionMethod());
        call.send(Action.newBuilder().setType("stat").build().toByteArray()).halfClose();
        assertTrue(call.end().isOk());
        return new ObjectMapper()
                .readTree(Result.parseFrom(call.answers.get(0)).getBody().toByteArray());
    }

    /** Two hundred clients append while somebody holds the lock, who can go on, and then all at once. */
    @Test
    void manyClientsStayWithinTheMemory() throws Exception {
        byte[] chunk = new byte[200_000];
        try (ServerProcess server =
                        ServerProcess.start(ServerMain.class, List.of(LIMIT), directory.toString(), "0", "" + MEMORY);
                Raw raw = new Raw(server.uri, null);
                FlightPartd holder = FlightPartd.connect(server.uri)) {
            List<FlightPartd> clients = new ArrayList<>();
            Workers workers = new Workers();
            holder.lock().lock();
            for (int i = 0; i < CLIENTS; i++) {
                FlightPartd client = FlightPartd.connect(server.uri);
                clients.add(client);
                String key = "client" + i % 20;
                workers.start("client " + i, () -> {
                    for (int n = 0; n < APPENDS; n++) client.append(Map.of(key, Bytes.of(chunk)));
                });
            }
            Patience.until(
                    "much is received", () -> stat(raw).get("requestBytes").longValue() >= MEMORY / 16);
            for (int i = 0; i < 5; i++) holder.append("held", Bytes.of(new byte[3 << 20]));
            assertEquals(15 << 20, holder.get("held").size());
            holder.lock().unlock();
            workers.join();
            for (FlightPartd each : clients) each.close();
            long bytes = 0;
            for (Bytes each : holder.get(holder.keys())) bytes += each.size();
            assertEquals((15L << 20) + CLIENTS * APPENDS * chunk.length, bytes);
            JsonNode stat = stat(raw);
            assertTrue(stat.get("mostRequestBytes").longValue() <= MEMORY / 2, stat.toString());
            assertEquals(0, stat.get("requestBytes").longValue());
        }
    }

    @Test
    void aReaderThatStallsHoldsUpNobody() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(ServerMain.class, List.of(LIMIT), directory.toString(), "0", "" + MEMORY);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            for (int i = 0; i < 10; i++) client.append("large", Bytes.of(new byte[8 << 20]));
            List<ManagedChannel> stalled = new ArrayList<>();
            for (int i = 0; i < 20; i++) stalled.add(stall(server.uri, Descriptors.bytesTicket(List.of("large"))));
            for (int i = 0; i < 20; i++) client.append("small", Bytes.utf8("x"));
            assertEquals(20, client.get("small").size());
            assertEquals(80 << 20, client.get("large").size());
            stalled.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** A call that asks for an answer and takes none. */
    private static ManagedChannel stall(URI uri, Ticket ticket) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                .usePlaintext()
                .build();
        ClientCall<Ticket, Frame> call = channel.newCall(FlightMethods.DO_GET, CallOptions.DEFAULT);
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.sendMessage(ticket);
        call.halfClose();
        return channel;
    }

    @Test
    void whoDiesInAnAppendLeavesNothing() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(ServerMain.class, List.of(LIMIT), directory.toString(), "0", "" + MEMORY);
                Raw raw = new Raw(server.uri, null);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            for (long bytes : new long[] {100, 2 << 20, 20 << 20}) {
                Raw dying = new Raw(server.uri, null);
                Raw.Call call = dying.begin(FlightMethods.DO_PUT);
                call.send(Raw.data(Raw.append(1, 50, bytes), Frame.NOTHING, Frame.NOTHING));
                call.send(Raw.data(null, Frame.NOTHING, new byte[(int) Math.min(bytes - 1, 1 << 20)]));
                Patience.until(
                        "some is received",
                        () -> stat(raw).get("mostRequestBytes").longValue() > 0);
                dying.close();
            }
            Patience.until(
                    "nothing is held", () -> stat(raw).get("requestBytes").longValue() == 0);
            assertEquals(Set.of(), client.keys());
            client.append("a", Bytes.utf8("x"));
            assertEquals(Set.of("a"), client.keys());
        }
    }

    /** More than the memory, and than a message: it waits in a file. */
    @Test
    void anAppendLargerThanTheMemory() throws Exception {
        try (ServerProcess server =
                        ServerProcess.start(ServerMain.class, List.of(LIMIT), directory.toString(), "0", "" + MEMORY);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            Bytes part = Bytes.of(new byte[10 << 20]);
            Bytes large = Bytes.concat(List.of(part, part, part, part, part, Bytes.utf8("end")));
            client.append(Map.of("a", large, "b", part));
            assertEquals(large.size(), client.get("a").size());
            assertEquals("end", client.get("a").slice(50 << 20, (50 << 20) + 3).toUtf8());
            assertEquals(part, client.get("b"));
        }
    }
}
