package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.testing.WriterMain;
import io.partd.testing.ChildProcess;
import io.partd.testing.OneJdk;
import io.partd.testing.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A server over a file store is killed again and again while processes append: everything is there, once, in order. */
@Tag("slow")
class KilledServerTest {
    private static final int WRITERS = 4;
    private static final long SEED = Long.getLong("partd.seed", System.nanoTime());

    @TempDir
    Path directory;

    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    @Test
    void aFewTimes() throws Exception {
        run(3, 120);
    }

    @Test
    @Tag("slow")
    void manyTimes() throws Exception {
        run(25, 1000);
    }

    private void run(int kills, int count) throws Exception {
        System.out.println("-Dpartd.seed=" + SEED);
        Random random = new Random(SEED);
        int port = ServerProcess.freePort();
        AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);
        List<ChildProcess> writers = new ArrayList<>();
        ServerProcess server = ServerProcess.start(directory, port);
        try {
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(ChildProcess.start(
                        WriterMain.class,
                        line -> hear(line, acknowledged),
                        server.uri.toString(),
                        "" + writer,
                        "" + count));
            }
            for (int kill = 0; kill < kills; kill++) {
                await(writers, acknowledged, WRITERS * count * kill / (kills + 1) + random.nextInt(20));
                TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
                server.close();
                server = ServerProcess.start(directory, port);
            }
            for (ChildProcess writer : writers) writer.joinWell();
        } finally {
            writers.forEach(ChildProcess::close);
            server.close();
        }
        check(count);
    }

    private static void hear(String line, AtomicIntegerArray acknowledged) {
        String[] words = line.split(" ");
        int number = acknowledged.getAndIncrement(Integer.parseInt(words[1]));
        assertEquals(number, Integer.parseInt(words[2]));
    }

    private static void await(List<ChildProcess> writers, AtomicIntegerArray acknowledged, int least) throws Exception {
        Patience.until(least + " appends are acknowledged", () -> {
            for (ChildProcess writer : writers) if (!writer.isAlive()) writer.joinWell();
            return sum(acknowledged) >= least;
        });
    }

    private static int sum(AtomicIntegerArray numbers) {
        int sum = 0;
        for (int i = 0; i < WRITERS; i++) sum += numbers.get(i);
        return sum;
    }

    /** Every writer ended well, so all that it appended was acknowledged. */
    private void check(int count) {
        try (Partd<Bytes> store = Partds.file(directory)) {
            int[] next = new int[WRITERS];
            for (String chunk : store.get("shared").toUtf8().split(";")) {
                String[] parts = chunk.split(":");
                int writer = Integer.parseInt(parts[0]);
                assertEquals(next[writer]++, Integer.parseInt(parts[1]), "of writer " + writer);
            }
            assertArrayEquals(new int[] {count, count, count, count}, next);
            SortedSet<String> keys = store.keys();
            for (int writer = 0; writer < WRITERS; writer++) {
                StringBuilder expected = new StringBuilder();
                for (int i = 0; i < count; i++) {
                    Bytes chunk = WriterMain.chunk("" + writer, i);
                    expected.append(chunk.toUtf8());
                    if (i % 3 == 0) assertEquals(chunk, store.get("first" + writer + "-" + i));
                }
                assertEquals(Bytes.utf8(expected.toString()), store.get("own" + writer));
            }
            assertEquals(1 + WRITERS + WRITERS * ((count + 2) / 3), keys.size(), "and nothing else");
        }
    }
}
