package io.partd.flight.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.protocol.Json;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.testing.Tables;
import io.partd.testing.ForwardingPartd;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A client outlives its server: what layers remember of the keys does not outlive what was removed meanwhile. */
@Tag("slow")
@Timeout(120)
class RestartedServerTest {
    @TempDir
    Path directory;

    /** The layer has written the schema of a key, which is gone when the next server comes. */
    @Test
    void layersForgetWhatTheyKnew() {
        int port = ServerProcess.freePort();
        ServerProcess server = ServerProcess.start(directory, port);
        try (BufferAllocator allocator = new RootAllocator();
                FlightPartd client = FlightPartd.connect(server.uri);
                ArrowPartd tables = ArrowPartd.over(client, allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 10)) {
            for (int i = 0; i < 3; i++) tables.append("k", root);
            long before = client.removals();
            assertEquals(before, client.removals(), "nothing was removed");
            server.kill();
            try (Partd<Bytes> stored = Partds.file(directory)) {
                stored.delete("k");
            }
            server = ServerProcess.start(directory, port);
            assertTrue(client.removals() > before, "it is another server");
            tables.append("k", root);
            try (VectorSchemaRoot read = tables.get("k")) {
                assertEquals(10, read.getRowCount());
            }
        } finally {
            server.close();
        }
    }

    /** A store whose numbers begin as those of each other one of its kind. */
    private static Partd<Bytes> counting() {
        return new ForwardingPartd<>(Partds.dict()) {
            @Override
            public long removals() {
                return 7;
            }
        };
    }

    /** Both stores give the same number; a table of another schema is right for a key that is not there any more. */
    @Test
    void layersForgetWhenAnotherStoreIsServed() {
        String address = "grpc+tcp://127.0.0.1:" + ServerProcess.freePort();
        PartdServer server = PartdServer.serve(counting(), ServerOptions.at(address));
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd tables = ArrowPartd.over(FlightPartd.connect(server.uri()), allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 10);
                VectorSchemaRoot other = root.removeVector(0)) {
            for (int i = 0; i < 3; i++) tables.append("k", root);
            server.close();
            server = PartdServer.serve(counting(), ServerOptions.at(address));
            tables.append("k", other);
            try (VectorSchemaRoot read = tables.get("k")) {
                assertEquals(10, read.getRowCount());
            }
        } finally {
            server.close();
        }
    }

    private static ObjectNode answer(String instance, long number) {
        return Json.object().put("instance", instance).put("removals", number);
    }

    @Test
    void theNumbersGrowFromServerToServer() {
        RemovalNumbers numbers = new RemovalNumbers();
        long first = numbers.next(() -> answer("a", 7));
        assertEquals(first, numbers.next(() -> answer("a", 7)));
        long second = numbers.next(() -> answer("a", 9));
        assertTrue(second > first);
        long anew = numbers.next(() -> answer("b", 9));
        assertTrue(anew > second, "the same number of another server");
        long less = numbers.next(() -> answer("c", 0));
        assertTrue(less > anew, "a smaller one");
        assertEquals(less, numbers.next(() -> answer("c", 0)));
        assertTrue(numbers.next(() -> answer("b", 9)) > less, "a server that was there before");
    }
}
