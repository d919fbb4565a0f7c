package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.testing.SmallTables;
import io.partd.testing.ForwardingPartd;
import io.partd.testing.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two schemas, or two partitioners, meet at a key or a store: one of them is first, and the other is told so. */
@Timeout(120)
class ArrowRacesTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 60;

    private final BufferAllocator allocator = new RootAllocator();
    private final AtomicIntegerArray taken = new AtomicIntegerArray(2);

    @TempDir
    Path directory;

    private Partd<Bytes> bytes;
    private ArrowPartd one;
    private ArrowPartd two;

    @BeforeEach
    void open() {
        bytes = Partds.file(directory);
        one = ArrowPartd.over(bytes, allocator);
        two = ArrowPartd.over(Partds.file(directory), allocator);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        allocator.close();
    }

    private void append(ArrowPartd store, String key, int type) {
        try (VectorSchemaRoot table = SmallTables.typed(type, 7, allocator)) {
            store.append(key, table);
        }
    }

    @Test
    void anotherHandleGaveTheKeyAnotherSchema() {
        append(one, "k", 0);
        append(one, "other", 0);
        two.delete("k");
        append(two, "k", 1);
        Bytes before = bytes.get("k");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> append(one, "k", 0));
        assertEquals(
                "key \"k\" cannot take this table: column \"x\" holds Utf8 and is given Int(64, true)", e.getMessage());
        assertEquals(before, bytes.get("k"), "nothing was written");
        append(one, "k", 1);
        append(one, "other", 0);
        Messages.requireOneSchema(bytes, "k");
    }

    @Test
    void anotherHandleDroppedEverything() {
        append(one, "k", 0);
        two.drop();
        append(one, "k", 1);
        append(one, "k", 1);
        Messages.requireOneSchema(bytes, "k");
        assertThrows(IllegalArgumentException.class, () -> append(two, "k", 0));
    }

    @Test
    void aMultiKeyAppendIsRefusedWholeForOneKey() {
        append(one, "k", 0);
        append(one, "z", 0);
        two.delete("k");
        append(two, "k", 1);
        Bytes k = bytes.get("k");
        Bytes z = bytes.get("z");
        try (VectorSchemaRoot table = SmallTables.typed(0, 7, allocator)) {
            Map<String, VectorSchemaRoot> all = Map.of("a", table, "k", table, "z", table);
            assertThrows(IllegalArgumentException.class, () -> one.append(all));
        }
        assertEquals(List.of(k, z), bytes.get(List.of("k", "z")));
        assertEquals(Set.of("k", "z"), bytes.keys());
    }

    /** It cannot be undone, but it is not silent. */
    @Test
    void aKeyThatComesBackWhileAnAppendRunsIsReported() {
        Partd<Bytes> meddled = new ForwardingPartd<>(Partds.file(directory)) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                if (!inner.get("k").equals(Bytes.EMPTY)) {
                    two.delete("k");
                    ArrowRacesTest.this.append(two, "k", 1);
                }
                return super.append(values, heads);
            }
        };
        try (ArrowPartd store = ArrowPartd.over(meddled, allocator)) {
            append(store, "k", 0);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> append(store, "k", 0));
            assertEquals(
                    "key \"k\" was deleted and given another schema by somebody else while this append ran, and now"
                            + " holds batches of both: delete it, and append again",
                    e.getMessage());
        }
    }

    /** The first append holds the store's lock, so that nobody comes in between. */
    @Test
    void ofRacingSchemasOneIsFirst() {
        race(THREADS, (thread, round) -> {
            append(thread < 2 ? one : two, "race " + round, thread % 2);
        });
        for (int round = 0; round < ROUNDS; round++) {
            Messages.requireOneSchema(bytes, "race " + round);
            try (VectorSchemaRoot table = one.get("race " + round)) {
                assertEquals(THREADS / 2, table.getRowCount(), "both that had the schema that was first");
            }
        }
    }

    @Test
    void ofRacingHeadsOneIsFirst() {
        race(THREADS, (thread, round) -> {
            try (VectorSchemaRoot table = SmallTables.typed(thread % 2, thread, allocator)) {
                (thread < 2 ? one : two).putIfAbsent("race " + round, table);
            }
        });
        assertEquals(THREADS * ROUNDS, taken.get(0) + taken.get(1), "a head that comes too late is no error");
        for (int round = 0; round < ROUNDS; round++) {
            Messages.requireOneSchema(bytes, "race " + round);
            try (VectorSchemaRoot table = one.get("race " + round)) {
                assertEquals(1, table.getRowCount());
            }
        }
    }

    @Test
    void ofRacingPartitionersOneIsFirst() {
        List<Partitioner> partitioners = List.of(Partitioner.hash(4, "number"), Partitioner.hash(8, "number"));
        CyclicBarrier swept = new CyclicBarrier(THREADS, () -> sweep(partitioners));
        race(THREADS, (thread, round) -> {
            try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 20, allocator)) {
                (thread < 2 ? one : two).append(table, partitioners.get(thread % 2));
            } finally {
                swept.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        });
        assertEquals(ROUNDS * THREADS / 2, taken.get(0) + taken.get(1), "one of them in each round");
    }

    /** Looks at what is there, and removes it: after that any partitioner may be first again. */
    private void sweep(List<Partitioner> partitioners) {
        int rows = 0;
        String first = null;
        for (String key : one.keys()) {
            Messages.requireOneSchema(bytes, key);
            String by = one.schema(key).getCustomMetadata().get(TableSchema.PARTITIONER);
            if (first == null) first = by;
            assertEquals(first, by, "both partitioners are in one store");
            try (VectorSchemaRoot table = one.get(key)) {
                rows += table.getRowCount();
            }
        }
        assertTrue(partitioners.stream().map(Partitioner::toString).toList().contains(first), first);
        assertEquals(20 * THREADS / 2, rows);
        one.drop();
    }

    private interface Turn {
        void run(int thread, int round) throws Exception;
    }

    /** Lets all threads do something at once, over and over; being refused is what one of two has to expect. */
    private void race(int threads, Turn turn) {
        CyclicBarrier barrier = new CyclicBarrier(threads);
        List<String> refusals = new ArrayList<>();
        Workers workers = new Workers();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            workers.start("racer " + t, () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    barrier.await(Workers.PATIENCE_SECONDS, TimeUnit.SECONDS);
                    try {
                        turn.run(thread, round);
                        taken.incrementAndGet(thread % 2);
                    } catch (IllegalArgumentException e) {
                        synchronized (refusals) {
                            refusals.add(e.getMessage());
                        }
                    }
                }
            });
        }
        workers.join();
        for (String refusal : refusals) {
            assertTrue(refusal.contains("cannot take this table") || refusal.contains("partitioned by"), refusal);
        }
    }
}
