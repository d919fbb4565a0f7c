package io.partd.flight.server.connection;

import io.partd.Bytes;
import io.partd.Partds;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.testing.Http2Socket;
import io.partd.flight.testing.Served;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.wire.FlightMethods;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Connections that do nothing keep nobody out, and there are only as many as there is room for. */
@Tag("slow")
@Timeout(120)
class ConnectionLimitsTest {
    private static final ServerOptions LOCAL = ServerOptions.at("grpc+tcp://127.0.0.1:0");

    @TempDir
    Path directory;

    private static List<Http2Socket> connect(URI uri, int count) throws IOException {
        List<Http2Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) sockets.add(new Http2Socket(uri));
        return sockets;
    }

    private static void close(List<? extends AutoCloseable> sockets) throws Exception {
        for (AutoCloseable each : sockets) each.close();
    }

    /** More of them than there is room for: whoever comes with a token is served all the same, and at once. */
    @Test
    void connectionsWithoutATokenKeepNobodyOut() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(ServerMain.class, List.of(), directory.toString(), "0", "" + (32 << 20), "token")) {
            List<Http2Socket> silent = connect(server.uri, 210);
            // They answer pings, and make calls that are refused.
            for (Http2Socket each : silent) each.call(1, FlightMethods.DO_GET.getFullMethodName(), Map.of());
            ClientOptions options = ClientOptions.defaults().withToken("token").withDeadline(Duration.ofSeconds(20));
            try (FlightPartd client = FlightPartd.connect(server.uri, options)) {
                client.append("a", Bytes.utf8("x"));
                for (Http2Socket each : silent) assertTrue(each.awaitEnd(15_000), "it is kept for ever");
                assertEquals("x", client.get("a").toUtf8());
            }
            close(silent);
        }
    }

    @Test
    void whoHasNothingToSayIsClosed() throws Exception {
        ServerOptions options = LOCAL.withToken("token", ServerOptions.Right.READ)
                .withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(1));
        try (PartdServer server = PartdServer.serve(Partds.dict(), options);
                Http2Socket silent = new Http2Socket(server.uri());
                Http2Socket known = new Http2Socket(server.uri());
                Socket mute = new Socket(server.uri().getHost(), server.uri().getPort())) {
            known.call(1, FlightMethods.DO_GET.getFullMethodName(), Map.of("authorization", "Bearer token"));
            known.frame(Http2Socket.DATA, Http2Socket.END_STREAM, 1, Http2Socket.message(0, new byte[0]));
            assertTrue(silent.awaitEnd(10_000), "it has made no call");
            mute.setSoTimeout(10_000);
            while (mute.getInputStream().read() >= 0) {}
            assertTrue(known.awaitEnd(20_000), "it is idle");
        }
    }

    @Test
    void thoseOverTheLimitAreClosed() throws Exception {
        try (PartdServer server = PartdServer.serve(Partds.dict(), LOCAL.withConnections(5, 3))) {
            List<FlightPartd> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(FlightPartd.connect(server.uri()));
                clients.get(i).append("a", Bytes.utf8("x"));
            }
            try (FlightPartd fourth =
                    FlightPartd.connect(server.uri(), ClientOptions.defaults().withDeadline(Duration.ofMillis(500)))) {
                assertThrows(RuntimeException.class, fourth::keys);
                clients.remove(0).close();
                assertEquals(1, fourth.keys().size());
            }
            close(clients);
        }
        assertThrows(IllegalArgumentException.class, () -> LOCAL.withConnections(0, 0));
        assertThrows(IllegalArgumentException.class, () -> LOCAL.withCallsPerConnection(10));
        assertThrows(IllegalArgumentException.class, () -> LOCAL.withTimeouts(Duration.ZERO, Duration.ofDays(1)));
    }

    /**
     * There are more of them than the process may open files: later ones are served, and it ends when it is told to.
     */
    @Test
    void moreConnectionsThanFiles() throws Exception {
        try (ServerProcess server = ServerProcess.startWithFiles(
                400, ServerMain.class, List.of(), directory.toString(), "0", "" + (512 << 20))) {
            List<Http2Socket> many = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                try {
                    many.add(new Http2Socket(server.uri));
                } catch (IOException e) {
                    // It is over the limit, and closed already.
                    continue;
                }
            }
            close(many);
            ClientOptions options = ClientOptions.defaults().withDeadline(Duration.ofSeconds(20));
            try (FlightPartd client = FlightPartd.connect(server.uri, options)) {
                client.append("a", Bytes.utf8("x"));
            }
            assertTrue(server.end(30), "it does not end");
        }
    }

    /** Nobody else may connect to a Unix socket, from when it is there. */
    @Test
    void aUnixSocketIsNeverOpenToOthers() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<String> seen = new ArrayList<>();
        Path socket = Served.directory().resolve("socket");
        Thread watcher = new Thread(() -> {
            while (!done.get()) {
                try {
                    String mode = Files.getPosixFilePermissions(socket).toString();
                    if (mode.contains("GROUP") || mode.contains("OTHERS")) seen.add(mode);
                } catch (IOException e) {
                    // It is not there just now.
                    Thread.onSpinWait();
                }
            }
        });
        watcher.start();
        try {
            for (int i = 0; i < 30; i++) {
                PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+unix://" + socket))
                        .close();
            }
        } finally {
            done.set(true);
            watcher.join();
        }
        assertEquals(List.of(), seen);
        try (var left = Files.list(socket.getParent())) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void filesOfLargeAppendsHaveALimit() throws Exception {
        Path spill = Files.createDirectory(directory.resolve("spill"));
        ServerOptions options = LOCAL.withMemoryBytes(16 << 20).withSpill(spill, 5 << 20);
        try (PartdServer server = PartdServer.serve(Partds.dict(), options);
                FlightPartd client = FlightPartd.connect(server.uri())) {
            client.append("a", Bytes.of(new byte[4 << 20]));
            String message = assertThrows(RuntimeException.class, () -> client.append("a", Bytes.of(new byte[6 << 20])))
                    .getMessage();
            assertTrue(message.contains("spillBytes") && message.contains("nothing was appended"), message);
            client.append("a", Bytes.of(new byte[4 << 20]));
            assertEquals(8 << 20, client.get("a").size());
        }
        options = options.withSpill(directory.resolve("absent"), 5 << 20);
        try (PartdServer server = PartdServer.serve(Partds.dict(), options);
                FlightPartd client = FlightPartd.connect(server.uri())) {
            String message = assertThrows(RuntimeException.class, () -> client.append("a", Bytes.of(new byte[4 << 20])))
                    .getMessage();
            assertTrue(message.contains("absent"), message);
            assertFalse(client.keys().contains("a"));
        }
    }
}
