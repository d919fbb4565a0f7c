package io.partd.flight;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.testing.Certificates;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.Served;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who and what is refused, with which status: nothing is read or written, and the server goes on. */
@Tag("slow")
class SecurityTest {
    private static final Certificates CERTIFICATES = Served.certificates();
    private static final ClientOptions QUICK = ClientOptions.defaults().withDeadline(Duration.ofSeconds(3));

    @TempDir
    Path directory;

    private Partd<Bytes> store;
    private PartdServer server;

    private URI serve(ServerOptions options) {
        store = Partds.file(directory.resolve("store"));
        store.append("a", Bytes.utf8("secret value"));
        server = PartdServer.serve(store, options);
        return server.uri();
    }

    private static ServerOptions tls() {
        return ServerOptions.at("grpc+tls://localhost:0")
                .withCertificate(CERTIFICATES.certificate("server"), CERTIFICATES.key("server"));
    }

    /** The store is as it was, and served. */
    @AfterEach
    void unharmed() {
        if (server == null) return;
        assertEquals(Set.of("a"), store.keys());
        assertEquals("secret value", store.get("a").toUtf8());
        server.close();
    }

    private static String refused(URI uri, ClientOptions options) {
        try (FlightPartd client = FlightPartd.connect(uri, options)) {
            String append = assertThrows(UncheckedIOException.class, () -> client.append("b", Bytes.utf8("x")))
                    .getMessage();
            assertThrows(UncheckedIOException.class, () -> client.get("a"));
            assertThrows(UncheckedIOException.class, client::keys);
            assertThrows(UncheckedIOException.class, client::drop);
            assertThrows(UncheckedIOException.class, () -> client.lock().lock());
            return append;
        }
    }

    @Test
    void tokens() {
        URI uri = serve(ServerOptions.at("grpc+tcp://127.0.0.1:0")
                .withToken("reads", Right.READ)
                .withToken("appends", Right.APPEND)
                .withToken("removes", Right.REMOVE)
                .withToken("both", Right.READ, Right.APPEND));
        for (ClientOptions options : List.of(QUICK, QUICK.withToken("wrong-token"), QUICK.withToken("read"))) {
            String message = refused(uri, options);
            assertTrue(message.contains("UNAUTHENTICATED") && message.contains("nothing was appended"), message);
            assertFalse(message.contains("wrong-token"), "no secret in a message");
        }
        try (FlightPartd client = FlightPartd.connect(uri, QUICK.withToken("reads"))) {
            assertEquals("secret value", client.get("a").toUtf8());
            assertEquals(Set.of("a"), client.keys());
            denied(() -> client.append("b", Bytes.utf8("x")));
            denied(() -> client.delete("a"));
            denied(client::drop);
            denied(client::flush);
            denied(() -> client.lock().lock());
        }
        try (FlightPartd client = FlightPartd.connect(uri, QUICK.withToken("appends"))) {
            client.append("b", Bytes.utf8("x"));
            client.flush();
            client.lock().lock();
            client.lock().unlock();
            denied(() -> client.get("a"));
            denied(client::keys);
            denied(() -> client.delete("b"));
            denied(client::drop);
        }
        try (FlightPartd client = FlightPartd.connect(uri, QUICK.withToken("both"))) {
            assertEquals(Set.of("a", "b"), client.keys());
            denied(() -> client.delete("b"));
        }
        try (FlightPartd client = FlightPartd.connect(uri, QUICK.withToken("removes"))) {
            denied(() -> client.get("a"));
            denied(() -> client.append("b", Bytes.utf8("x")));
            denied(() -> client.lock().lock());
            denied(client::flush);
            client.delete("b");
        }
        assertFalse(ServerOptions.at("grpc+tcp://127.0.0.1:0")
                .withToken("hidden", Right.READ)
                .toString()
                .contains("hidden"));
        assertFalse(QUICK.withToken("hidden").toString().contains("hidden"));
    }

    private static void denied(Runnable call) {
        String message = assertThrows(UncheckedIOException.class, call::run).getMessage();
        assertTrue(message.contains("PERMISSION_DENIED"), message);
    }

