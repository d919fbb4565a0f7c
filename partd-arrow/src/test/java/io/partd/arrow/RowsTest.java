package io.partd.arrow;

import io.partd.arrow.testing.BinaryValue;
import io.partd.arrow.testing.Real;
import io.partd.arrow.testing.Rows;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Rows of vectors that were filled through Arrow Java's own setters. */
class RowsTest {
    private static final Schema TWO_COLUMNS = new Schema(
            List.of(Field.nullable("a", ArrowType.Bool.INSTANCE), Field.nullable("b", ArrowType.Bool.INSTANCE)));

    @Test
    void numbersAndTexts() {
        check(a -> new IntVector("v", a), v -> ((IntVector) v).setSafe(0, -7), -7L);
        check(a -> new UInt4Vector("v", a), v -> ((UInt4Vector) v).setSafe(0, -1), 4294967295L);
        check(a -> new UInt8Vector("v", a), v -> ((UInt8Vector) v).setSafe(0, -1L), -1L);
        check(a -> new BitVector("v", a), v -> ((BitVector) v).setSafe(0, 1), true);
        check(a -> new Float4Vector("v", a), v -> ((Float4Vector) v).setSafe(0, -0f), Real.of(-0f));
        check(
                a -> new DecimalVector("v", a, 10, 3),
                v -> ((DecimalVector) v).setSafe(0, new BigDecimal("-1.250")),
                new BigDecimal("-1.250"));
        check(
                a -> new VarCharVector("v", a),
                v -> ((VarCharVector) v).setSafe(0, "äb".getBytes(UTF_8)),
                BinaryValue.of("äb"));
        String longText = "more than twelve bytes";
        check(
                a -> new ViewVarCharVector("v", a),
                v -> ((ViewVarCharVector) v).setSafe(0, longText.getBytes(UTF_8)),
                BinaryValue.of(longText));
        check(
                a -> new IntervalMonthDayNanoVector("v", a),
                v -> ((IntervalMonthDayNanoVector) v).setSafe(0, 1, -2, 3),
                List.of(1L, -2L, 3L));
    }

    @Test
    void lists() {
        check(a -> ListVector.empty("v", a), RowsTest::writeList, List.of(5L, 6L));
    }

    private static void writeList(FieldVector vector) {
        UnionListWriter writer = ((ListVector) vector).getWriter();
        writer.setPosition(0);
        writer.startList();
        writer.writeInt(5);
        writer.writeInt(6);
        writer.endList();
        writer.setValueCount(2);
    }

    @Test
    void dictionaryEncodedValuesAreDecodedAndNullEntriesAreNull() {
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(8, true));
        Field field = new Field("v", new FieldType(true, encoding.getIndexType(), encoding), List.of());
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector entries = new VarCharVector("entries", allocator);
                FieldVector indexes = field.createVector(allocator)) {
            entries.setSafe(0, "zero".getBytes(UTF_8));
            entries.setValueCount(2);
            TinyIntVector tiny = (TinyIntVector) indexes;
            tiny.setSafe(0, 0);
            tiny.setSafe(1, 1);
            tiny.setValueCount(3);
            MapDictionaryProvider provider = new MapDictionaryProvider(new Dictionary(entries, encoding));
            assertEquals(Arrays.asList(BinaryValue.of("zero"), null, null), Rows.of(field, indexes, 3, provider));
        }
    }

    @Test
    void equalityIsExact() {
        assertNotEquals(Real.of(0.0), Real.of(-0.0));
        assertNotEquals(new Real(64, 0x7ff8_0000_0000_0001L), Real.of(Double.NaN));
        assertEquals(BinaryValue.of("a"), BinaryValue.of("a"));
        assertNotEquals(new BigDecimal("1.0"), new BigDecimal("1.00"));
    }

    @Test
    void theFirstDifferenceIsDescribedInOneLine() {
        List<List<Object>> expected = List.of(List.of(true, true), List.of(true, false));
        List<List<Object>> actual = List.of(List.of(true, true), List.of(true, true));
        assertEquals("", Rows.describeDifference(TWO_COLUMNS, expected, expected));
        assertEquals(
                "row 1, column 1 (b: Bool): expected false but was true",
                Rows.describeDifference(TWO_COLUMNS, expected, actual));
        assertEquals("expected 2 rows but was 1", Rows.describeDifference(TWO_COLUMNS, expected, actual.subList(0, 1)));
        assertTrue(Rows.describeDifference(TWO_COLUMNS, expected, List.of(List.of(true)))
                .contains("columns"));
    }

    @Test
    void rowsAreConcatenatedAndSelected() {
        List<List<Object>> rows = List.of(List.of(0L, "a"), List.of(1L, "b"));
        assertEquals(List.of(rows.get(0), rows.get(1), rows.get(0), rows.get(1)), Rows.concat(List.of(rows, rows)));
        assertEquals(List.of(rows.get(1), rows.get(1)), Rows.select(rows, new int[] {1, 1}));
        assertEquals(List.of(List.of("a"), List.of("b")), Rows.columns(rows, 1));
    }

    private interface Maker {
        FieldVector make(BufferAllocator allocator);
    }

    /** A vector of the value and a null. */
    private static void check(Maker maker, Consumer<FieldVector> fill, Object expected) {
        try (BufferAllocator allocator = new RootAllocator();
                FieldVector vector = maker.make(allocator)) {
            vector.allocateNew();
            fill.accept(vector);
            vector.setValueCount(2);
            VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), 2);
            assertEquals(List.of(List.of(expected), Arrays.asList((Object) null)), Rows.of(root));
        }
    }
}
