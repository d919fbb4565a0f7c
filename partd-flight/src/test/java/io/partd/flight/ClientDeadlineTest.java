package io.partd.flight;

import io.partd.Bytes;
import io.partd.flight.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A client's deadline holds whatever the other side does, or does not; who was never there is reported at once. */
@Tag("slow")
@Timeout(60)
class ClientDeadlineTest {
    private static final ClientOptions SECOND = ClientOptions.defaults().withDeadline(Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private static String fails(Runnable call, long mostMillis) {
        long begun = System.nanoTime();
        String message = assertThrows(UncheckedIOException.class, call::run).getMessage();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        assertTrue(millis < mostMillis, "it took " + millis + " ms: " + message);
        return message;
    }

    @Test
    void aListenerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FlightPartd client =
                        FlightPartd.connect(URI.create("grpc+tcp://127.0.0.1:" + silent.getLocalPort()), SECOND)) {
            assertTrue(fails(() -> client.get("a"), 10_000).contains("DEADLINE_EXCEEDED"));
            String append = fails(() -> client.append("a", Bytes.utf8("x")), 10_000);
            assertTrue(append.contains("nothing was appended"), append);
            fails(client::keys, 10_000);
            fails(client::drop, 10_000);
            fails(() -> client.lock().lock(), 10_000);
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void aServerThatWasNeverThere() {
        URI nobody = URI.create("grpc+tcp://127.0.0.1:" + ServerProcess.freePort());
        URI noSocket = URI.create("grpc+unix://" + directory.resolve("none"));
        for (URI uri : List.of(nobody, noSocket)) {
            try (FlightPartd client = FlightPartd.connect(uri)) {
                String message = fails(() -> client.get("a"), 10_000);
                assertTrue(message.contains(uri.toString()) && message.contains("UNAVAILABLE"), message);
                fails(() -> client.append("a", Bytes.utf8("x")), 10_000);
                fails(() -> client.lock().lock(), 10_000);
            }
        }
    }

    /** It does not answer any more, with the connection open. */
    @Test
    void aServerThatStandsStill() {
        ServerProcess server = ServerProcess.start(directory, 0);
        ClientOptions options = ClientOptions.defaults().withDeadline(Duration.ofSeconds(4));
        try (FlightPartd first = FlightPartd.connect(server.uri);
                FlightPartd client = FlightPartd.connect(server.uri, options)) {
            first.append("a", Bytes.utf8("x"));
            client.get("a");
            server.signal("STOP");
            fails(() -> client.get("a"), 15_000);
            String append = fails(() -> client.append("a", Bytes.utf8("x")), 30_000);
            assertTrue(append.contains("it is unknown whether it was appended"), append);
        } finally {
            server.close();
        }
    }
}
