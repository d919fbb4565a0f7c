package io.partd.arrow.column;

import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.Rows;
import io.partd.arrow.testing.Samples;
import io.partd.log.CountedPartd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Of a file store, only the bytes of the columns that are asked for are read, in whole blocks. */
class ColumnBytesTest {
    private static final ArrowType.Int INT64 = new ArrowType.Int(64, true);
    private static final ArrowType.Int INT32 = new ArrowType.Int(32, true);
    private static final int ENTRIES = 20;
    /** Of a piece's header and of each column's two ends, in bytes. */
    private static final long LARGE_BLOCK = 64 << 10;

    private static final long SMALL_BLOCK = 8 << 10;

    private final BufferAllocator allocator = new RootAllocator();
    private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
    private final Random random = new Random(1);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        dictionaries.close();
        allocator.close();
    }

    private Schema schema() {
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, INT32);
        FieldVector entries = EveryType.leaf("word", new ArrowType.Utf8()).createVector(allocator);
        Samples.fill(new VectorSchemaRoot(List.of(entries)), ENTRIES, 0, random, allocator);
        dictionaries.put(new Dictionary(entries, encoding));
        return new Schema(List.of(
                EveryType.leaf("a", INT64),
                EveryType.leaf("b", INT64),
                EveryType.of("nested", new ArrowType.Struct(), EveryType.leaf("x", INT64), EveryType.leaf("y", INT32)),
                EveryType.of("list", new ArrowType.List(), EveryType.leaf("item", INT32)),
                EveryType.leaf("view", new ArrowType.Utf8View()),
                new Field("word", new FieldType(true, INT32, encoding), null),
                EveryType.leaf("last", INT64)));
    }

    /** Each column alone, of pieces of about 60 KiB and of some megabytes. */
    @ParameterizedTest
    @CsvSource({"800, 60", "60000, 3"})
    void oneColumn(int rows, int pieces) throws IOException {
        Schema schema = schema();
        for (Field field : schema.getFields()) {
            try (CountedPartd bytes = new CountedPartd(Partds.file(directory.resolve(field.getName())));
                    ArrowPartd store = ArrowPartd.over(bytes, allocator)) {
                List<Object> expected = fill(store, schema, field, rows, pieces);
                long stored = bytes.get("key").size();
                check(
                        bytes,
                        store,
                        field,
                        new Stored(stored, pieces, rows < 10_000 ? SMALL_BLOCK : LARGE_BLOCK),
                        expected);
            }
        }
    }

    /** What lies under the key: its bytes, its pieces, and the bytes of a block. */
    private record Stored(long bytes, int pieces, long block) {}

    /** Appends the pieces, and returns the values of one column. */
    private List<Object> fill(ArrowPartd store, Schema schema, Field field, int rows, int pieces) {
        List<Object> expected = new ArrayList<>();
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            for (int i = 0; i < pieces; i++) {
                Samples.fill(root, rows, ENTRIES, random, allocator);
                store.append("key", root, dictionaries);
                expected.addAll(Rows.of(field, root.getVector(field.getName()), rows, dictionaries));
            }
        }
        return expected;
    }

    private void check(CountedPartd bytes, ArrowPartd store, Field field, Stored stored, List<Object> expected)
            throws IOException {
        String name = field.getName();
        long column;
        bytes.reset();
        try (VectorSchemaRoot root = store.get("key", name)) {
            column = root.getVector(name).getBufferSize();
            assertEquals(expected, values(Rows.of(root)), name);
        }
        // The column's two ends, and a header, before which may lie a dictionary with one.
        long most = column + stored.pieces * stored.block * (name.equals("word") ? 6 : 3);
        assertRead(bytes, name, most, stored);
        bytes.reset();
        List<Object> read = new ArrayList<>();
        try (ArrowReader reader = store.reader("key", name)) {
            while (reader.loadNextBatch()) read.addAll(values(Rows.of(reader.getVectorSchemaRoot(), reader)));
        }
        assertEquals(expected, read, name);
        assertRead(bytes, name, most, stored);
    }

    private static void assertRead(CountedPartd bytes, String name, long most, Stored stored) {
        long read = bytes.bytesRead();
        assertTrue(read > 0 && read <= most, () -> name + ": " + read + " bytes were read, more than " + most);
        boolean large = Set.of("view", "list").contains(name);
        assertTrue(
                read < stored.bytes * (large ? 0.75 : 0.6), () -> name + ": " + read + " of " + stored + " were read");
    }

    private static List<Object> values(List<List<Object>> rows) {
        List<Object> values = new ArrayList<>();
        for (List<Object> row : rows) values.add(row.get(0));
        return values;
    }
}
