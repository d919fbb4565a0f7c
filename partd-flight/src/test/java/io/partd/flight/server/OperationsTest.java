package io.partd.flight.server;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.Partds;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.testing.Raw;
import io.partd.flight.wire.FlightMethods;
import io.partd.testing.Patience;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What those see who run a server: health, metrics and events. */
@Timeout(120)
class OperationsTest {
    private static final ClientOptions KNOWN = ClientOptions.defaults().withToken("all");

    private PartdServer server;

    @BeforeEach
    void serve() {
        server = PartdServer.serve(
                Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0").withToken("all", Right.values()));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private double value(String name, String... labels) {
        return server.metrics().scrape().stream()
                .filter(each -> each.getMetadata().getPrometheusName().equals(name))
                .flatMap(each -> each.getDataPoints().stream())
                .filter(point -> List.of(labels)
                        .equals(point.getLabels().stream()
                                .map(label -> label.getValue())
                                .toList()))
                .mapToDouble(OperationsTest::value)
                .findAny()
                .orElse(-1);
    }

    private static double value(DataPointSnapshot point) {
        if (point instanceof CounterDataPointSnapshot counter) return counter.getValue();
        if (point instanceof HistogramDataPointSnapshot histogram) return histogram.getCount();
        return ((GaugeDataPointSnapshot) point).getValue();
    }

    /** A call is counted when it has ended here, which its client may know a moment earlier. */
    private void await(double expected, String name, String... labels) throws Exception {
        Patience.until(name + List.of(labels) + " is " + expected, () -> value(name, labels) == expected);
    }

    @Test
    void healthIsToldWithoutAToken() throws Exception {
        try (Raw raw = new Raw(server.uri(), null)) {
            byte[] flight = "\n#arrow.flight.protocol.FlightService".getBytes(StandardCharsets.UTF_8);
            for (byte[] service : List.of(new byte[0], flight)) {
                Raw.Call call = raw.begin(Health.CHECK).send(service).halfClose();
                assertEquals(Status.Code.OK, call.end().getCode());
                assertArrayEquals(new byte[] {8, 1}, call.answers.get(0), "field 1 is SERVING");
            }
            assertEquals(
                    Status.Code.NOT_FOUND,
                    raw.call(Health.CHECK, new byte[] {10, 1, 'x'}).getCode());
            assertEquals(
                    Status.Code.NOT_FOUND,
                    raw.call(Health.CHECK, new byte[] {10, 100}).getCode());
            assertEquals(Status.Code.INVALID_ARGUMENT, raw.call(Health.CHECK).getCode());
        }
    }

    @Test
    void requestsBytesAndRefusalsAreCounted() throws Exception {
        try (FlightPartd client = FlightPartd.connect(server.uri(), KNOWN)) {
            client.append("a", Bytes.of(new byte[100_000]));
            assertEquals(100_000, client.get("a").size());
            await(1, "partd_requests", "DoPut", "OK");
            await(1, "partd_requests", "DoGet", "OK");
            await(1, "partd_request_seconds", "DoGet");
            assertTrue(value("partd_received_bytes", "DoPut") > 100_000);
            assertTrue(value("partd_sent_bytes", "DoGet") > 100_000);
            assertTrue(value("partd_received_bytes", "DoGet") < 100);
            assertEquals(1, value("partd_connections"));
        }
        await(0, "partd_connections");
        ClientOptions unknown = ClientOptions.defaults().withDeadline(Duration.ofSeconds(3));
        try (FlightPartd client = FlightPartd.connect(server.uri(), unknown)) {
            assertThrows(UncheckedIOException.class, () -> client.get("a"));
        }
        await(1, "partd_refusals", "unauthenticated");
        await(1, "partd_requests", "DoGet", "UNAUTHENTICATED");
        await(2, "partd_accepted_connections");
    }

    @Test
    void invented() throws Exception {
        try (Raw raw = new Raw(server.uri(), "all")) {
            for (int i = 0; i < 20; i++) {
                raw.call(FlightMethods.DO_GET.toBuilder()
                        .setFullMethodName("made.up/Name" + i)
                        .build());
            }
        }
        await(20, "partd_requests", "other", "UNIMPLEMENTED");
    }

    @Test
    void theLockAndTheMemory() throws Exception {
        try (FlightPartd client = FlightPartd.connect(server.uri(), KNOWN)) {
            assertEquals(0, value("partd_lock_held"));
            Lock lock = client.lock();
            lock.lock();
            assertEquals(1, value("partd_lock_held"));
            Thread waiting = new Thread(() -> {
                try (FlightPartd other = FlightPartd.connect(server.uri(), KNOWN)) {
                    other.lock().lock();
                    other.lock().unlock();
                }
            });
            waiting.start();
            await(1, "partd_lock_waiting");
            lock.unlock();
            waiting.join();
            await(0, "partd_lock_waiting");
            await(0, "partd_lock_held");
        }
        for (String budget : List.of("messages", "work", "holder-messages", "holder-work", "requests", "answers")) {
            await(0, "partd_budget_bytes", budget);
            assertTrue(value("partd_budget_limit_bytes", budget) >= 1 << 20);
        }
    }

    @Test
    void callsAreRecorded(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("calls.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.partd.flight.Call");
            recording.start();
            try (FlightPartd client = FlightPartd.connect(server.uri(), KNOWN)) {
                client.append("a", Bytes.of(new byte[1000]));
                client.get("a");
            }
            await(1, "partd_requests", "DoGet", "OK");
            await(0, "partd_connections");
            recording.stop();
            recording.dump(file);
        }
        RecordedEvent get = RecordingFile.readAllEvents(file).stream()
                .filter(event -> "DoGet".equals(event.getString("method")))
                .findAny()
                .orElseThrow();
        assertEquals("OK", get.getString("status"));
        assertTrue(get.getString("client").startsWith("/127.0.0.1:"), get::toString);
        assertTrue(get.getLong("sent") >= 1000);
        assertTrue(get.getDuration().toNanos() > 0);
    }
}
