package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partds;
import io.partd.flight.testing.HolderMain;
import io.partd.flight.testing.ServerProcess;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A lock whose holder is gone, or away, is freed within ten seconds, and a holder that comes back does not hold it. */
@Tag("slow")
@Timeout(60)
class VanishedHolderTest {
    private final PartdServer server = PartdServer.serve(Partds.dict(), ServerOptions.at("grpc+tcp://127.0.0.1:0"));

    @AfterEach
    void close() {
        server.close();
    }

    private ServerProcess holder() {
        return ServerProcess.start(HolderMain.class, List.of(), server.uri().toString());
    }

    private void takesTheLock(FlightPartd client) throws InterruptedException {
        long begun = System.nanoTime();
        assertTrue(client.lock().tryLock(30, TimeUnit.SECONDS));
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertTrue(seconds < 10, "it took " + seconds + " s");
        client.append("mine", Bytes.utf8("x"));
    }

    @Test
    void killed() throws InterruptedException {
        try (ServerProcess holder = holder();
                FlightPartd client = FlightPartd.connect(server.uri())) {
            assertFalse(client.lock().tryLock());
            holder.kill();
            takesTheLock(client);
            client.lock().unlock();
        }
    }

    @Test
    void pausedAndBackAgain() throws Exception {
        try (ServerProcess holder = holder();
                FlightPartd client = FlightPartd.connect(server.uri())) {
            holder.signal("STOP");
            takesTheLock(client);
            holder.signal("CONT");
            holder.say();
            String line = holder.lines().readLine();
            assertTrue(line.contains("the lock was lost") && line.contains("nothing was changed"), line);
            assertEquals(Set.of("mine"), client.keys());
            client.lock().unlock();
        }
    }
}
