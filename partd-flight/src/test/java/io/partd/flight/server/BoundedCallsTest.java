package io.partd.flight.server;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Json;
import io.partd.flight.testing.Http2Socket;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.testing.Tables;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.WireLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every call is bounded in memory and time, whatever it is, and others are served meanwhile. */
@Tag("slow")
@Timeout(120)
class BoundedCallsTest {
    private static final long MEMORY = 64 << 20;
    private static final String DIRECT = "-XX:MaxDirectMemorySize=96m";
    private static final int LARGE = (8 << 20) - 100;

    @TempDir
    Path directory;

    private ServerProcess server(long memory, String... flags) {
        return ServerProcess.start(ServerMain.class, List.of(flags), directory.toString(), "0", "" + memory);
    }

    /** An append and a get, neither of which waits for others until their time is over: 30 seconds for each. */
    private static void serves(FlightPartd client) {
        long begun = System.nanoTime();
        client.append("honest", Bytes.of(new byte[100_000]));
        assertTrue(client.get("honest").size() > 0);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        assertTrue(millis < 20_000, "it took " + millis + " ms");
    }

    /** Requests that are large and never end: tickets, and messages of the call that holds the lock. */
    @Test
    void unfinishedRequests() throws Exception {
        try (ServerProcess server = server(MEMORY, DIRECT);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            List<Http2Socket> attackers = new ArrayList<>();
            for (MethodDescriptor<?, ?> method : List.of(
                    FlightMethods.DO_GET, FlightMethods.DO_EXCHANGE, FlightServiceGrpc.getListFlightsMethod())) {
                for (int i = 0; i < 8; i++) {
                    Http2Socket attacker = new Http2Socket(server.uri);
                    attackers.add(attacker);
                    attacker.call(1, method.getFullMethodName(), Map.of());
                    attacker.send(1, Http2Socket.message(LARGE, new byte[LARGE - 1]), 500);
                }
            }
            serves(client);
            for (Http2Socket each : attackers) each.close();
        }
    }

