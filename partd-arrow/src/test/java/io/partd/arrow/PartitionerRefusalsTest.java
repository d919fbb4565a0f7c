package io.partd.arrow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.partd.arrow.KeyTables.indices;
import static io.partd.arrow.KeyTables.ints;
import static io.partd.arrow.KeyTables.root;
import static io.partd.arrow.KeyTables.runs;
import static io.partd.arrow.KeyTables.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Tables that cannot be partitioned so, and broken ones: a clear refusal, and never a read outside of a buffer. */
class PartitionerRefusalsTest {
    private static final String UTF8 = "column \"c\" of type Utf8: ";
    private static final String INT = "column \"c\" of type Int(32, true): ";

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void missingAndAmbiguousColumns() {
        try (VectorSchemaRoot root =
                root(1, ints("a", allocator, 1), ints("a", allocator, 1), ints("b", allocator, 2))) {
            String columns = ": the columns are \"a\", \"a\", \"b\"";
            refused("there is no column \"c\"" + columns, Partitioner.hash(2, "b", "c"), root);
            refused("there is more than one column \"a\"" + columns, Partitioner.values("a"), root);
        }
        try (VectorSchemaRoot root = root(0)) {
            refused("there is no column \"c\": the columns are none", Partitioner.range("c", 1), root);
        }
    }

    @Test
    void typesThatDoNotSuit() {
        try (ListVector list = ListVector.empty("c", allocator);
                StructVector struct = StructVector.empty("c", allocator)) {
            for (FieldVector vector : List.of(list, struct)) {
                vector.allocateNew();
                VectorSchemaRoot root = root(1, vector);
                String column = "column \"c\" of type " + vector.getField().getType() + ": ";
                String type = vector.getField().getType().toString();
                refused(
                        column + "no hash is defined for " + type + ": use another column",
                        Partitioner.hash(2, "c"),
                        root);
                refused(
                        column + "values of type " + type + " have no text that could be a key: use another column",
                        Partitioner.values("c"),
                        root);
                refused(
                        column + "values of type " + type + " have no ranges: use another column",
                        Partitioner.range("c", 1),
                        root);
            }
        }
        FieldType duration = FieldType.nullable(new ArrowType.Duration(TimeUnit.SECOND));
        try (DurationVector vector = new DurationVector("c", duration, allocator)) {
            vector.setSafe(0, 1L);
            refused(
                    "column \"c\" of type Duration(SECOND): no hash is defined for Duration(SECOND): use another column",
                    Partitioner.hash(2, "c"),
                    root(1, vector));
        }
    }

    @Test
    void boundsThatDoNotSuit() {
        try (VectorSchemaRoot root = root(1, ints("c", allocator, 1))) {
            refused(
                    INT + "bound 0, \"x\", does not suit its values of type Int(32, true), which need numbers",
                    Partitioner.range("c", "x"),
                    root);
        }
        try (VectorSchemaRoot root = root(1, texts("c", allocator, "x"))) {
            refused(
                    UTF8 + "bound 0, 1, does not suit its values of type Utf8, which need String",
                    Partitioner.range("c", 1, 2),
                    root);
        }
    }

    @Test
    void dictionariesThatAreMissingOrTooShort() {
        try (VarCharVector entries = texts("d", allocator, "a");
                VectorSchemaRoot root = root(2, indices("c", allocator, 7, 0, 1))) {
            Partitioner partitioner = Partitioner.values("c");
            refused(INT + "it is dictionary-encoded: pass the provider of its dictionary", partitioner, root);
            DictionaryProvider other =
                    new MapDictionaryProvider(new Dictionary(entries, new DictionaryEncoding(8, false, null)));
            refused(INT + "the provider has no dictionary 7", partitioner, root, other);
            DictionaryProvider provider =
                    new MapDictionaryProvider(new Dictionary(entries, new DictionaryEncoding(7, false, null)));
            refused(INT + "row 1 has index 1, and its dictionary has 1 entries", partitioner, root, provider);
            ((IntVector) root.getVector("c")).set(1, -1);
            refused(INT + "row 1 has index -1, and its dictionary has 1 entries", partitioner, root, provider);
        }
    }

    @Test
    void brokenRuns() {
        String column = "column \"c\" of type RunEndEncoded: ";
        brokenRuns(column + "run 1 ends at 2, not after 2", 2, 2);
        brokenRuns(column + "run 0 ends at 0, not after 0", 0, 4);
        brokenRuns(column + "its runs end at row 3 of 4", 1, 3);
    }

    private void brokenRuns(String message, Integer... ends) {
        try (VectorSchemaRoot root =
                root(4, runs("c", texts("v", allocator, "a", "b"), 4, ints("ends", allocator, ends)))) {
            refused(message, Partitioner.values("c"), root);
        }
    }

    @Test
    void brokenOffsets() {
        int[][] broken = {{-1, 1, 2}, {0, 2, 1}, {0, 1, Integer.MAX_VALUE}, {0, Integer.MIN_VALUE, 2}, {5000, 5001, 1}};
        int[] rows = {0, 1, 1, 0, 1};
        for (int i = 0; i < broken.length; i++) {
            try (VarCharVector vector = texts("c", allocator, "a", "b")) {
                // A wide data buffer, so that {5000, 5001} would lie in it.
                vector.setSafe(2, new byte[8000]);
                vector.setValueCount(2);
                VectorSchemaRoot root = root(2, vector);
                for (int k = 0; k < 3; k++) vector.getOffsetBuffer().setInt(4L * k, broken[i][k]);
                String message = UTF8 + "the bytes of row " + rows[i] + " do not lie within its data";
                refused(message, Partitioner.hash(3, "c"), root);
                refused(message, Partitioner.values("c"), root);
                refused(message, Partitioner.range("c", "a"), root);
            }
        }
    }

