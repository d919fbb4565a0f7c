package io.partd.arrow;

import io.partd.arrow.testing.ArrowJava;
import io.partd.arrow.testing.Leaves;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Shape;
import io.partd.arrow.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Random tables hold the rows that they say they hold, in every physical form, and survive Arrow's own streams. */
class RandomTablesTest {
    private static final int TABLES = 300;
    private static final int MOST_ROWS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTableAndItsVariantsHoldTheRowsItWasMadeFrom(long seed) throws Exception {
        forEach(seed, field -> true, table -> {
            for (int i = 0; i < table.batches().size(); i++) {
                assertRows(table, i, table.batches().get(i), table.provider(i));
                assertRows(table, i, table.variant(i), table.provider(i));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void aTableSurvivesAStream(long seed) throws Exception {
        forEach(seed, ArrowJava::reads, RandomTablesTest::assertReadByArrow);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void plainColumnsSurviveArrowsOwnWriter(long seed) throws Exception {
        Predicate<Field> plain = field -> field.getChildren().isEmpty() && field.getDictionary() == null;
        forEach(seed, plain.and(ArrowJava::reads), table -> {
            for (int i = 0; i < table.batches().size(); i++) {
                byte[] stream = write(table.batches().get(i), table.provider(i));
                try (ArrowReader reader = read(stream, table)) {
                    assertEquals(table.schema(), reader.getVectorSchemaRoot().getSchema(), table::toString);
                    assertTrue(reader.loadNextBatch(), table::toString);
                    assertRows(table, i, reader.getVectorSchemaRoot(), reader);
                }
            }
        });
    }

    @Test
    void theSameSeedGivesTheSameTables() throws Exception {
        assertArrayEquals(stream(11), stream(11));
        assertFalse(Arrays.equals(stream(11), stream(12)));
    }

    @Test
    void everyTypeComesUp() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (MinorType type : MinorType.values()) missing.add(type.name());
        for (ArrowType leaf : Leaves.all()) missing.add(leaf.toString());
        forEach(13, field -> true, table -> {
            for (Field field : table.schema().getFields()) remove(missing, field);
            for (Shape.Dict dict : table.shape().dictionaries()) remove(missing, dict.values());
        });
        assertEquals(Set.of("Decimal(38, 10, 128)", "Decimal(76, -2, 256)", "FixedSizeBinary(5)"), missing);
    }

    private static void remove(Set<String> missing, Field field) {
        missing.remove(Types.getMinorTypeForArrowType(field.getType()).name());
        missing.remove(field.getType().toString());
        field.getChildren().forEach(child -> remove(missing, child));
    }

    @Test
    void aGivenShapeIsFilled() {
        Field id = Field.notNullable("id", new ArrowType.Int(64, true));
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = new RandomTables(14, allocator).next(Shape.of(id), 3)) {
            assertEquals(List.of(id), table.schema().getFields());
            assertEquals(3, table.batches().size());
            assertTrue(table.rows().stream().allMatch(row -> row.get(0) instanceof Long));
        }
    }

    private interface Check {
        void check(RandomTable table) throws Exception;
    }

    private static void forEach(long seed, Predicate<Field> wanted, Check check) throws Exception {
        try (BufferAllocator allocator = new RootAllocator()) {
            RandomTables tables = new RandomTables(seed, allocator, wanted, MOST_ROWS);
            for (int i = 0; i < TABLES; i++) {
                try (RandomTable table = tables.next()) {
                    check.check(table);
                }
            }
        }
    }

    private static void assertRows(RandomTable table, int batch, VectorSchemaRoot root, DictionaryProvider provider) {
        List<List<Object>> actual = Rows.of(root, provider);
        String difference = Rows.describeDifference(table.schema(), table.rows(batch), actual);
        assertEquals("", difference, () -> "batch " + batch + " of " + table);
    }

    private static void assertReadByArrow(RandomTable table) throws IOException {
        try (ArrowReader reader = read(Streams.write(table), table)) {
            assertEquals(
                    table.schema(),
                    withoutExtensionKeys(reader.getVectorSchemaRoot().getSchema()),
                    table::toString);
            for (int i = 0; i < table.batches().size(); i++) {
                assertTrue(reader.loadNextBatch(), table::toString);
                assertRows(table, i, reader.getVectorSchemaRoot(), reader);
            }
            assertFalse(reader.loadNextBatch(), table::toString);
        }
    }

    /** Arrow's reader gives an index field the metadata that makes its dictionary's values an extension type. */
    private static Schema withoutExtensionKeys(Schema schema) {
        List<Field> fields = schema.getFields().stream()
                .map(RandomTablesTest::withoutExtensionKeys)
                .toList();
        return new Schema(fields, schema.getCustomMetadata());
    }

    private static Field withoutExtensionKeys(Field field) {
        List<Field> children = field.getChildren().stream()
                .map(RandomTablesTest::withoutExtensionKeys)
                .toList();
        Map<String, String> metadata = new HashMap<>(field.getMetadata());
        if (field.getDictionary() != null) metadata.keySet().removeIf(key -> key.startsWith("ARROW:extension:"));
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata),
                children);
    }

    private static ArrowReader read(byte[] stream, RandomTable table) {
        return new ArrowStreamReader(new ByteArrayInputStream(stream), table.allocator());
    }

    private static byte[] write(VectorSchemaRoot root, DictionaryProvider provider) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowStreamWriter writer = new ArrowStreamWriter(root, provider, bytes)) {
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        return bytes.toByteArray();
    }

    private static byte[] stream(long seed) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator()) {
            RandomTables tables = new RandomTables(seed, allocator);
            for (int i = 0; i < 20; i++) {
                try (RandomTable table = tables.next()) {
                    all.writeBytes(Streams.write(table));
                }
            }
        }
        return all.toByteArray();
    }
}
