package io.partd;

import io.partd.testing.ForwardingPartd;
import io.partd.testing.InMemory;
import io.partd.testing.Ledger;
import io.partd.testing.Nesting;
import io.partd.testing.Persistence;
import io.partd.testing.Watch;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Threads that write and threads that read what they wrote; {@link ProcessesTest} does it with processes. */
public class ConcurrencyTest {
    private static final int WRITERS = 3;
    private static final int CHUNKS = Integer.getInteger("partd.chunks", 150);

    @TempDir(factory = InMemory.class)
    Path directory;

    @ParameterizedTest
    @MethodSource("io.partd.testing.Nesting#tested")
    void readersSeeWhatWasAcknowledged(Nesting nesting) throws IOException {
        Path path = Files.createTempDirectory(directory, "store");
        Watch watch = new Watch(WRITERS);
        AtomicInteger writing = new AtomicInteger(WRITERS);
        Workers workers = new Workers();
        boolean shared = nesting.persistence() == Persistence.SHARED;
        try (Partd<Bytes> one = nesting.open(path);
                Partd<Bytes> two = shared ? nesting.open(path) : new ForwardingPartd<>(one)) {
            List<Partd<Bytes>> handles = List.of(one, two);
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                workers.start("writer " + w, () -> {
                    for (int i = 0; i < CHUNKS && !workers.failed(); i++) {
                        append(handles.get(writer % 2), writer, i);
                        watch.acknowledge(writer, i);
                    }
                    writing.decrementAndGet();
                });
            }
            for (Partd<Bytes> store : handles) {
                workers.start("reader", () -> {
                    Ledger seen = new Ledger();
                    while (writing.get() > 0 && !workers.failed()) seen = watch.check(store, 0, seen);
                });
            }
            workers.join();
            for (int w = 0; w < WRITERS; w++)
                assertEquals(CHUNKS, watch.check(two, 0).end(w), "neither more nor less");
        }
        if (nesting.persistence().persists()) {
            try (Partd<Bytes> again = nesting.open(path)) {
                watch.check(again, 0);
            }
        }
    }

    public static void append(Partd<Bytes> store, int writer, int sequence) {
        Map<String, Bytes> values = new HashMap<>();
        for (String key : Watch.keys(writer)) values.put(key, Ledger.chunk(writer, sequence));
        store.append(values);
    }
}
