package io.partd.arrow;

import io.partd.Keys;
import io.partd.arrow.partition.KeyColumns;
import io.partd.arrow.partition.PartAssignment;
import io.partd.arrow.testing.KeyOracle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.partd.arrow.KeyTables.indices;
import static io.partd.arrow.KeyTables.ints;
import static io.partd.arrow.KeyTables.root;
import static io.partd.arrow.KeyTables.runs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Random columns of every type and encoding, against an oracle that goes row by row. */
@Tag("once")
class PartitionerRandomTest {
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 20);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, List<Object>> expected = new LinkedHashMap<>();
    private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
    private VectorSchemaRoot table;

    @Test
    void everyTypeAndEncoding() {
        for (int round = 0; round < ROUNDS; round++) {
            for (ArrowType type : KeyColumns.TYPES) {
                expected.clear();
                int rows = random.nextInt(8) == 0 ? random.nextInt(2500) : random.nextInt(70);
                double nulls = random.nextInt(3) * 0.3;
                int count = 1 + random.nextInt(20);
                try (BufferAllocator allocator = new RootAllocator();
                        FieldVector entries = KeyColumns.column("entries", type, count, nulls, random, allocator);
                        VectorSchemaRoot made = table(entries, round, rows, nulls, allocator)) {
                    table = made;
                    check(type);
                }
            }
        }
    }

    /** A table of one type in several encodings. */
    private VectorSchemaRoot table(FieldVector entries, int id, int rows, double nulls, BufferAllocator allocator) {
        ArrowType type = entries.getField().getType();
        dictionaries.put(new Dictionary(entries, new DictionaryEncoding(id, false, null)));
        return root(
                rows,
                plain("plain", type, rows, nulls, allocator),
                sliced("sliced", type, rows, nulls, allocator),
                encoded("encoded", entries, id, rows, nulls, allocator),
                runEnds("runs", type, rows, nulls, allocator));
    }

    private FieldVector plain(String name, ArrowType type, int rows, double nulls, BufferAllocator allocator) {
        FieldVector vector = KeyColumns.column(name, type, rows, nulls, random, allocator);
        List<Object> values = expected(name);
        for (int i = 0; i < rows; i++) values.add(KeyOracle.value(vector, i));
        return nulls == 0 && random.nextBoolean() ? withoutValidity(vector, allocator) : vector;
    }

    /** The same vector with an empty validity buffer, where it can be had. */
    private static FieldVector withoutValidity(FieldVector vector, BufferAllocator allocator) {
        var buffers = new ArrayList<>(vector.getFieldBuffers());
        buffers.set(0, allocator.getEmpty());
        FieldVector other = vector.getField().createVector(allocator);
        other.loadFieldBuffers(new ArrowFieldNode(vector.getValueCount(), 0), buffers);
        vector.close();
        return other;
    }

    private FieldVector sliced(String name, ArrowType type, int rows, double nulls, BufferAllocator allocator) {
        int before = random.nextInt(20);
        try (FieldVector whole = KeyColumns.column(name, type, before + rows + 9, nulls, random, allocator)) {
            List<Object> values = expected(name);
            for (int i = 0; i < rows; i++) values.add(KeyOracle.value(whole, before + i));
            TransferPair pair = whole.getTransferPair(name, allocator);
            pair.splitAndTransfer(before, rows);
            return (FieldVector) pair.getTo();
        }
    }

    private FieldVector encoded(
            String name, FieldVector entries, long id, int rows, double nulls, BufferAllocator allocator) {
        Integer[] indices = new Integer[rows];
        List<Object> values = expected(name);
        for (int i = 0; i < rows; i++) {
            if (random.nextDouble() >= nulls) indices[i] = random.nextInt(entries.getValueCount());
            values.add(indices[i] == null ? null : KeyOracle.value(entries, indices[i]));
        }
        return indices(name, allocator, id, indices);
    }

    private FieldVector runEnds(String name, ArrowType type, int rows, double nulls, BufferAllocator allocator) {
        List<Integer> ends = new ArrayList<>();
        for (int end = 0; end < rows; ) ends.add(end += 1 + random.nextInt(5));
        FieldVector runValues = KeyColumns.column("values", type, ends.size(), nulls, random, allocator);
        List<Object> values = expected(name);
        for (int run = 0; values.size() < rows; ) {
            values.add(KeyOracle.value(runValues, run));
            if (values.size() == ends.get(run)) run++;
        }
        return runs(name, runValues, rows, ints("ends", allocator, ends.toArray(Integer[]::new)));
    }

    private List<Object> expected(String name) {
        return expected.computeIfAbsent(name, key -> new ArrayList<>());
    }

    private void check(ArrowType type) {
        for (String name : expected.keySet()) {
            String about = name + " of " + type + ", " + table.getRowCount() + " rows, seed " + seed;
            checkValues(name, about);
            checkHash(name, about);
            checkRange(name, type, about);
        }
        checkSeveral(type + ", seed " + seed);
    }

    private void checkValues(String name, String about) {
        PartAssignment parts = Partitioner.values(name).assign(table, dictionaries);
        Map<String, Integer> numbers = new HashMap<>();
        for (int row = 0; row < parts.rows; row++) {
            String key = KeyOracle.text(expected.get(name).get(row));
            Integer number = numbers.computeIfAbsent(key, absent -> numbers.size());
            assertEquals(number, parts.part[row], about);
            assertEquals(key, parts.key(number), about);
        }
        assertEquals(numbers.size(), parts.count, about);
    }

    private void checkHash(String name, String about) {
        int n = 1 + random.nextInt(100);
        Partitioner partitioner = Partitioner.hash(n, name);
        if (!hasHash()) {
            if (table.getRowCount() == 0) return;
            assertThrows(IllegalArgumentException.class, () -> partitioner.assign(table, dictionaries), about);
            return;
        }
        PartAssignment parts = partitioner.assign(table, dictionaries);
        for (int row = 0; row < parts.rows; row++) {
            Object value = expected.get(name).get(row);
            String key = value == null ? "\\N" : "" + (KeyOracle.hash(value) & Integer.MAX_VALUE) % n;
            assertEquals(key, parts.key(parts.part[row]), () -> about + ", " + value);
        }
    }

    private boolean hasHash() {
        ArrowType type = table.getVector("plain").getField().getType();
        return !(type instanceof ArrowType.Duration || type instanceof ArrowType.Interval);
    }

    private void checkRange(String name, ArrowType type, String about) {
        Object[] bounds = bounds(expected.get(name), type);
        if (bounds == null) return;
        PartAssignment parts = Partitioner.range(name, bounds).assign(table, dictionaries);
        for (int row = 0; row < parts.rows; row++) {
            Object value = expected.get(name).get(row);
            String key = value == null ? "\\N" : "" + KeyOracle.range(value, bounds);
            assertEquals(key, parts.key(parts.part[row]), () -> about + ", " + value + " in " + List.of(bounds));
        }
    }

    /** Some of the values, in order; null where the type has no ranges. */
    private Object[] bounds(List<Object> values, ArrowType type) {
        if (type instanceof ArrowType.Interval) return null;
        TreeSet<Object> bounds = new TreeSet<>(KeyOracle::compare);
        for (Object value : values) {
            boolean nan = value instanceof Number number && Double.isNaN(number.doubleValue());
            if (value != null && !nan && random.nextInt(4) == 0) bounds.add(value);
        }
        if (type instanceof ArrowType.Int || type instanceof ArrowType.FloatingPoint) bounds.add(random.nextGaussian());
        return bounds.toArray();
    }

    private void checkSeveral(String about) {
        PartAssignment values = Partitioner.values("plain", "encoded", "runs").assign(table, dictionaries);
        for (int row = 0; row < values.rows; row++) {
            String key = Keys.of(
                    KeyOracle.text(expected.get("plain").get(row)),
                    KeyOracle.text(expected.get("encoded").get(row)),
                    KeyOracle.text(expected.get("runs").get(row)));
            assertEquals(key, values.key(values.part[row]), about);
        }
        if (!hasHash()) return;
        PartAssignment hashes = Partitioner.hash(97, "runs", "sliced").assign(table, dictionaries);
        for (int row = 0; row < hashes.rows; row++) {
            int hash = 31 * hashOrZero("runs", row) + hashOrZero("sliced", row);
            assertEquals((hash & Integer.MAX_VALUE) % 97, hashes.part[row], about);
        }
    }

    private int hashOrZero(String name, int row) {
        Object value = expected.get(name).get(row);
        return value == null ? 0 : Objects.requireNonNull(KeyOracle.hash(value));
    }
}
