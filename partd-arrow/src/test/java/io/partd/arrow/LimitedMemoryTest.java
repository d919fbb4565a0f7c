package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.SmallTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Calls that run out of memory at any point release what they had: their allocator closes without a leak. */
@Tag("slow")
class LimitedMemoryTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int ROUNDS = Math.min(24, Integer.getInteger("partd.random.rounds", 24));
    /** How many limits are tried for each call, up to what it takes. */
    private static final int LIMITS = 60;

    @TempDir
    Path directory;

    private interface Call {
        void run(ArrowPartd store) throws IOException;
    }

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    private static void tryLimits(Partd<Bytes> below, ArrowOptions options, String name, Call call) throws IOException {
        long peak;
        try (BufferAllocator allocator = new RootAllocator()) {
            call.run(ArrowPartd.over(below, allocator, options));
            peak = allocator.getPeakMemoryAllocation();
        }
        int failures = 0;
        long step = Math.max(1, peak / LIMITS);
        for (long limit = 0; limit <= peak; limit += step) {
            try (BufferAllocator allocator = new RootAllocator(limit)) {
                failures += fails(call, ArrowPartd.over(below, allocator, options)) ? 1 : 0;
                assertEquals(0, allocator.getAllocatedMemory(), name + " leaks with " + limit + " of " + peak);
            }
        }
        assertTrue(peak == 0 || failures > 0, name + " never ran out of memory");
    }

    private static boolean fails(Call call, ArrowPartd store) throws IOException {
        try {
            call.run(store);
            return false;
        } catch (OutOfMemoryException e) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReadOfEveryType(long seed) throws IOException {
        Partd<Bytes> below = seed % 2 == 0 ? Partds.dict() : Partds.file(directory.resolve("store"));
        CodecType codec = CodecType.values()[(int) (seed / 2 % 3)];
        ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = new RandomTables(seed, allocator).next();
                ArrowPartd store = ArrowPartd.over(below, allocator, options)) {
            for (int i = 0; i < table.batches().size(); i++) {
                store.append("key", table.batches().get(i), table.provider(i));
            }
            tryLimits(below, options, table + " get", LimitedMemoryTest::get);
            tryLimits(below, options, table + " get several", LimitedMemoryTest::getSeveral);
            tryLimits(below, options, table + " reader", LimitedMemoryTest::read);
        }
    }

    private static void get(ArrowPartd store) {
        store.get("key", new String[0]).close();
    }

    private static void getSeveral(ArrowPartd store) {
        store.get(List.of("key", "absent", "key")).forEach(VectorSchemaRoot::close);
    }

    private static void read(ArrowPartd store) throws IOException {
        int batches = 0;
        try (ArrowReader reader = store.reader("key")) {
            while (reader.loadNextBatch()) batches++;
        }
        assertTrue(batches < 10);
    }

    /** Batches of this size lie in place in the file. */
    @Test
    void largeBatches() throws IOException {
        Partd<Bytes> below = Partds.file(directory);
        ArrowOptions options = ArrowOptions.defaults();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(below, allocator);
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 50_000, allocator)) {
            for (int i = 0; i < 3; i++) store.append("key", table);
            tryLimits(below, options, "get", LimitedMemoryTest::get);
            tryLimits(
                    below,
                    options,
                    "get of a column",
                    limited -> limited.get("key", "text").close());
            tryLimits(below, options, "reader", LimitedMemoryTest::read);
        }
    }

    @Test
    void stagedAppends() {
        long peak = 0;
        boolean unmerged = false;
        boolean refused = false;
        for (long limit = Long.MAX_VALUE; limit > 0; limit = limit == Long.MAX_VALUE ? peak : limit - peak / LIMITS) {
            try (BufferAllocator allocator = new RootAllocator(limit);
                    BufferAllocator own = new RootAllocator()) {
                boolean whole = appendStaged(allocator, own);
                if (limit == Long.MAX_VALUE) peak = allocator.getPeakMemoryAllocation();
                assertTrue(whole || limit < peak, "with " + limit + " of " + peak);
                unmerged |= whole && limit < peak;
                refused |= !whole;
            }
        }
        assertTrue(unmerged, "what cannot be merged was written as it came");
        assertTrue(refused, "some limits were too low for all appends");
    }

    /**
     * Appends ten times, and requires that what was not refused is stored, however little memory is left to merge it;
     * says whether nothing was refused.
     */
    private static boolean appendStaged(BufferAllocator limited, BufferAllocator own) {
        Partd<Bytes> below = Partds.dict();
        ArrowPartd store =
                ArrowPartd.over(below, limited, ArrowOptions.defaults().withStageBytes(20_000));
        int accepted = 0;
        boolean whole = true;
        for (int i = 0; i < 10; i++) {
            try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 50 * (i % 4) + 1, own)) {
                store.append(table, Partitioner.hash(4, "number"));
                accepted += table.getRowCount();
            } catch (OutOfMemoryException e) {
                whole = false;
            }
        }
        store.flush();
        try (ArrowPartd reader = ArrowPartd.over(below, own)) {
            assertEquals(accepted, rows(reader), "rows whose append was not refused");
        }
        store.close();
        return whole;
    }

    private static int rows(ArrowPartd store) {
        int rows = 0;
        for (String key : store.keys()) {
            try (VectorSchemaRoot table = store.get(key)) {
                rows += table.getRowCount();
            }
        }
        return rows;
    }

    @Test
    void splits() {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 100, allocator)) {
            long used = allocator.getAllocatedMemory();
            int failures = 0;
            for (long more = 0; more < 2 * used; more += 16) {
                allocator.setLimit(used + more);
                failures += splitFails(table) ? 1 : 0;
                assertEquals(used, allocator.getAllocatedMemory(), "with " + more + " more");
            }
            assertTrue(failures > 0);
        }
    }

    private static boolean splitFails(VectorSchemaRoot table) {
        try {
            Partitioner.hash(4, "number").split(table).values().forEach(VectorSchemaRoot::close);
            return false;
        } catch (OutOfMemoryException e) {
            return true;
        }
    }
}
