package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ipc.Messages;
import io.partd.arrow.testing.ArrowChild;
import io.partd.arrow.testing.Writers;
import io.partd.testing.ChildProcess;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Several processes append to the same keys at once, first appends included. */
@Tag("slow")
@Tag("once")
class ArrowProcessesTest {
    private static final int PROCESSES = 4;
    private static final int COUNT = 60;

    private final BufferAllocator allocator = new RootAllocator();
    /** By what a child said: which of them said it. */
    private final Map<String, List<Integer>> said = new ConcurrentHashMap<>();

    private Partd<Bytes> bytes;
    private ArrowPartd store;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        bytes = Partds.file(directory);
        store = ArrowPartd.over(bytes, allocator);
    }

    @AfterEach
    void close() {
        store.close();
        allocator.close();
    }

    @Test
    void everythingIsThereOnceInOrderBehindOneSchema() throws InterruptedException, IOException {
        run("append");
        assertEquals(COUNT + 2, store.keys().size());
        for (String key : store.keys()) {
            int[] expected = new int[PROCESSES];
            Arrays.fill(expected, key.startsWith("fresh") ? 1 : COUNT);
            assertArrayEquals(expected, Writers.counts(store, key, PROCESSES), key);
            Messages.requireOneSchema(bytes, key);
            assertEquals(
                    Arrays.stream(expected).sum(),
                    Messages.readByArrow(bytes.get(key), allocator).size());
        }
    }

    @Test
    void ofRacingSchemasOneIsFirstAndTheOthersAreRefused() throws InterruptedException {
        run("race");
        for (int i = 0; i < COUNT; i++) {
            String key = "race " + i;
            List<Integer> won = said.get("won " + key);
            int type = won.get(0) % 2;
            for (int writer : won) assertEquals(type, writer % 2, () -> key + ": both schemas were taken: " + said);
            assertEquals(PROCESSES / 2, won.size(), "all with the schema that was first");
            assertEquals(PROCESSES / 2, said.get("lost " + key).size());
            Messages.requireOneSchema(bytes, key);
            try (VectorSchemaRoot table = store.get(key)) {
                assertEquals(PROCESSES / 2, table.getRowCount());
            }
        }
    }

    /** Holds all children at their first append, and lets them go together. */
    private void run(String what) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(PROCESSES);
        List<ChildProcess> children = new ArrayList<>();
        try {
            store.lock().lock();
            try {
                for (int writer = 0; writer < PROCESSES; writer++) children.add(start(what, writer, ready));
                Workers.await(ready);
            } finally {
                store.lock().unlock();
            }
            for (ChildProcess child : children) child.joinWell();
        } finally {
            children.forEach(ChildProcess::close);
        }
    }

    private ChildProcess start(String what, int writer, CountDownLatch ready) {
        return ChildProcess.start(
                ArrowChild.class,
                line -> {
                    said.computeIfAbsent(line, key -> new CopyOnWriteArrayList<>())
                            .add(writer);
                    if (line.equals("ready")) ready.countDown();
                },
                what,
                directory.toString(),
                "" + writer,
                "" + COUNT);
    }
}
