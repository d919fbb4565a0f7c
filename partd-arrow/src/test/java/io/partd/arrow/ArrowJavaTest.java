package io.partd.arrow;

import io.partd.arrow.testing.ArrowJava;
import io.partd.arrow.testing.BinaryValue;
import io.partd.arrow.testing.Dice;
import io.partd.arrow.testing.Encoded;
import io.partd.arrow.testing.Encoder;
import io.partd.arrow.testing.LabelType;
import io.partd.arrow.testing.Loader;
import io.partd.arrow.testing.Tagged;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.SchemaChangeRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What {@link ArrowJava} says of Arrow Java: a failure here means that a newer version does better. */
class ArrowJavaTest {
    private static final ArrowType INT = new ArrowType.Int(32, true);
    private static final Field NUMBER = Field.nullable("number", INT);
    private static final Field TEXT = Field.nullable("text", ArrowType.Utf8.INSTANCE);

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingLeaks() {
        allocator.close();
    }

    @Test
    void smallDecimalsTakeSixteenBytes() {
        try (FieldVector vector =
                Field.nullable("d", new ArrowType.Decimal(9, 2, 32)).createVector(allocator)) {
            assertEquals(16, ((DecimalVector) vector).getTypeWidth());
        }
    }

    @Test
    void fixedSizeListsOfUnionsCannotBeMade() {
        Field union = union(UnionMode.Dense, 0, 1);
        Field list = new Field("l", FieldType.nullable(new ArrowType.FixedSizeList(2)), List.of(union));
        assertThrows(SchemaChangeRuntimeException.class, () -> list.createVector(allocator));
    }

    @Test
    void childrenOfOneNameReplaceEachOther() {
        Field struct = new Field("s", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(NUMBER, NUMBER));
        try (FieldVector vector = struct.createVector(allocator)) {
            assertEquals(1, vector.getChildrenFromFields().size());
        }
    }

    @Test
    void sparseUnionsForgetTheirTypeIds() {
        Field union = union(UnionMode.Sparse, 0, 1);
        try (FieldVector vector = union.createVector(allocator)) {
            assertNotEquals(union, vector.getField());
        }
    }

    @Test
    void denseUnionsSortTheirChildrenByTypeId() {
        Field union = union(UnionMode.Dense, 5, 0);
        try (FieldVector vector = union.createVector(allocator)) {
            assertEquals(List.of(TEXT, NUMBER), vector.getField().getChildren());
            assertEquals(NUMBER, vector.getChildrenFromFields().get(0).getField());
        }
    }

    @Test
    void denseUnionsCutTheirChildren() {
        Field union = union(UnionMode.Dense, 0, 1);
        List<byte[]> buffers = List.of(new byte[] {0}, new byte[] {2, 0, 0, 0});
        byte[] numbers = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0};
        Encoded third = new Encoded(NUMBER, 3, 0, List.of(new byte[0], numbers), List.of());
        Encoded none = new Encoded(TEXT, 0, 0, List.of(new byte[0], new byte[4], new byte[0]), List.of());
        Encoded encoded = new Encoded(union, 1, 0, buffers, List.of(third, none));
        try (FieldVector vector = new Loader(allocator, new Dice(1)).load(encoded)) {
            vector.setValueCount(1);
            assertEquals(
                    1, ((DenseUnionVector) vector).getVectorByType((byte) 0).getValueCount());
            assertEquals(2, ((DenseUnionVector) vector).getOffset(0));
        }
    }

    @Test
    void denseUnionsWithOtherTypeIdsCannotBeSliced() {
        Field union = union(UnionMode.Dense, 7, 9);
        List<Object> column = List.of(new Tagged(7, 1L), new Tagged(9, BinaryValue.of("a")));
        Encoded encoded = new Encoder(new Dice(1), Map.of(), Encoder.Style.TIDY).encode(union, column);
        try (FieldVector vector = new Loader(allocator, new Dice(1)).load(encoded);
                FieldVector target = union.createVector(allocator)) {
            assertFalse(ArrowJava.slices(union));
            assertThrows(
                    ArrayIndexOutOfBoundsException.class,
                    () -> vector.makeTransferPair(target).splitAndTransfer(0, 2));
        }
    }

    @Test
    void emptyListsClaimAnOffsetThatIsNotThere() {
        try (ListVector list = ListVector.empty("l", allocator);
                LargeListVector large = LargeListVector.empty("l", allocator)) {
            assertOffsetIsNotThere(list, 4);
            assertOffsetIsNotThere(large, 8);
        }
    }

    private static void assertOffsetIsNotThere(FieldVector vector, int claimed) {
        ArrowBuf offsets = vector.getFieldBuffers().get(1);
        assertEquals(0, offsets.capacity());
        assertEquals(claimed, offsets.writerIndex());
        assertEquals(claimed, vector.getAllocator().getEmpty().writerIndex());
    }

    @Test
    void emptyLargeListsCannotBeSliced() {
        try (LargeListVector vector = LargeListVector.empty("l", allocator);
                LargeListVector target = LargeListVector.empty("l", allocator)) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> vector.makeTransferPair(target).splitAndTransfer(0, 0));
        }
    }

    @Test
    void slicesForgetThatAFieldHasNoNulls() {
        Field field = Field.notNullable("f", new ArrowType.FixedSizeBinary(2));
        try (FieldVector vector = field.createVector(allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(field), List.of(vector), 0);
                VectorSchemaRoot slice = root.slice(0, 0)) {
            assertTrue(slice.getSchema().findField("f").isNullable());
        }
    }

    @Test
    void extensionsOverViewsCannotBeUnloaded() {
        Field field = Field.nullable("v", new LabelType(ArrowType.Utf8View.INSTANCE, ""));
        BinaryValue longText = BinaryValue.of("longer than twelve bytes");
        Encoded encoded = new Encoder(new Dice(1), Map.of(), Encoder.Style.TIDY).encode(field, List.of(longText));
        try (FieldVector vector = new Loader(allocator, new Dice(1)).load(encoded)) {
            VectorSchemaRoot root = new VectorSchemaRoot(List.of(field), List.of(vector), 1);
            assertThrows(IllegalArgumentException.class, () -> new VectorUnloader(root).getRecordBatch());
        }
    }

    @Test
    void validityIsMadeWhereItWasLeftOut() {
        try (IntVector vector = new IntVector("i", allocator);
                ArrowBuf values = allocator.buffer(4)) {
            vector.loadFieldBuffers(new ArrowFieldNode(1, 0), List.of(allocator.getEmpty(), values));
            assertTrue(vector.getValidityBuffer().capacity() > 0);
        }
    }

    private static Field union(UnionMode mode, int... ids) {
        return new Field("u", FieldType.nullable(new ArrowType.Union(mode, ids)), List.of(NUMBER, TEXT));
    }
}
