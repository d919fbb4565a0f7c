package io.partd.cli;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.cli.testing.Script;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The command that serves a store, as the script runs it. */
@Timeout(120)
class ServeIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void endsInGoodOrder(String signal) throws Exception {
        Path store = directory.resolve("served");
        Path token = Files.writeString(directory.resolve("token"), "abc123\n");
        Process serve = Script.startSignalled(
                signal,
                "serve",
                store,
                "--listen",
                "grpc+tcp://127.0.0.1:0",
                "--buffer",
                "100MB",
                "--append-token",
                token);
        BufferedReader lines = serve.inputReader();
        String line = lines.readLine();
        assertTrue(line != null && line.startsWith("serving " + store + " at grpc+tcp://127.0.0.1:"), line);
        URI uri = URI.create(line.substring(line.lastIndexOf(' ') + 1));
        try (FlightPartd client =
                FlightPartd.connect(uri, ClientOptions.defaults().withToken("abc123"))) {
            client.append("a", Bytes.utf8("x"));
        }
        Script.signal(serve, signal);
        assertTrue(serve.waitFor(60, TimeUnit.SECONDS), "it does not end");
        assertEquals("ending: calls in flight are finished", lines.readLine());
        assertEquals("ended", lines.readLine());
        assertEquals(signal.equals("INT") ? 130 : 143, serve.exitValue());
        try (Partd<Bytes> reopened = Partds.file(store)) {
            assertEquals(Set.of("a"), reopened.keys(), "what was in memory, and nothing of the server's own");
        }
    }

    /** A store has one server; the next can begin as soon as the one before has ended as it was told to. */
    @Test
    void oneServesAndTheNextTakesOver() throws Exception {
        Path store = directory.resolve("taken over");
        Process first = Script.startSignalled("TERM", "serve", store, "--listen", "grpc+tcp://127.0.0.1:0");
        URI uri = served(first);
        Script.run("serve", store, "--listen", "grpc+tcp://127.0.0.1:0").failed(1, "is served already", uri.toString());
        try (FlightPartd client = FlightPartd.connect(uri)) {
            client.append("a", Bytes.utf8("x"));
        }
        Script.signal(first, "TERM");
        assertTrue(first.waitFor(60, TimeUnit.SECONDS), "it does not end");
        Process next = Script.startSignalled("TERM", "serve", store, "--listen", "grpc+tcp://127.0.0.1:0");
        try (FlightPartd client = FlightPartd.connect(served(next))) {
            assertEquals("x", client.get("a").toUtf8());
        } finally {
            Script.signal(next, "TERM");
            assertTrue(next.waitFor(60, TimeUnit.SECONDS), "it does not end");
        }
    }

    /** Where it listens, as its first line says. */
    private static URI served(Process serve) throws IOException {
        String line = serve.inputReader().readLine();
        assertTrue(line != null && line.startsWith("serving "), line);
        return URI.create(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void metrics() throws Exception {
        Path store = directory.resolve("measured");
        Process serve =
                Script.start("serve", store, "--listen", "grpc+tcp://127.0.0.1:0", "--metrics", "0", "--buffer", "1MB");
        try {
            BufferedReader lines = serve.inputReader();
            String line = lines.readLine();
            try (FlightPartd client = FlightPartd.connect(URI.create(line.substring(line.lastIndexOf(' ') + 1)))) {
                client.append("a", Bytes.utf8("12345"));
                client.flush();
            }
            String shown = lines.readLine();
            assertTrue(shown.startsWith("metrics at http://127.0.0.1:"), shown);
            URI page = URI.create(shown.substring(shown.lastIndexOf(' ') + 1));
            // As Prometheus asks, which would rather have protobuf.
            for (String accepted : new String[] {"*/*", "application/vnd.google.protobuf;q=0.8,text/plain;q=0.2"}) {
                HttpRequest request =
                        HttpRequest.newBuilder(page).header("Accept", accepted).build();
                String text = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                for (String figure : new String[] {
                    "partd_requests_total{method=\"DoPut\",status=\"OK\"} 1.0",
                    "partd_budget_bytes{budget=\"messages\"} 0.0",
                    "partd_store_segments 1.0",
                    "partd_store_dead_bytes 0.0",
                    "partd_lock_held 0.0"
                }) {
                    assertTrue(text.lines().anyMatch(figure::equals), figure + " is not in\n" + text);
                }
            }
        } finally {
            serve.destroy();
            assertTrue(serve.waitFor(60, TimeUnit.SECONDS), "it does not end");
        }
    }

    @Test
    void refusesWhatIsUnsafeOrWrong() throws Exception {
        Path store = directory.resolve("none");
        Script.run("serve", store, "--listen", "grpc+tcp://0.0.0.0:0").failed(2, "127.0.0.1", "grpc+tls");
        Script.run("serve", store, "--listen", "grpc+tls://127.0.0.1:0").failed(2, "a certificate and a key");
        Path token = Files.writeString(directory.resolve("empty"), "\n");
        Script.run("serve", store, "--listen", "grpc+tcp://127.0.0.1:0", "--read-token", token)
                .failed(1, "holds no token");
        Script.run("serve", store, "--listen", "http://x").failed(2, "grpc+tcp://host:port");
        Script.run("serve", store, "--listen", "grpc+tcp://127.0.0.1:0", "--buffer", "lots")
                .failed(2, "--buffer");
        for (String metrics : new String[] {"x", "host:", ":1", "1:99999"}) {
            Script.run("serve", store, "--listen", "grpc+tcp://127.0.0.1:0", "--metrics", metrics)
                    .failed(2, "--metrics", "HOST:PORT");
        }
        assertFalse(Files.exists(store), "nothing is made before the options are known to be right");
        Files.writeString(directory.resolve("file"), "x");
        Script.run("serve", directory, "--listen", "grpc+tcp://127.0.0.1:0").failed(1, "something else than a store");
    }
}
