package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Tagged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random tables of every type, in every physical form, appended and read back. */
class RandomRoundTripTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 150);

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    /** A store and how it compresses, different from seed to seed. */
    private ArrowPartd open(long seed, BufferAllocator allocator) {
        Partd<Bytes> store = seed % 2 == 0 ? Partds.dict() : Partds.file(directory.resolve("store"));
        CodecType codec = CodecType.values()[(int) (seed / 2 % 3)];
        return ArrowPartd.over(store, allocator, ArrowOptions.defaults().withCompression(codec));
    }

    private static void append(ArrowPartd store, RandomTable table) {
        for (int i = 0; i < table.batches().size(); i++) {
            store.append("key", table.batches().get(i), table.provider(i));
        }
    }

    private static void assertRows(RandomTable table, List<List<Object>> expected, List<List<Object>> actual) {
        assertEquals("", Rows.describeDifference(table.schema(), expected, actual), table::toString);
    }

    static List<List<Object>> withoutNullTags(List<List<Object>> rows) {
        return rows.stream().map(row -> asList(untag(row))).toList();
    }

    private static List<Object> asList(Object row) {
        return new ArrayList<>((List<?>) row);
    }

    private static Object untag(Object value) {
        if (value instanceof Tagged tagged) {
            Object inner = untag(tagged.value());
            return inner == null ? null : new Tagged(tagged.typeId(), inner);
        }
        if (!(value instanceof List<?> list)) return value;
        List<Object> untagged = new ArrayList<>();
        for (Object each : list) untagged.add(untag(each));
        return untagged;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAppendedIsGot(long seed) {
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = new RandomTables(seed, allocator).next();
                ArrowPartd store = open(seed, allocator)) {
            append(store, table);
            try (VectorSchemaRoot root = store.get("key")) {
                // A union has no nulls of its own: a null index into a dictionary of unions becomes a null in a child.
                assertRows(table, withoutNullTags(table.rows()), withoutNullTags(Rows.of(root)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAppendedIsReadBatchByBatch(long seed) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = new RandomTables(seed, allocator).next();
                ArrowPartd store = open(seed, allocator)) {
            append(store, table);
            List<List<Object>> rows = new ArrayList<>();
            try (ArrowReader reader = store.reader("key")) {
                store.drop();
                while (reader.loadNextBatch()) rows.addAll(Rows.of(reader.getVectorSchemaRoot(), reader));
            }
            assertRows(table, table.rows(), rows);
        }
    }
}
