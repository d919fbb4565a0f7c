package io.partd.flight.wire;

import io.partd.Bytes;
import io.partd.Partds;
import io.partd.flight.ClientOptions;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.testing.Workers;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Both sides allow large frames, as read from the wire by hand (RFC 9113, sections 4.1 and 6.5). */
@Timeout(60)
class LargeFramesTest {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int SETTINGS = 4;
    private static final int ACKNOWLEDGED = 1;
    private static final int MAX_FRAME_SIZE = 5;

    @Test
    void theServerAllowsThem() throws IOException {
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(PREFACE);
            out.write(EMPTY_SETTINGS);
            assertEquals(LargeFrames.LARGEST, largestFrame(new DataInputStream(socket.getInputStream())));
        }
    }

    @Test
    void theClientAllowsThem() throws Exception {
        Workers workers = new Workers();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("grpc+tcp://127.0.0.1:" + listener.getLocalPort());
            ClientOptions options = ClientOptions.defaults().withDeadline(Duration.ofSeconds(1));
            workers.start("reader of keys", () -> {
                try (FlightPartd store = FlightPartd.connect(uri, options)) {
                    store.keys();
                } catch (UncheckedIOException e) {
                    return; // nobody answers it
                }
                throw new AssertionError("keys of no server");
            });
            try (Socket socket = listener.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                assertEquals(new String(PREFACE, US_ASCII), new String(in.readNBytes(PREFACE.length), US_ASCII));
                socket.getOutputStream().write(EMPTY_SETTINGS);
                assertEquals(LargeFrames.LARGEST, largestFrame(in));
            }
        }
        workers.join();
    }

    /** What comes in pieces of all sizes, one that drips among them, is put together as it was. */
    @Test
    void framesInPieces() throws Exception {
        byte[] value = new byte[3 << 20];
        new Random(42).nextBytes(value);
        try (PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));
                Dripping way = new Dripping(server.uri().getPort());
                FlightPartd store = FlightPartd.connect(URI.create("grpc+tcp://127.0.0.1:" + way.port()))) {
            store.append(Map.of("large", Bytes.of(value), "small", Bytes.utf8("x")));
            assertEquals(Bytes.of(value), store.get("large"));
            assertEquals("x", store.get("small").toUtf8());
        }
    }

    /** The value of the setting, from the first frame of settings that has it. */
    private static int largestFrame(DataInputStream in) throws IOException {
        while (true) {
            int head = in.readInt();
            int flags = in.readUnsignedByte();
            in.readInt();
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(head >>> 8));
            assertEquals(head >>> 8, payload.remaining());
            if ((head & 0xff) != SETTINGS || (flags & ACKNOWLEDGED) != 0) continue;
            while (payload.hasRemaining()) {
                int setting = payload.getShort();
                int given = payload.getInt();
                if (setting == MAX_FRAME_SIZE) return given;
            }
        }
    }

    /** Passes bytes on in both directions, in pieces of random sizes. */
    private static final class Dripping implements AutoCloseable {
        private static final int[] SIZES = {1, 2, 9, 100, 5_000, 70_000, 300_000};

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Workers workers = new Workers();

        Dripping(int port) throws IOException {
            workers.start("listener", () -> {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                for (Socket each : new Socket[] {client, server}) each.setTcpNoDelay(true);
                workers.start("to the server", () -> pass(client, server, 1));
                workers.start("to the client", () -> pass(server, client, 2));
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        private static void pass(Socket from, Socket to, long seed) throws IOException {
            Random random = new Random(seed);
            byte[] piece = new byte[SIZES[SIZES.length - 1]];
            try (from;
                    to) {
                for (int read = 0; read >= 0; read = read(from, piece, random))
                    to.getOutputStream().write(piece, 0, read);
            } catch (SocketException e) {
                // the other direction has ended, and closed both
                assertTrue(
                        e.getMessage().toLowerCase(Locale.ROOT).matches(".*(closed|reset|broken pipe).*"),
                        e.toString());
            }
        }

        private static int read(Socket from, byte[] piece, Random random) throws IOException {
            return from.getInputStream().read(piece, 0, SIZES[random.nextInt(SIZES.length)]);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            workers.join();
        }
    }
}
