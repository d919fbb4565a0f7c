package io.partd.flight.server.once;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.flight.FlightPartd;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Entries;
import io.partd.flight.testing.ServerProcess;
import io.partd.marks.MarkedStores;
import io.partd.marks.OwnerMarks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is remembered of appends grows with the clients, and not with the appends. */
@Tag("slow")
@Timeout(300)
class GrowthTest {
    private static final int CLIENTS = 20;
    private static final int EACH = 15_000;

    @TempDir
    Path directory;

    private final List<UUID> clients = new ArrayList<>();

    /** Many small appends, each client acknowledging those before, as FlightPartd does. */
    private void append(FilePartd store) {
        Appends appends = new Appends(store, System::nanoTime);
        for (int i = 0; i < CLIENTS; i++) clients.add(UUID.randomUUID());
        Entries entries = new Entries(Map.of("k", Bytes.utf8("x")), Map.of());
        for (long number = 1; number <= EACH; number++) {
            for (UUID client : clients) {
                AppendCommand command = new AppendCommand(client, number, number - 1, 0, 0);
                appends.apply(command, new Content(1, 7), () -> entries);
            }
        }
    }

    private void expectOneMarkEach(FilePartd store) {
        for (UUID client : clients) {
            OwnerMarks marks = MarkedStores.of(store).marks(client);
            assertEquals(EACH - 1, marks.settled());
            assertEquals(1, marks.made().size());
        }
    }

    @Test
    void opening() {
        try (FilePartd store = Partds.file(directory)) {
            append(store);
            expectOneMarkEach(store);
        }
        try (FilePartd store = Partds.file(directory)) {
            expectOneMarkEach(store);
        }
        // a tenth of what the records would take, were they kept one by one
        try (ServerProcess server = ServerProcess.start(
                        directory, ServerProcess.freePort(), "-Xmx40m", "-XX:MaxDirectMemorySize=256m");
                FlightPartd client = FlightPartd.connect(server.uri)) {
            assertEquals(CLIENTS * EACH, client.get("k").size());
        }
        try (FilePartd store = Partds.file(directory)) {
            store.compact();
            expectOneMarkEach(store);
            long bytes = store.stats().fileBytes();
            assertTrue(
                    bytes < CLIENTS * EACH + 200 * CLIENTS + 10_000,
                    "no more than the values and a mark for each: " + bytes);
        }
    }
}