    @Test
    void certificates() {
        URI uri = serve(tls().withClientCa(CERTIFICATES.certificate("ca")));
        ClientOptions trusting = QUICK.withTrustedCa(CERTIFICATES.certificate("ca"));
        try (FlightPartd client = FlightPartd.connect(
                uri, trusting.withCertificate(CERTIFICATES.certificate("client"), CERTIFICATES.key("client")))) {
            assertEquals("secret value", client.get("a").toUtf8());
        }
        refused(uri, trusting);
        for (String name : List.of("stranger", "expired")) {
            refused(uri, trusting.withCertificate(CERTIFICATES.certificate(name), CERTIFICATES.key(name)));
        }
        String unknown = refused(
                uri,
                QUICK.withTrustedCa(CERTIFICATES.certificate("otherCa"))
                        .withCertificate(CERTIFICATES.certificate("client"), CERTIFICATES.key("client")));
        assertTrue(unknown.contains("nothing was appended"), unknown);
        assertTrue(unknown.contains("certification path") && unknown.lines().count() == 1, unknown);
        refused(URI.create("grpc+tcp://127.0.0.1:" + uri.getPort()), QUICK.withDeadline(Duration.ofMillis(300)));
    }

    @Test
    void anExpiredServerIsNotTrusted() {
        URI uri = serve(ServerOptions.at("grpc+tls://localhost:0")
                .withCertificate(CERTIFICATES.certificate("expired"), CERTIFICATES.key("expired")));
        String message = refused(uri, QUICK.withTrustedCa(CERTIFICATES.certificate("ca")));
        assertTrue(message.contains("nothing was appended"), message);
    }

