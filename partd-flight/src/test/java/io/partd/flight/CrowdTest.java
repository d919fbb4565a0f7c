package io.partd.flight;

import io.partd.Bytes;
import io.partd.flight.testing.CrowdMain;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Many clients at full speed, a quarter of which stands still and a quarter of which is killed: the server stays within
 * its memory, and what was acknowledged is there once. {@code partd.crowd.clients} and {@code partd.crowd.seconds} say
 * how many and for how long: 200 for a minute by hand.
 */
@Tag("slow")
class CrowdTest {
    private static final int CLIENTS = Integer.getInteger("partd.crowd.clients", 12);
    private static final int SECONDS = Integer.getInteger("partd.crowd.seconds", 3);
    private static final long MEMORY = 64 << 20;
    /** The heap, direct memory, and what the JVM takes for itself. */
    private static final long RESIDENT = (256L + 128 + 256) << 20;

    @TempDir
    Path directory;

    private ServerProcess crowd(ServerProcess server, int first, int count) {
        return ServerProcess.start(
                CrowdMain.class,
                List.of(),
                server.uri.toString(),
                "" + first,
                "" + count,
                directory.toString(),
                "" + SECONDS * 1000);
    }

    @Test
    @Timeout(300)
    void acknowledgedOnce() throws Exception {
        int quarter = CLIENTS / 4;
        List<String> flags = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");
        try (ServerProcess server = ServerProcess.start(
                        ServerMain.class, flags, directory.resolve("store").toString(), "0", "" + MEMORY);
                ServerProcess well = crowd(server, 0, 2 * quarter);
                ServerProcess stalled = crowd(server, 2 * quarter, quarter);
                ServerProcess killed = crowd(server, 3 * quarter, quarter)) {
            long begun = System.nanoTime();
            long resident = 0;
            boolean ended = false;
            for (long millis = 0; millis < SECONDS * 1000L; millis = millis(begun)) {
                if (!ended && millis > SECONDS * 500L) {
                    stalled.signal("STOP");
                    killed.kill();
                    ended = true;
                }
                resident = Math.max(resident, server.resident());
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertEquals("done", well.lines().readLine());
            long took = millis(begun);
            stalled.kill();
            long appends = 0;
            try (FlightPartd client = FlightPartd.connect(server.uri)) {
                for (int i = 0; i < 4 * quarter; i++) appends += requireOnce(client, i);
            }
            System.out.println(CLIENTS + " clients made " + appends + " appends of " + CrowdMain.SIZE + " bytes in "
                    + took + " ms, " + (resident >> 20) + " MiB resident");
            assertTrue(appends > 0, "nobody could append");
            assertTrue(resident < RESIDENT, resident + " bytes resident");
        }
    }

    private static long millis(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** All that was acknowledged, in its order, and at most one append that was not. */
    private long requireOnce(FlightPartd client, int number) throws IOException {
        Path file = CrowdMain.file(directory.toString(), number);
        byte[] counted = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        long acknowledged = counted.length == 0 ? 0 : ByteBuffer.wrap(counted).getLong();
        Bytes all = client.get(CrowdMain.key(number));
        long made = all.size() / CrowdMain.SIZE;
        assertEquals(0, all.size() % CrowdMain.SIZE);
        assertTrue(
                made == acknowledged || made == acknowledged + 1,
                "client " + number + ": " + acknowledged + " acknowledged and " + made + " made");
        for (long i = 0; i < made; i++) {
            Bytes first = all.slice(i * CrowdMain.SIZE, i * CrowdMain.SIZE + Long.BYTES);
            assertEquals(i, ByteBuffer.wrap(first.toArray()).getLong(), "client " + number);
        }
        return made;
    }
}
