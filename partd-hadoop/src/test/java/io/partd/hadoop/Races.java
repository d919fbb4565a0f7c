package io.partd.hadoop;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Many that want to publish the manifest of one generation at the same time. */
final class Races {
    private static final int RACERS = 8;

    private Races() {}

    /** Requires one winner of each race, and that the file has what he wrote. */
    static void run(URI store, Configuration conf, int rounds) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        CyclicBarrier start = new CyclicBarrier(RACERS);
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            for (int round = 1; round <= rounds; round++) {
                List<Future<Boolean>> answers = new ArrayList<>();
                long generation = round;
                for (int i = 0; i < RACERS; i++) {
                    byte[] content = {(byte) i};
                    answers.add(racers.submit(() -> {
                        start.await();
                        return medium.publish(generation, ByteBuffer.wrap(content));
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int i = 0; i < RACERS; i++) {
                    if (answers.get(i).get()) winners.add(i);
                }
                ByteBuffer there = medium.load("partd.manifest-" + round);
                assertEquals(List.of((int) there.get(0)), winners, "round " + round);
                assertEquals(1, there.limit());
            }
        } finally {
            racers.shutdownNow();
        }
    }
}
