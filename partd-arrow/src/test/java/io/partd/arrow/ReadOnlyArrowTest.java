package io.partd.arrow;

import io.partd.FileOptions;
import io.partd.Partds;
import io.partd.arrow.testing.SmallTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables and arrays in a store that was opened for reading only: nothing that reads takes its lock, or writes. */
@Tag("once")
class ReadOnlyArrowTest {
    @TempDir
    Path directory;

    private final RootAllocator allocator = new RootAllocator();

    static Stream<ArrowOptions> options() {
        return Stream.of(ArrowOptions.defaults(), ArrowOptions.defaults().withStageBytes(1 << 20));
    }

    @BeforeEach
    void write() {
        try (ArrowPartd tables = ArrowPartd.over(Partds.file(directory.resolve("tables")), allocator);
                VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 5, allocator);
                VectorSchemaRoot more = SmallTables.numbersAndTexts(5, 8, allocator)) {
            tables.append("k", table);
            tables.append("k", more);
        }
        try (ArrayPartd<double[]> arrays = ArrayPartd.over(double[].class, Partds.file(directory.resolve("arrays")))) {
            arrays.append("k", new double[] {1.5, 2.5});
        }
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    @ParameterizedTest
    @MethodSource("options")
    void tables(ArrowOptions options) throws IOException {
        var below = Partds.file(directory.resolve("tables"), FileOptions.readOnly());
        try (ArrowPartd tables = ArrowPartd.over(below, allocator, options)) {
            assertEquals(Set.of("k"), tables.keys());
            assertEquals(8, tables.rows("k"));
            assertEquals("number", tables.schema("k").getFields().get(0).getName());
            try (VectorSchemaRoot one = tables.get("k", "number");
                    VectorSchemaRoot absent = tables.get("absent")) {
                assertEquals(7, ((IntVector) one.getVector("number")).get(7));
                assertEquals(0, absent.getRowCount());
            }
            try (ArrowReader reader = tables.reader("k", "text")) {
                assertTrue(reader.loadNextBatch());
                assertEquals(
                        "text 0",
                        reader.getVectorSchemaRoot()
                                .getVector("text")
                                .getObject(0)
                                .toString());
            }
            tables.removals();
            tables.flush();
            assertThrows(UnsupportedOperationException.class, () -> tables.delete("k"));
            assertThrows(UnsupportedOperationException.class, tables::drop);
            try (VectorSchemaRoot table = SmallTables.numbersAndTexts(0, 1, allocator)) {
                String said = assertThrows(UnsupportedOperationException.class, () -> tables.append("k", table))
                        .getMessage();
                assertTrue(said.contains("opened for reading only"), said);
            }
            assertEquals(8, tables.rows("k"));
        }
    }

    @Test
    void arrays() {
        try (ArrayPartd<double[]> arrays =
                ArrayPartd.over(double[].class, Partds.file(directory.resolve("arrays"), FileOptions.readOnly()))) {
            assertArrayEquals(new double[] {1.5, 2.5}, arrays.get("k"));
            assertEquals(Set.of("k"), arrays.keys());
            assertThrows(UnsupportedOperationException.class, () -> arrays.append("k", new double[] {1}));
        }
    }
}