    /** A ticket of a few megabytes, of which the parser would make hundreds. */
    @Test
    void aTicketOfTooManyKeys() throws Exception {
        StringBuilder json = new StringBuilder("{\"bytes\":[\"a\"");
        for (int i = 0; i < 3_500_000; i++) json.append(",\"a\"");
        byte[] ticket = ticket(json.append("]}"));
        try (ServerProcess server = server(512 << 20, "-Xmx100m");
                Raw raw = new Raw(server.uri, null);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            Status status = raw.call(FlightMethods.DO_GET, ticket);
            assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status.toString());
            serves(client);
            byte[] larger = ticket(json.append(" ".repeat(5 << 20)));
            status = raw.call(FlightMethods.DO_GET, larger);
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, status.getCode(), status.toString());
            assertTrue(status.getDescription().contains("at most"), status.toString());
        }
    }

    private static byte[] ticket(CharSequence json) {
        ByteString command = ByteString.copyFrom(new byte[] {Descriptors.COMMAND});
        return Ticket.newBuilder()
                .setTicket(command.concat(ByteString.copyFromUtf8(json.toString())))
                .build()
                .toByteArray();
    }

    @Test
    void aGetOfAHundredThousandKeys() {
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                FlightPartd client = FlightPartd.connect(server.uri())) {
            List<String> keys = IntStream.range(0, 100_000)
                    .mapToObj(i -> "partition-with-a-name-of-some-length-" + i)
                    .toList();
            client.append(keys.get(99_999), Bytes.utf8("last"));
            List<Bytes> values = client.get(keys);
            assertEquals(100_000, values.size());
            assertEquals("last", values.get(99_999).toUtf8());
        }
    }

    /** Streams that send nothing reserve nothing, and those that stand still in a message make room. */
    @Test
    void idleStreams() throws Exception {
        try (ServerProcess server = server(32 << 20);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            List<Http2Socket> idle = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Http2Socket socket = new Http2Socket(server.uri);
                idle.add(socket);
                for (int call = 0; call < 100; call++) {
                    socket.call(2 * call + 1, FlightMethods.DO_PUT.getFullMethodName(), Map.of());
                }
            }
            serves(client);
            byte[] begun = Http2Socket.message(1 << 20, new byte[1]);
            for (Http2Socket each : idle) for (int call = 0; call < 100; call++) each.send(2 * call + 1, begun, 1000);
            serves(client);
            for (Http2Socket each : idle) each.close();
        }
    }

    @Test
    void streamsOfAConnection() throws Exception {
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                Http2Socket socket = new Http2Socket(server.uri())) {
            assertEquals(2 * WireLimits.CALLS_AT_ONCE, socket.maxStreams());
            String method = FlightMethods.DO_GET.getFullMethodName();
            for (int i = 0; i < 3000 && !socket.hasEnded(); i++) {
                try {
                    socket.call(2 * i + 1, method, Map.of());
                    socket.frame(Http2Socket.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
                } catch (IOException e) {
                    break;
                }
            }
            assertTrue(socket.awaitEnd(10_000), "rapid resets are endured for ever");
        }
    }

    private static List<byte[]> table(int rows) {
        Partd<Bytes> stored = Partds.dict();
        List<byte[]> messages = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(stored, allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, rows)) {
            tables.append("k", root);
            new StoredFrames(stored.get("k"), "k").forEachRemaining(frame -> {
                ByteBuffer body = ByteBuffer.allocate((int) frame.bodySize);
                frame.body.forEach(part -> body.put(part.duplicate()));
                messages.add(Raw.data(messages.isEmpty() ? Raw.path("k") : null, frame.header, body.array()));
            });
        }
        return messages;
    }

    /** Tables of others that wait for the lock do not take the memory that its holder's table needs. */
    @Test
    void theHolderOfTheLockIsNotHeldUp() throws Exception {
        List<byte[]> table = table(43_000);
        try (PartdServer server = PartdServer.serve(
                        Partds.file(directory),
                        ServerOptions.at("grpc+tcp://127.0.0.1:0").withMemoryBytes(16 << 20));
                Raw holder = new Raw(server.uri(), null);
                Raw others = new Raw(server.uri(), null)) {
            Raw.Call lock = holder.begin(FlightMethods.DO_EXCHANGE);
            lock.send(Raw.data(Raw.command("{\"lock\":{}}"), Frame.NOTHING, Frame.NOTHING));
            byte[] answer = FlightData.parseFrom(lock.first()).getAppMetadata().toByteArray();
            String lease = Json.text(Json.read(answer, "the answer", Set.of("lease")), "lease");
            List<Raw.Call> waiting = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Raw.Call call = others.begin(FlightMethods.DO_PUT);
                table.forEach(call::send);
                waiting.add(call.halfClose());
            }
            // Those that wait are as far as they come.
            TimeUnit.MILLISECONDS.sleep(500);
            for (Raw.Call each : waiting) assertFalse(each.hasEnded(), "it did not wait for the lock");
            Raw.Call own = holder.begin(FlightMethods.DO_PUT, lease);
            table.forEach(own::send);
            assertEquals(Status.Code.OK, own.halfClose().end().getCode());
            lock.halfClose().end();
            for (Raw.Call each : waiting)
                assertEquals(Status.Code.OK, each.end().getCode());
        }
    }

    /** In one message, and more than the holder's appends have in memory without a file. */
    @Test
    void aHoldersLargeAppend() {
        try (PartdServer server = PartdServer.serve(
                        Partds.dict(),
                        ServerOptions.at("grpc+tcp://127.0.0.1:0").withMemoryBytes(16 << 20));
                FlightPartd client = FlightPartd.connect(server.uri())) {
            client.lock().lock();
            client.append("a", Bytes.of(new byte[1_080_000]));
            client.lock().unlock();
            assertEquals(1_080_000, client.get("a").size());
        }
    }

    /** Cut into many small messages, and with more around them than in them: what is kept is what was announced. */
    @Test
    void anAppendInSmallPieces() throws Exception {
        byte[] key = "a".getBytes(StandardCharsets.UTF_8);
        byte[] entry = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putShort((short) 1)
                .put(key)
                .putLong(20_000)
                .array();
        byte[] all = Arrays.copyOf(entry, 12 + 20_000);
        try (PartdServer server = PartdServer.serve(
                        Partds.dict(),
                        ServerOptions.at("grpc+tcp://127.0.0.1:0").withMemoryBytes(16 << 20));
                Raw raw = new Raw(server.uri(), null);
                FlightPartd client = FlightPartd.connect(server.uri())) {
            Raw.Call call = raw.begin(FlightMethods.DO_PUT);
            call.send(Raw.data(Raw.append(1, 12, all.length), Frame.NOTHING, Frame.NOTHING));
            for (int at = 0; at < all.length; at += 100) {
                byte[] part = Arrays.copyOfRange(all, at, Math.min(all.length, at + 100));
                call.send(Raw.data(null, at % 1000 == 0 ? new byte[30_000] : Frame.NOTHING, part));
                if (at % 500 == 0) call.send(Raw.data(null, Frame.NOTHING, Frame.NOTHING));
            }
            assertEquals(Status.Code.OK, call.halfClose().end().getCode());
            assertEquals(20_000, client.get("a").size());
        }
    }

    @Test
    void valuesAreTrue() throws Exception {
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                Raw raw = new Raw(server.uri(), null)) {
            for (String values : List.of("false", "1", "null", "\"true\"")) {
                String command = "{\"partition\":{\"values\":" + values + ",\"columns\":[\"n\"]}}";
                Status status =
                        raw.call(FlightMethods.DO_PUT, Raw.data(Raw.command(command), Frame.NOTHING, Frame.NOTHING));
                assertTrue(status.getDescription().contains("is not true"), values + ": " + status);
            }
        }
    }

    /** Headers that are too large: one line in the log for all of them. */
    @Test
    void oversizedHeaders() throws Exception {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger("io.grpc.netty.NettyServerHandler");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getThrown() == null ? entry.getMessage() : "stack trace of " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"))) {
            for (int i = 0; i < 20; i++) {
                try (Http2Socket socket = new Http2Socket(server.uri())) {
                    Map<String, String> large = Map.of("x-large", "x".repeat(8300));
                    socket.call(1, FlightMethods.DO_GET.getFullMethodName(), large);
                    socket.awaitEnd(50);
                }
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertTrue(logged.size() <= 1, logged.toString());
        assertTrue(logged.stream().noneMatch(line -> line.contains("stack trace")), logged.toString());
    }
}
