package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.Flights;
import io.partd.arrow.testing.Flights.Totals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A shuffle of real flights by their origin: what comes back adds up as DuckDB says, and is in order. */
class FlightsTest {
    private static final Partitioner VALUES = Partitioner.values("origin");
    private static final Partitioner HASH = Partitioner.hash(64, "origin");

    /** How the flights are partitioned, and where to. */
    enum Shuffle {
        VALUES_FILE(VALUES, CodecType.NO_COMPRESSION, 0, Partds::file),
        VALUES_STAGED(VALUES, CodecType.NO_COMPRESSION, 16 << 20, Partds::file),
        VALUES_BUFFER(VALUES, CodecType.NO_COMPRESSION, 0, Shuffle::buffer),
        HASH_FILE(HASH, CodecType.NO_COMPRESSION, 0, Partds::file),
        HASH_BUFFER(HASH, CodecType.NO_COMPRESSION, 0, Shuffle::buffer),
        HASH_LZ4(HASH, CodecType.LZ4_FRAME, 0, Partds::file);

        final Partitioner by;
        private final ArrowOptions options;
        private final Function<Path, Partd<Bytes>> store;

        Shuffle(Partitioner by, CodecType compression, long stageBytes, Function<Path, Partd<Bytes>> store) {
            this.by = by;
            this.options = ArrowOptions.defaults().withCompression(compression).withStageBytes(stageBytes);
            this.store = store;
        }

        /** The limit is less than the sample: what is read comes from both stores. */
        private static Partd<Bytes> buffer(Path directory) {
            return Partds.buffer(Partds.dict(), Partds.file(directory), 2_000_000);
        }

        ArrowPartd open(Path directory, BufferAllocator allocator) {
            return ArrowPartd.over(store.apply(directory), allocator, options);
        }
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void sample(Shuffle shuffle) throws Exception {
        try (Flights flights = Flights.sample()) {
            check(shuffle, flights);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void full(Shuffle shuffle) throws Exception {
        try (Flights flights = Flights.full()) {
            check(shuffle, flights);
        }
    }

    private void check(Shuffle shuffle, Flights flights) throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = shuffle.open(directory, allocator)) {
            flights.read(allocator, reader -> store.append(reader, shuffle.by));
            Map<String, Totals> totals = new TreeMap<>();
            Map<String, String> keys = new HashMap<>();
            for (String key : store.keys()) {
                for (String origin : add(store, key, totals)) {
                    assertEquals(null, keys.put(origin, key), origin + " is under another key too");
                }
            }
            assertEquals(flights.totals(), totals);
            assertTrue(keys.size() > 200, keys::toString);
            if (shuffle.by == VALUES) keys.forEach((origin, key) -> assertEquals(origin, key));
            for (String origin : List.of("ORD", "HNL")) {
                assertEquals(flights.from(origin), rows(store, keys.get(origin), origin));
            }
        }
    }

    /** Adds what is under a key to the totals of each origin, and gives those origins. */
    private static Set<String> add(ArrowPartd store, String key, Map<String, Totals> totals) {
        Set<String> found = new HashSet<>();
        try (VectorSchemaRoot part = store.get(key, "distance", "origin", "delay")) {
            BigIntVector delay = (BigIntVector) part.getVector("delay");
            BigIntVector distance = (BigIntVector) part.getVector("distance");
            VarCharVector origins = (VarCharVector) part.getVector("origin");
            for (int row = 0; row < part.getRowCount(); row++) {
                String origin = origins.getObject(row).toString();
                Totals before = totals.getOrDefault(origin, new Totals(0, 0, 0));
                totals.put(origin, before.plus(delay.get(row), distance.get(row)));
                found.add(origin);
            }
        }
        return found;
    }

    /** All rows of an origin as they lie under a key, as {@link Flights#from} gives them. */
    private static List<String> rows(ArrowPartd store, String key, String origin) {
        List<String> rows = new ArrayList<>();
        try (VectorSchemaRoot part = store.get(key)) {
            VarCharVector origins = (VarCharVector) part.getVector("origin");
            for (int row = 0; row < part.getRowCount(); row++) {
                if (origins.getObject(row).toString().equals(origin)) rows.add(text(part, row));
            }
        }
        return rows;
    }

    private static String text(VectorSchemaRoot part, int row) {
        return Flights.text(
                ((BigIntVector) part.getVector("row")).get(row),
                ((TimeStampMicroVector) part.getVector("date")).get(row),
                ((BigIntVector) part.getVector("delay")).get(row),
                ((BigIntVector) part.getVector("distance")).get(row),
                part.getVector("destination").getObject(row).toString());
    }
}
