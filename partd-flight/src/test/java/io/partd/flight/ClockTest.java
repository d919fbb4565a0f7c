package io.partd.flight;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Entries;
import io.partd.flight.protocol.Json;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The server's wall clock jumps, as after a suspend: no append is made twice for that. */
@Tag("optional") // needs faketime
@Timeout(240)
class ClockTest {
    @TempDir
    Path directory;

    private final int port = ServerProcess.freePort();
    private final UUID client = UUID.randomUUID();

    @Test
    void anAppendIsMadeOnceWhateverTheClockSays() throws Exception {
        setClock("+0");
        Process server = start();
        try {
            append(client, 1);
            setClock("+20m");
            long jumped = (System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(19)) * 1_000_000;
            // whatever is done when time has passed is done now
            while (stamp() < jumped) append(UUID.randomUUID(), 1);
            append(UUID.randomUUID(), 1);
            long length = length();
            append(client, 1);
            assertEquals(length, length());
        } finally {
            end(server);
        }
    }

    /** The last stamp that the server gave to an append: it follows the server's clock. */
    private long stamp() throws IOException {
        byte[] control = Files.readAllBytes(directory.resolve("store").resolve("partd.control"));
        return ByteBuffer.wrap(control).order(ByteOrder.LITTLE_ENDIAN).getLong(64);
    }

    private URI uri() {
        return URI.create("grpc+tcp://127.0.0.1:" + port);
    }

    /** Makes an append, which succeeds, of one byte. */
    private void append(UUID who, long sequence) throws InterruptedException {
        byte[] keys = Entries.directory(Map.of("k", Bytes.utf8("x")), Map.of());
        byte[] body = Arrays.copyOf(keys, keys.length + 1);
        AppendCommand command = new AppendCommand(who, sequence, 0, keys.length, body.length);
        try (Raw raw = new Raw(uri(), null)) {
            byte[] message = Raw.data(
                    Raw.command(new String(Json.bytes(command.toJson()), StandardCharsets.UTF_8)), Frame.NOTHING, body);
            assertEquals(Status.Code.OK, raw.call(FlightMethods.DO_PUT, message).getCode());
        }
    }

    private long length() {
        try (FlightPartd store = FlightPartd.connect(uri())) {
            return store.get("k").size();
        }
    }

    private Path clock() {
        return directory.resolve("clock");
    }

    /** What the servers' wall clock says: the right time and so much. */
    private void setClock(String offset) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, offset + "\n");
        Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "faketime",
                "-m",
                "-f",
                "+0",
                "env",
                "-u",
                "FAKETIME",
                "FAKETIME_TIMESTAMP_FILE=" + clock(),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ServerMain.class.getName(),
                directory.resolve("store").toString(),
                "" + port);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        assertEquals(uri().toString(), lines.readLine());
        return process;
    }

    /** Kills a server, and whatever started it. */
    private static void end(Process server) throws InterruptedException {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        if (!server.waitFor(60, TimeUnit.SECONDS)) throw new AssertionError("it does not die");
    }
}
