package io.partd.arrow;

import io.partd.Partds;
import io.partd.arrow.testing.ArrowJava;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random tables of every type, carried along while they are partitioned by a column of numbers. */
class RandomPartitionTest {
    private static final long SEED = Long.getLong("partd.random.seed", 0);
    private static final int ROUNDS = Integer.getInteger("partd.random.rounds", 100);
    private static final String BY = "partition by";

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    /** A table with a column of small numbers in front. */
    private static RandomTable table(long seed, BufferAllocator allocator) {
        RandomTables tables = new RandomTables(seed, allocator, field -> !decodesToWhatJavaLacks(field), 60);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(BY, FieldType.nullable(new ArrowType.Int(8, true)), null));
        try (RandomTable model = tables.next()) {
            model.schema().getFields().stream()
                    .filter(field -> !ArrowJava.any(field, each -> each.getDictionary() != null))
                    .forEach(fields::add);
        }
        return tables.next(Shape.of(fields.toArray(Field[]::new)), 3);
    }

    private static boolean decodesToWhatJavaLacks(Field field) {
        return field.getType() instanceof ArrowType.FixedSizeList
                && ArrowJava.any(field, each -> each.getType() instanceof ArrowType.Union);
    }

    /** The rows by the text of their first column, as the partitioner by values names it. */
    private static Map<String, List<List<Object>>> byValue(List<List<Object>> rows) {
        Map<String, List<List<Object>>> parts = new HashMap<>();
        for (List<Object> row : rows) {
            String key = row.get(0) == null ? "\\N" : row.get(0).toString();
            parts.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        return parts;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void partsThatWereAppendedAreGot(long seed) {
        ArrowOptions options = ArrowOptions.defaults()
                .withStageBytes(List.of(0, 3_000, 1 << 20).get((int) (seed % 3)));
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = table(seed, allocator);
                ArrowPartd store = ArrowPartd.over(Partds.file(directory.resolve("store")), allocator, options)) {
            for (VectorSchemaRoot batch : table.batches()) store.append(batch, Partitioner.values(BY));
            Map<String, List<List<Object>>> expected = byValue(table.rows());
            assertEquals(new TreeSet<>(expected.keySet()), store.keys(), table::toString);
            for (String key : Set.copyOf(expected.keySet())) {
                try (VectorSchemaRoot part = store.get(key)) {
                    assertEquals(
                            "",
                            Rows.describeDifference(table.schema(), expected.get(key), Rows.of(part)),
                            table::toString);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitGivesEachPart(long seed) {
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = table(seed, allocator)) {
            for (int i = 0; i < table.batches().size(); i++) {
                Map<String, List<List<Object>>> expected = byValue(table.rows(i));
                Map<String, VectorSchemaRoot> parts =
                        Partitioner.values(BY).split(table.batches().get(i));
                assertEquals(expected.keySet(), parts.keySet(), table::toString);
                parts.forEach((key, part) -> {
                    assertEquals(
                            "",
                            Rows.describeDifference(table.schema(), expected.get(key), Rows.of(part)),
                            table::toString);
                    part.close();
                });
            }
        }
    }
}