    @Test
    void otherMachinesNeedTlsAndAName() {
        ServerOptions open = ServerOptions.at("grpc+tcp://0.0.0.0:0");
        List<ServerOptions> unsafe = List.of(
                open,
                open.withToken("t", Right.READ),
                ServerOptions.at("grpc+tls://0.0.0.0:0")
                        .withCertificate(CERTIFICATES.certificate("server"), CERTIFICATES.key("server")));
        for (ServerOptions options : unsafe) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> PartdServer.serve(Partds.dict(), options))
                    .getMessage();
            assertTrue(message.contains("127.0.0.1") && message.contains("grpc+tls"), message);
        }
        PartdServer.serve(Partds.dict(), unsafe.get(2).withToken("t", Right.READ))
                .close();
        assertThrows(
                IllegalArgumentException.class,
                () -> FlightPartd.connect(URI.create("grpc+tcp://192.0.2.1:9"), QUICK.withToken("t")));
    }

    /** What a server that takes no tokens answers to a call with these messages. */
    private Status answer(MethodDescriptor<?, ?> method, byte[]... messages) throws Exception {
        URI uri = server == null ? serve(ServerOptions.at("grpc+tcp://127.0.0.1:0")) : server.uri();
        try (Raw raw = new Raw(uri, null)) {
            return raw.call(method, messages);
        }
    }

    private void refused(MethodDescriptor<?, ?> method, byte[]... messages) throws Exception {
        assertEquals(Status.Code.INVALID_ARGUMENT, answer(method, messages).getCode());
    }

    static List<MethodDescriptor<?, ?>> methods() {
        return List.of(
                FlightMethods.DO_PUT,
                FlightMethods.DO_GET,
                FlightServiceGrpc.getDoActionMethod(),
                FlightServiceGrpc.getGetFlightInfoMethod(),
                FlightServiceGrpc.getGetSchemaMethod());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void noise(MethodDescriptor<?, ?> method) throws Exception {
        refused(method, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"append\":{}}",
                "{\"other\":1}",
                "{\"append\":{},\"partition\":{}}",
                "{\"partition\":{\"hash\":0,\"columns\":[\"a\"]}}",
                "{\"partition\":{\"columns\":[\"a\"]}}",
                "{\"partition\":{\"hash\":1,\"range\":[1],\"columns\":[\"a\"]}}",
                "{\"partition\":{\"range\":[2,1],\"columns\":[\"a\"]}}",
                "{\"partition\":{\"range\":[1],\"columns\":[\"a\",\"b\"]}}",
                "{\"partition\":{\"hash\":1,\"columns\":[]}}"
            })
    void malformedCommands(String command) throws Exception {
        refused(FlightMethods.DO_PUT, Raw.data(Raw.command(command), Frame.NOTHING, Frame.NOTHING));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 20})
    void malformedDirectories(int directory) throws Exception {
        refused(FlightMethods.DO_PUT, Raw.data(Raw.append(1, directory, 20), Frame.NOTHING, new byte[20]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff{", "\u00ff{\"bytes\":3}", "\u00ff{\"key\":\"a\",\"x\":1}", "\u00fe"})
    void malformedTickets(String ticket) throws Exception {
        ByteString bytes = ByteString.copyFrom(ticket, "ISO-8859-1");
        refused(
                FlightMethods.DO_GET,
                Ticket.newBuilder().setTicket(bytes).build().toByteArray());
    }

    @Test
    void malformedMessages() throws Exception {
        refused(FlightMethods.DO_PUT);
        refused(FlightMethods.DO_PUT, Raw.data(Raw.append(1, 0, 10), Frame.NOTHING, new byte[20]));
        refused(FlightMethods.DO_PUT, Raw.data(Raw.append(1, 0, 30), Frame.NOTHING, Frame.NOTHING));
        refused(FlightMethods.DO_PUT, Raw.data(Raw.path("k"), new byte[] {1, 2, 3, 4}, Frame.NOTHING));
        refused(FlightMethods.DO_PUT, Raw.data(Raw.path("a", "b"), Frame.NOTHING, Frame.NOTHING));
        Action none = Action.newBuilder().setType("shutdown").build();
        Status status = answer(FlightServiceGrpc.getDoActionMethod(), none.toByteArray());
        assertEquals(Status.Code.UNIMPLEMENTED, status.getCode());
    }

    @Test
    void aPathIsAKeyAndNothingElse() throws IOException {
        URI uri = serve(ServerOptions.at("grpc+tcp://127.0.0.1:0"));
        try (FlightPartd client = FlightPartd.connect(uri)) {
            List<String> keys = List.of("../../outside", "/etc/outside", "..\\outside");
            for (String key : keys) client.append(key, Bytes.utf8("x"));
            try (Stream<Path> files = Files.walk(directory)) {
                assertTrue(files.noneMatch(file -> file.toString().contains("outside")));
            }
            assertFalse(Files.exists(directory.resolve("store/../../outside")));
            client.delete(keys);
        }
    }

    @Test
    void aRequestOverTheLimit() throws InterruptedException {
        URI uri = serve(ServerOptions.at("grpc+tcp://127.0.0.1:0").withLargestRequestBytes(3 << 20));
        try (FlightPartd client = FlightPartd.connect(uri)) {
            String message = assertThrows(
                            UncheckedIOException.class, () -> client.append("b", Bytes.of(new byte[4 << 20])))
                    .getMessage();
            assertTrue(message.contains("RESOURCE_EXHAUSTED") && message.contains("nothing was appended"), message);
            client.append("b", Bytes.of(new byte[2 << 20]));
            client.delete("b");
        }
        try (Raw raw = new Raw(uri, null)) {
            byte[] large = Raw.data(Raw.path("k"), new byte[4 << 20], Frame.NOTHING);
            assertEquals(
                    Status.Code.RESOURCE_EXHAUSTED,
                    raw.call(FlightMethods.DO_PUT, large).getCode());
        }
    }

    @Test
    void whoSendsSlowlyIsCut() throws Exception {
        URI uri = serve(ServerOptions.at("grpc+tcp://127.0.0.1:0").withPatience(Duration.ofMillis(400)));
        try (Raw raw = new Raw(uri, null);
                Socket silent = new Socket(uri.getHost(), uri.getPort());
                Socket slow = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream preface = slow.getOutputStream();
            preface.write("PRI * HT".getBytes(StandardCharsets.UTF_8));
            Raw.Call call = raw.begin(FlightMethods.DO_PUT);
            call.send(Raw.data(Raw.append(1, 0, 100), Frame.NOTHING, Frame.NOTHING));
            assertEquals(Status.Code.DEADLINE_EXCEEDED, call.end().getCode());
            for (Socket socket : List.of(silent, slow)) {
                socket.setSoTimeout(30_000);
                // What the server says before it hangs up does not matter; that it does, does.
                while (socket.getInputStream().read() >= 0) {}
            }
        }
        try (FlightPartd client = FlightPartd.connect(uri)) {
            assertEquals("secret value", client.get("a").toUtf8());
        }
    }

    @Test
    void plainTextToTls() throws Exception {
        URI uri = serve(tls());
        ManagedChannel plain = NettyChannelBuilder.forAddress("localhost", uri.getPort())
                .usePlaintext()
                .build();
        try (Raw raw = new Raw(plain, null)) {
            Status status = raw.call(FlightServiceGrpc.getListActionsMethod(), Frame.NOTHING);
            assertEquals(Status.Code.UNAVAILABLE, status.getCode());
        }
    }
}
