package io.partd.flight.wire;

import io.netty.buffer.PooledByteBufAllocator;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.testing.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a client reads as it comes. */
@Timeout(120)
class PulledTest {
    @TempDir
    Path directory;

    private static PartdServer serve(Partd<Bytes> store) {
        return PartdServer.serve(store, ServerOptions.at("grpc+tcp://127.0.0.1:0"));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static long used() {
        return ((PooledByteBufAllocator) WireMemory.OF_CLIENTS).metric().usedDirectMemory();
    }

    @Test
    void bytesAsTheyCome() throws IOException {
        Partd<Bytes> store = Partds.file(directory);
        byte[] large = random(9_000_001);
        store.append("large", Bytes.of(large));
        store.append("empty", Bytes.EMPTY);
        try (PartdServer server = serve(store);
                FlightPartd client = FlightPartd.connect(server.uri())) {
            try (InputStream in = client.openBytes("large")) {
                assertArrayEquals(Arrays.copyOf(large, 4), in.readNBytes(4));
                assertEquals(large[4] & 0xff, in.read());
                assertArrayEquals(Arrays.copyOfRange(large, 5, large.length), in.readAllBytes());
                assertEquals(-1, in.read());
            }
            for (String none : List.of("empty", "absent")) {
                try (InputStream in = client.openBytes(none)) {
                    assertEquals(-1, in.read());
                }
            }
        }
    }

    /** A client that stops in the middle of what is larger than its memory, and one that goes on. */
    @Test
    void littleIsReadAhead() throws IOException {
        byte[] part = random(1 << 20);
        Partd<Bytes> store = Partds.file(directory);
        for (int i = 0; i < 200; i++) store.append("large", Bytes.of(part));
        try (PartdServer server = serve(store);
                FlightPartd client = FlightPartd.connect(server.uri())) {
            try (InputStream cut = client.openBytes("large");
                    InputStream whole = client.openBytes("large")) {
                cut.readNBytes(100);
                Runtime.getRuntime().gc();
                long before = used();
                long read = 0;
                byte[] block = new byte[1 << 16];
                for (int n; (n = whole.read(block)) > 0; ) read += n;
                assertEquals(200L << 20, read);
                long more = used() - before;
                assertTrue(more < 64 << 20, more + " bytes were taken for what is read as it comes");
            }
            assertEquals(1, client.keys().size(), "the call that was cut does no harm");
        }
    }

    @Test
    void whatFailsOnTheWay() throws IOException {
        byte[] part = random(1 << 20);
        Partd<Bytes> store = Partds.file(directory);
        for (int i = 0; i < 60; i++) store.append("large", Bytes.of(part));
        store.close();
        try (ServerProcess server = ServerProcess.start(directory, 0);
                FlightPartd client = FlightPartd.connect(server.uri);
                InputStream in = client.openBytes("large")) {
            in.readNBytes(100);
            server.kill();
            IOException failure = assertThrows(IOException.class, in::readAllBytes);
            assertTrue(failure.getMessage().contains(server.uri.toString()), failure.getMessage());
        }
    }

    @Test
    void whatLiesUnderKeys() {
        Partd<Bytes> store = Partds.dict();
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 3)) {
            ArrowPartd.over(store, allocator).append("table", root);
            store.append("text", Bytes.utf8("no table"));
            try (PartdServer server = serve(store);
                    FlightPartd client = FlightPartd.connect(server.uri())) {
                long bytes = client.get("table").size();
                assertEquals(
                        List.of(new FlightPartd.Listed("table", 3, bytes), new FlightPartd.Listed("text", -1, 8)),
                        client.list());
            }
        }
    }
}