    @Test
    void brokenViews() {
        int[][] broken = {{-1, 0, 0, 0}, {20, 0, 1, 0}, {20, 0, -1, 0}, {20, 0, 0, -1}, {1 << 30, 0, 0, 1 << 30}};
        for (int[] view : broken) {
            try (ViewVarCharVector vector = new ViewVarCharVector("c", allocator)) {
                vector.setSafe(0, new Text("more than twelve bytes"));
                vector.setSafe(1, new Text("short"));
                VectorSchemaRoot root = root(2, vector);
                for (int i = 0; i < 4; i++) vector.getDataBuffer().setInt(16 + 4L * i, view[i]);
                String message = "column \"c\" of type Utf8View: the bytes of row 1 do not lie within its data";
                refused(message, Partitioner.values("c"), root);
                vector.setNull(1);
                for (int i = 0; i < 4; i++) vector.getDataBuffer().setInt(16 + 4L * i, view[i]);
                assertEquals(2, Partitioner.values("c").assign(root, null).count, "a null's view may be anything");
            }
        }
    }

    @Test
    void buffersThatAreTooShort() {
        try (IntVector vector = new IntVector("c", allocator)) {
            vector.setSafe(0, 1);
            VectorSchemaRoot root = root(1, vector);
            int rows = (int) vector.getDataBuffer().capacity() / 4 + 1;
            VectorSchemaRoot tall = new VectorSchemaRoot(root.getSchema().getFields(), root.getFieldVectors(), rows);
            refused(INT + "it has 1 values, and the root has " + rows + " rows", Partitioner.values("c"), tall);
        }
    }

    @Test
    void valuesWithoutText() {
        try (VarCharVector vector = new VarCharVector("c", allocator)) {
            vector.setSafe(0, new byte[] {'a', (byte) 0xff});
            VectorSchemaRoot root = root(1, vector);
            refused(UTF8 + "a text of 2 bytes, which begins with 61ff, is not UTF-8", Partitioner.values("c"), root);
            assertEquals(1, Partitioner.hash(1, "c").assign(root, null).count);
        }
        try (TimeMilliVector vector = new TimeMilliVector("c", allocator)) {
            vector.setSafe(0, -1);
            refused(
                    "column \"c\" of type Time(MILLISECOND, 32): the value -1 is out of the range of"
                            + " Time(MILLISECOND, 32)",
                    Partitioner.values("c"),
                    root(1, vector));
        }
        try (DateMilliVector vector = new DateMilliVector("c", allocator)) {
            vector.setSafe(1, 86_400_001);
            String message = "column \"c\" of type Date(MILLISECOND): row 1 is not a whole day: 86400001 ms";
            refused(message, Partitioner.values("c"), root(2, vector));
            refused(message, Partitioner.hash(2, "c"), root(2, vector));
            vector.setNull(1);
            vector.getDataBuffer().setLong(8, 5);
            assertEquals(3, Partitioner.hash(2, "c").assign(root(2, vector), null).count, "a null is not looked at");
        }
    }

    @Test
    void timestampsThatPassTheRangeOfMicroseconds() {
        try (TimeStampSecVector vector = new TimeStampSecVector("c", allocator)) {
            vector.setSafe(0, Long.MIN_VALUE);
            VectorSchemaRoot root = root(1, vector);
            refused(
                    "column \"c\" of type Timestamp(SECOND, null): row 0 is out of range: -9223372036854775808 as"
                            + " microseconds passes 64 bits",
                    Partitioner.hash(2, "c"),
                    root);
            vector.setNull(0);
            vector.getDataBuffer().setLong(0, Long.MIN_VALUE);
            assertEquals(2, Partitioner.hash(1, "c").assign(root, null).count, "a null is not looked at");
        }
    }

    @Test
    void keysThatAreTooLong() {
        try (VarCharVector c = new VarCharVector("c", allocator);
                VarBinaryVector d = new VarBinaryVector("d", allocator)) {
            c.setSafe(0, "x".repeat(65_535).getBytes(StandardCharsets.UTF_8));
            d.setSafe(0, new byte[40_000]);
            VectorSchemaRoot root = root(1, c, d);
            String rule = " UTF-8 bytes: keys have at most 65535";
            assertEquals(
                    65_535, Partitioner.values("c").assign(root, null).key(0).length());
            refused("column \"d\": row 0 makes a key of 80000" + rule, Partitioner.values("d"), root);
            d.setSafe(0, new byte[1]);
            refused(
                    "columns \"c\", \"d\": row 0 makes a key of 65538" + rule,
                    Partitioner.values("c", "d"),
                    root(1, c, d));
            c.setSafe(0, "\\".repeat(65_535).getBytes(StandardCharsets.UTF_8));
            refused("column \"c\": row 0 makes a key of 65536" + rule, Partitioner.values("c"), root(1, c, d));
            c.setSafe(0, new byte[65_536]);
            refused(
                    UTF8 + "a value of 65536 bytes cannot be a key: keys have at most 65535 UTF-8 bytes",
                    Partitioner.values("c"),
                    root(1, c, d));
        }
    }

    private static void refused(String message, Partitioner partitioner, VectorSchemaRoot root) {
        refused(message, partitioner, root, null);
    }

    private static void refused(
            String message, Partitioner partitioner, VectorSchemaRoot root, DictionaryProvider provider) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> partitioner.assign(root, provider))
                        .getMessage());
    }
}
