package io.partd.arrow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

import static io.partd.arrow.KeyTables.ints;
import static io.partd.arrow.KeyTables.keys;
import static io.partd.arrow.KeyTables.root;
import static io.partd.arrow.KeyTables.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** One partitioner, several threads, columns of different types. */
class PartitionerThreadsTest {
    private static final int CALLS = 2_000;

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot first =
                        root(3, ints("c", allocator, 5, null, 70), texts("t", allocator, "a", "b", "c"));
                VectorSchemaRoot second = root(3, bigInts(allocator), texts("t", allocator, "x", null, ""))) {
            List<Future<?>> runs = new ArrayList<>();
            for (Partitioner each :
                    List.of(Partitioner.range("c", 6, 60.5), Partitioner.hash(7, "t"), Partitioner.values("t", "c"))) {
                for (VectorSchemaRoot root : List.of(first, second)) {
                    List<String> expected = keys(each, root);
                    runs.add(threads.submit(() -> {
                        for (int i = 0; i < CALLS; i++) assertEquals(expected, keys(each, root));
                    }));
                }
            }
            for (Future<?> run : runs) run.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static FieldVector bigInts(BufferAllocator allocator) {
        BigIntVector vector = new BigIntVector("c", allocator);
        for (int i = 0; i < 3; i++) vector.setSafe(i, 30L * i);
        vector.setValueCount(3);
        return vector;
    }
}
