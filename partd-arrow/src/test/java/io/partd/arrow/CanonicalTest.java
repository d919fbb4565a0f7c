package io.partd.arrow;

import io.partd.arrow.testing.Canonical;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.UuidVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** What no other implementation here can confirm: the types that apache-arrow does not read, and the text itself. */
class CanonicalTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    private static List<String> rows(FieldVector vector) {
        try (VectorSchemaRoot root = VectorSchemaRoot.of(vector)) {
            return Canonical.of(root).rows();
        }
    }

    @Test
    void aDocumentReadsLikeThis() {
        Schema schema = new Schema(List.of(EveryType.leaf("n", new ArrowType.Int(64, false))), Map.of("k", "\"v\""));
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            UInt8Vector vector = (UInt8Vector) root.getVector(0);
            vector.setSafe(0, -1L);
            vector.setNull(1);
            root.setRowCount(2);
            String expected = """
                    {"fields":[
                    {"name":"n","type":"uint64","nullable":true,"metadata":[],"dictionary":null,"children":[]}
                    ],
                    "metadata":[["k","\\"v\\""]],
                    "rows":[
                    ["18446744073709551615"],
                    [null]
                    ]}
                    """;
            assertEquals(expected, Canonical.of(root).toString());
        }
    }

    @Test
    void floatingPointNumbersAreTheirBits() {
        Float8Vector vector = new Float8Vector("x", allocator);
        double[] values = {0.0, -0.0, Double.NEGATIVE_INFINITY, Double.longBitsToDouble(0x7ff8000000000001L)};
        for (int i = 0; i < values.length; i++) vector.setSafe(i, values[i]);
        vector.setValueCount(values.length);
        assertEquals(
                List.of(
                        "[\"0000000000000000\"]",
                        "[\"8000000000000000\"]",
                        "[\"fff0000000000000\"]",
                        "[\"7ff8000000000001\"]"),
                rows(vector));
    }

    @Test
    void listViewsMayOverlap() {
        Field field = EveryType.of("v", new ArrowType.ListView(), EveryType.leaf("item", INT));
        ListViewVector vector = (ListViewVector) field.createVector(allocator);
        vector.allocateNew();
        items((IntVector) vector.getDataVector());
        int[][] views = {{2, 1}, {0, 3}, {1, 0}};
        for (int i = 0; i < views.length; i++) {
            vector.setValidity(i, 1);
            vector.setOffset(i, views[i][0]);
            vector.setSize(i, views[i][1]);
        }
        vector.setNull(3);
        vector.setValueCount(4);
        assertEquals(List.of("[[\"12\"]]", "[[\"10\",\"11\",\"12\"]]", "[[]]", "[null]"), rows(vector));
    }

    @Test
    void largeListViewsMayOverlap() {
        Field field = EveryType.of("v", new ArrowType.LargeListView(), EveryType.leaf("item", INT));
        LargeListViewVector vector = (LargeListViewVector) field.createVector(allocator);
        vector.allocateNew();
        items((IntVector) vector.getDataVector());
        vector.setValidity(0, 1);
        vector.getOffsetBuffer().setLong(0, 1);
        vector.getSizeBuffer().setLong(0, 2);
        vector.setNull(1);
        vector.setValueCount(2);
        assertEquals(List.of("[[\"11\",\"12\"]]", "[null]"), rows(vector));
    }

    private static void items(IntVector items) {
        for (int i = 0; i < 3; i++) items.setSafe(i, 10 + i);
        items.setValueCount(3);
    }

    @Test
    void runsAreDecoded() {
        Field ends = EveryType.required("run_ends", INT);
        Field field =
                EveryType.of("r", new ArrowType.RunEndEncoded(), ends, EveryType.leaf("values", new ArrowType.Utf8()));
        RunEndEncodedVector vector = (RunEndEncodedVector) field.createVector(allocator);
        IntVector runEnds = (IntVector) vector.getRunEndsVector();
        VarCharVector values = (VarCharVector) vector.getValuesVector();
        runEnds.setSafe(0, 2);
        runEnds.setSafe(1, 3);
        runEnds.setValueCount(2);
        values.setSafe(0, new byte[] {'a'});
        values.setNull(1);
        values.setValueCount(2);
        vector.setValueCount(3);
        assertEquals(List.of("[\"a\"]", "[\"a\"]", "[null]"), rows(vector));
    }

    @Test
    void anExtensionIsItsStorage() {
        UuidVector vector = new UuidVector("id", allocator);
        vector.setSafe(0, new UUID(1, 2));
        vector.setValueCount(1);
        try (VectorSchemaRoot root = VectorSchemaRoot.of(vector)) {
            Canonical document = Canonical.of(root);
            assertEquals(List.of("[\"00000000000000010000000000000002\"]"), document.rows());
            assertEquals(
                    "{\"name\":\"id\",\"type\":\"fixed_size_binary(16)\",\"nullable\":true,\"metadata\":"
                            + "[[\"ARROW:extension:metadata\",\"\"],[\"ARROW:extension:name\",\"arrow.uuid\"]],"
                            + "\"dictionary\":null,\"children\":[]}",
                    document.toString().lines().skip(1).findFirst().orElseThrow());
        }
    }

    static List<Field> everyType() {
        return EveryType.fields();
    }

    /** The same rows give the same text, others another. */
    @ParameterizedTest
    @MethodSource("everyType")
    void rowsShow(Field field) {
        if (field.getType() instanceof ArrowType.Null) assertEquals(document(field, 1), document(field, 2));
        else {
            assertEquals(document(field, 1), document(field, 1));
            assertNotEquals(document(field, 1), document(field, 2));
        }
    }

    private String document(Field field, int seed) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(field)), allocator)) {
            Samples.fill(root, 30, 0, new Random(seed), allocator);
            assertEquals(30, Canonical.of(root).rows().size());
            return Canonical.of(root).toString();
        }
    }
}
