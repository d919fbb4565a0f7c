package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ipc.Messages;
import io.partd.arrow.testing.Writers;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Several threads append to the same keys at once, first appends included. */
class ArrowThreadsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 40;

    private final BufferAllocator allocator = new RootAllocator();
    private final List<ArrowPartd> opened = new ArrayList<>();
    private Partd<Bytes> bytes;

    @TempDir
    Path directory;

    /** What lies below, and whether each thread has a handle of its own. */
    enum Below {
        DICT,
        FILE,
        HANDLES,
        BUFFER
    }

    private List<ArrowPartd> open(Below below) {
        for (int i = 0; i < (below == Below.HANDLES ? THREADS : 1); i++) {
            bytes = store(below);
            opened.add(ArrowPartd.over(bytes, allocator));
        }
        List<ArrowPartd> handles = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) handles.add(opened.get(i % opened.size()));
        return handles;
    }

    private Partd<Bytes> store(Below below) {
        return switch (below) {
            case DICT -> Partds.dict();
            case FILE, HANDLES -> Partds.file(directory);
            case BUFFER -> Partds.buffer(Partds.dict(), Partds.file(directory), 5_000);
        };
    }

    @AfterEach
    void close() {
        opened.forEach(ArrowPartd::close);
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsThereOnceInOrderBehindOneSchema(Below below) throws IOException {
        List<ArrowPartd> handles = open(below);
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        Workers workers = new Workers();
        for (int t = 0; t < THREADS; t++) {
            int writer = t;
            workers.start("writer " + t, () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    barrier.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS);
                    append(handles.get(writer), writer, i);
                }
            });
        }
        workers.join();
        List<String> keys = new ArrayList<>(handles.get(0).keys());
        assertEquals(ROUNDS + 2, keys.size());
        for (String key : keys) {
            int[] counts = Writers.counts(handles.get(0), key, THREADS);
            int[] expected = new int[THREADS];
            Arrays.fill(expected, key.startsWith("fresh") ? 1 : ROUNDS);
            assertArrayEquals(expected, counts, key);
            Messages.requireOneSchema(bytes, key);
            assertEquals(
                    Arrays.stream(counts).sum(),
                    Messages.readByArrow(bytes.get(key), allocator).size());
        }
    }

    /** To two keys that all threads always append to, and to one that they all begin together. */
    private void append(ArrowPartd store, int writer, int i) {
        Writers.append(store, allocator, writer, i);
        int[] counts = Writers.counts(store, "a", THREADS);
        assertEquals(i + 1, counts[writer], "what this thread appended, and no more");
    }
}
