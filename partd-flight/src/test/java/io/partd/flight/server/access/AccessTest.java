package io.partd.flight.server.access;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.testing.Certificates;
import io.partd.flight.testing.Logged;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.Served;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tokens and certificates that change while a server runs, and what the log says of those who do not get in. */
class AccessTest {
    private static final Certificates CERTIFICATES = Served.certificates();
    private static final ClientOptions OPTIONS = ClientOptions.defaults();
    /** Who is refused may try until then; who is not has as long as it takes. */
    private static final Duration QUICK = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private final Logged logged = new Logged();
    private Partd<Bytes> store;
    private PartdServer server;

    @BeforeEach
    void open() {
        store = Partds.dict();
        store.append("a", Bytes.utf8("x"));
    }

    @AfterEach
    void end() {
        logged.close();
        if (server != null) server.close();
    }

    private URI serve(ServerOptions options) {
        server = PartdServer.serve(store, options);
        return server.uri();
    }

    private static String get(URI uri, ClientOptions options) {
        try (FlightPartd client = FlightPartd.connect(uri, options)) {
            return client.get("a").toUtf8();
        }
    }

    private static void refused(URI uri, ClientOptions options) {
        assertThrows(UncheckedIOException.class, () -> get(uri, options.withDeadline(QUICK)));
    }

    private static ServerOptions tcp() {
        return ServerOptions.at("grpc+tcp://127.0.0.1:0");
    }

    @Test
    void tokensAreReadAgain() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "first");
        URI uri = serve(tcp().withToken("fixed", Right.READ).withTokenFile(tokens, Right.READ));
        try (FlightPartd connected = FlightPartd.connect(uri, OPTIONS.withToken("first"))) {
            assertEquals("x", connected.get("a").toUtf8());
            Files.writeString(tokens, "second read,append\n");
            logged.await("tokens were read again");
            assertThrows(UncheckedIOException.class, () -> connected.get("a"), "connected before, refused now");
        }
        refused(uri, OPTIONS.withToken("first"));
        assertEquals("x", get(uri, OPTIONS.withToken("second")));
        assertEquals("x", get(uri, OPTIONS.withToken("fixed")));
        try (FlightPartd client = FlightPartd.connect(uri, OPTIONS.withToken("second"))) {
            client.append("b", Bytes.utf8("y"));
        }
    }

    @Test
    void whatCannotBeUsedChangesNothing() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "first");
        URI uri = serve(tcp().withTokenFile(tokens, Right.READ));
        Files.writeString(tokens, "first hidden-word");
        String line = logged.await("tokens stay as they were");
        assertTrue(line.contains("line 1") && !line.contains("hidden-word") && !line.contains("first"), line);
        assertEquals("x", get(uri, OPTIONS.withToken("first")));
        Files.delete(tokens);
        logged.await("there is no file ");
        assertEquals("x", get(uri, OPTIONS.withToken("first")));
        refused(uri, OPTIONS);
        Files.writeString(tokens, "");
        logged.await("holds no token");
        refused(uri, OPTIONS);
        Files.writeString(tokens, "third");
        logged.await("were read again");
        assertEquals("x", get(uri, OPTIONS.withToken("third")));
    }

    @Test
    void certificatesAreReadAgain() throws Exception {
        Path certificate = copy(CERTIFICATES.certificate("server"), "tls.crt");
        Path key = copy(CERTIFICATES.key("server"), "tls.key");
        Path clients = copy(CERTIFICATES.certificate("ca"), "clients.crt");
        URI uri = serve(ServerOptions.at("grpc+tls://localhost:0")
                .withCertificate(certificate, key)
                .withClientCa(clients));
        ClientOptions before = client("ca", "client");
        ClientOptions after = client("otherCa", "stranger");
        refused(uri, after);
        try (FlightPartd connected = FlightPartd.connect(uri, before)) {
            assertEquals("x", connected.get("a").toUtf8());
            copy(CERTIFICATES.certificate("otherServer"), "tls.crt");
            logged.await("certificates stay as they were");
            assertEquals("x", get(uri, before), "half of a pair is not used");
            copy(CERTIFICATES.key("otherServer"), "tls.key");
            logged.await("certificates were read again");
            refused(uri, before);
            copy(CERTIFICATES.certificate("otherCa"), "clients.crt");
            logged.await("read again", 2);
            assertEquals("x", get(uri, after));
            assertEquals("x", connected.get("a").toUtf8(), "a connection that was there goes on");
        }
    }

    private static ClientOptions client(String trusted, String name) {
        return OPTIONS.withTrustedCa(CERTIFICATES.certificate(trusted))
                .withCertificate(CERTIFICATES.certificate(name), CERTIFICATES.key(name));
    }

    private Path copy(Path from, String to) throws IOException {
        return Files.copy(from, directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void whoIsRefusedIsLoggedNowAndThenAndWithoutTheToken() throws Exception {
        URI uri = serve(tcp().withToken("reads", Right.READ));
        try (Raw raw = new Raw(uri, "not-the-token")) {
            for (int i = 0; i < 200; i++) raw.call(FlightMethods.DO_GET, Frame.NOTHING);
        }
        long lines = logged.lines().stream()
                .filter(line -> line.contains("DoGet was refused to /127.0.0.1:"))
                .count();
        assertTrue(lines >= 10 && lines < 30, logged.lines()::toString);
        assertTrue(logged.lines().stream().noneMatch(line -> line.contains("not-the-token")));
    }

    @Test
    void aMissingRightIsLogged() throws Exception {
        URI uri = serve(tcp().withToken("reads", Right.READ));
        try (FlightPartd client = FlightPartd.connect(uri, OPTIONS.withToken("reads"))) {
            assertThrows(UncheckedIOException.class, () -> client.append("a", Bytes.EMPTY));
            assertThrows(UncheckedIOException.class, client::drop);
        }
        logged.await("the action drop was refused to /127.0.0.1:");
        logged.await("DoPut was refused to /127.0.0.1:");
    }

    @Test
    void failedHandshakesAreLogged() throws Exception {
        URI uri = serve(ServerOptions.at("grpc+tls://localhost:0")
                .withCertificate(CERTIFICATES.certificate("server"), CERTIFICATES.key("server"))
                .withClientCa(CERTIFICATES.certificate("ca")));
        refused(uri, OPTIONS.withTrustedCa(CERTIFICATES.certificate("otherCa")));
        logged.await("no TLS with /127.0.0.1:");
        try (Socket plain = new Socket("localhost", uri.getPort())) {
            plain.getOutputStream()
                    .write("GET / HTTP/1.1\r\nauthorization: Bearer in-the-clear\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            logged.await("it speaks no TLS");
        }
        assertFalse(logged.lines().toString().contains("696e2d7468"), "nothing of what was sent, nor in hexadecimal");
    }
}
