package io.partd.flight;

import com.google.protobuf.ByteString;
import io.partd.Bytes;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.testing.Http2Socket;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.testing.OneJdk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Frames of HTTP/2 and messages of Flight, right, broken and in any order, from several connections: the server stays
 * up and within its memory, and serves a client that keeps the rules. {@code partd.wire.fuzz.seconds} says for how
 * long.
 */
@Tag("slow")
class WireFuzzTest {
    private static final long SEED = Long.getLong("partd.seed", System.nanoTime());
    private static final int SECONDS = Integer.getInteger("partd.wire.fuzz.seconds", 8);
    private static final int ATTACKERS = 3;
    private static final long MEMORY = 64 << 20;
    /** The heap, direct memory, and what the JVM takes for itself. */
    private static final long RESIDENT = (128L + 128 + 256) << 20;

    private static final List<String> METHODS = List.of(
            FlightMethods.DO_PUT.getFullMethodName(),
            FlightMethods.DO_GET.getFullMethodName(),
            FlightMethods.DO_EXCHANGE.getFullMethodName(),
            FlightServiceGrpc.getDoActionMethod().getFullMethodName(),
            FlightServiceGrpc.getListFlightsMethod().getFullMethodName(),
            FlightServiceGrpc.getGetFlightInfoMethod().getFullMethodName(),
            "arrow.flight.protocol.FlightService/Nothing");

    @TempDir
    Path directory;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong frames = new AtomicLong();
    private volatile Throwable failure;

    @Test
    @Timeout(180)
    void staysUpAndServes() throws Exception {
        OneJdk.assumeFirst();
        System.out.println("-Dpartd.seed=" + SEED);
        List<String> flags = List.of("-Xmx128m", "-XX:MaxDirectMemorySize=128m", "-XX:+ExitOnOutOfMemoryError");
        try (ServerProcess server =
                        ServerProcess.start(ServerMain.class, flags, directory.toString(), "0", "" + MEMORY);
                FlightPartd honest = FlightPartd.connect(server.uri)) {
            honest.append("warm", Bytes.utf8("up"));
            List<Thread> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                Random random = new Random(SEED + i);
                Thread thread = new Thread(() -> attack(server, random), "attacker-" + i);
                thread.start();
                attackers.add(thread);
            }
            long slowest = 0;
            long resident = 0;
            int calls = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (System.nanoTime() < end && failure == null) {
                long begun = System.nanoTime();
                honest.append("honest", Bytes.of(new byte[1000]));
                slowest = Math.max(slowest, System.nanoTime() - begun);
                begun = System.nanoTime();
                assertEquals(1000L * ++calls, honest.get("honest").size());
                slowest = Math.max(slowest, System.nanoTime() - begun);
                resident = Math.max(resident, server.resident());
                assertTrue(server.isAlive());
                TimeUnit.MILLISECONDS.sleep(5);
            }
            done.set(true);
            for (Thread each : attackers) each.join();
            System.out.println(frames + " frames over " + connections + " connections, " + calls
                    + " honest appends and gets, the slowest in " + TimeUnit.NANOSECONDS.toMillis(slowest) + " ms, "
                    + (resident >> 20) + " MiB resident");
            if (failure != null) throw new AssertionError("an attacker failed", failure);
            assertTrue(slowest < TimeUnit.SECONDS.toNanos(2), "a call took " + slowest / 1_000_000 + " ms");
            assertTrue(resident < RESIDENT, resident + " bytes resident");
            assertTrue(frames.get() > 100, "nothing was attacked");
        }
    }

    private void attack(ServerProcess server, Random random) {
        while (!done.get()) {
            try (Http2Socket socket = new Http2Socket(server.uri)) {
                connections.incrementAndGet();
                int most = 1 + random.nextInt(400);
                for (int i = 0; i < most && !done.get() && !socket.hasEnded(); i++) {
                    frames.incrementAndGet();
                    step(socket, random, 2 * i + 1);
                }
            } catch (IOException e) {
                // The server has hung up on it: that is what it may do.
                Thread.onSpinWait();
            } catch (InterruptedException | RuntimeException | Error e) {
                failure = e;
                return;
            }
        }
    }

    private void step(Http2Socket socket, Random random, int stream) throws IOException, InterruptedException {
        switch (random.nextInt(10)) {
            case 0 -> socket.frame(random.nextInt(12), random.nextInt(64), random.nextInt(40), bytes(random, 300));
            case 1 -> socket.raw(bytes(random, 50));
            case 2 -> {
                byte[] block = Http2Socket.headers(method(random), Map.of("x", "y".repeat(random.nextInt(9000))));
                block[random.nextInt(block.length)] ^= (byte) (1 << random.nextInt(8));
                socket.frame(Http2Socket.HEADERS, Http2Socket.END_HEADERS, stream, block);
            }
            case 3 -> {
                // Many small frames of a message that never ends.
                socket.call(stream, method(random), Map.of());
                socket.send(stream, Http2Socket.message(1 << 20, new byte[0]), 100);
                for (int i = 0; i < 300; i++) if (!socket.send(stream, bytes(random, 3), 10)) break;
            }
            case 4 -> {
                socket.call(stream, method(random), Map.of());
                int announced = random.nextBoolean() ? random.nextInt() : random.nextInt(4 << 20);
                socket.send(stream, Http2Socket.message(announced, bytes(random, 40_000)), 100);
            }
            case 5 -> {
                socket.call(stream, method(random), Map.of());
                socket.frame(Http2Socket.RST_STREAM, 0, stream, new byte[4]);
            }
            default -> {
                socket.call(stream, method(random), Map.of());
                for (int i = random.nextInt(4); i >= 0; i--) {
                    byte[] message = broken(random, message(random));
                    socket.send(stream, Http2Socket.message(message.length, message), 100);
                }
                int flags = random.nextInt(3) == 0 ? 0 : Http2Socket.END_STREAM;
                socket.frame(Http2Socket.DATA, flags, stream, new byte[0]);
            }
        }
    }

    private static String method(Random random) {
        return METHODS.get(random.nextInt(METHODS.size()));
    }

    private static byte[] message(Random random) {
        return switch (random.nextInt(8)) {
            case 0 ->
                Raw.data(
                        Raw.append(random.nextInt(5), random.nextInt(40), random.nextInt(4000)),
                        Frame.NOTHING,
                        bytes(random, 4000));
            case 1 -> Raw.data(Raw.append(1, 20, random.nextInt(30) * 1_000_000L), Frame.NOTHING, Frame.NOTHING);
            case 2 -> Raw.data(Raw.path("table" + random.nextInt(3)), bytes(random, 200), bytes(random, 2000));
            case 3 ->
                Raw.data(
                        Raw.command("{\"partition\":{\"hash\":" + random.nextInt(9) + ",\"columns\":[\"a\"]}}"),
                        bytes(random, 200),
                        Frame.NOTHING);
            // Not one that would take the lock: who has it may keep others waiting.
            case 4 -> Raw.data(Raw.command("{\"lock\":{\"waitMillis\":\"x\"}}"), Frame.NOTHING, Frame.NOTHING);
            case 5 -> Descriptors.bytesTicket(List.of("honest", "warm")).toByteArray();
            case 6 ->
                Ticket.newBuilder()
                        .setTicket(ByteString.copyFrom(bytes(random, 60)))
                        .build()
                        .toByteArray();
            default ->
                Action.newBuilder()
                        .setType(List.of("keys", "stat", "removals", "flush", "none")
                                .get(random.nextInt(5)))
                        .build()
                        .toByteArray();
        };
    }

    /** Most are left as they are; some are cut, longer, or have other bits. */
    private static byte[] broken(Random random, byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(6)) {
            case 0 -> out.writeBytes(Arrays.copyOf(message, random.nextInt(message.length + 1)));
            case 1 -> {
                out.writeBytes(message);
                out.writeBytes(bytes(random, 100));
            }
            case 2 -> {
                byte[] other = message.clone();
                if (other.length > 0) other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
                out.writeBytes(other);
            }
            default -> out.writeBytes(message);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }
}
