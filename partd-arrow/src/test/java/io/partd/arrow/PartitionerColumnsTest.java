package io.partd.arrow;

import io.partd.Keys;
import io.partd.arrow.partition.PartAssignment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.UuidVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.partd.arrow.KeyTables.indices;
import static io.partd.arrow.KeyTables.ints;
import static io.partd.arrow.KeyTables.keys;
import static io.partd.arrow.KeyTables.root;
import static io.partd.arrow.KeyTables.runs;
import static io.partd.arrow.KeyTables.texts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Keys of every kind of column. */
class PartitionerColumnsTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void valuesOfText() {
        try (VectorSchemaRoot root =
                root(9, texts("c", allocator, "b", "", null, "\\N", "a|b", "b", "\\", "é", "x\\"))) {
            PartAssignment parts = Partitioner.values("c").assign(root, null);
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 0, 5, 6, 7}, parts.part);
            assertEquals(8, parts.count);
            assertEquals(
                    List.of("b", "\\E", "\\N", "\\\\N", "a|b", "b", "\\\\", "é", "x\\"),
                    keys(Partitioner.values("c"), root));
        }
    }

    @Test
    void valuesOfSeveralColumns() {
        try (VectorSchemaRoot root =
                root(4, texts("t", allocator, "a|", null, "a|", ""), ints("i", allocator, 1, null, 1, 2))) {
            assertEquals(
                    List.of(Keys.of("a|", 1), Keys.of("\\N", "\\N"), Keys.of("a|", 1), Keys.of("\\E", 2)),
                    keys(Partitioner.values("t", "i"), root));
            assertEquals(
                    List.of("1|a\\|", "\\\\N|\\\\N", "1|a\\|", "2|\\\\E"), keys(Partitioner.values("i", "t"), root));
        }
    }

    @Test
    void valuesOfNumbers() {
        value("18446744073709551615", new UInt8Vector("c", allocator), v -> v.setSafe(0, -1L));
        value("true", new BitVector("c", allocator), v -> v.setSafe(0, 1));
        value("false", new BitVector("c", allocator), v -> v.setSafe(0, 0));
        value("0.1", new Float8Vector("c", allocator), v -> v.setSafe(0, 0.1));
        value("0.1", new Float4Vector("c", allocator), v -> v.setSafe(0, 0.1f));
        value("1.5", new Float2Vector("c", allocator), v -> v.setSafe(0, (short) 0x3e00));
        value("2.50", new DecimalVector("c", allocator, 5, 2), v -> v.setSafe(0, new BigDecimal("2.50")));
        value("-1200", new DecimalVector("c", allocator, 5, -2), v -> v.setSafe(0, new BigDecimal("-12E+2")));
    }

    @Test
    void valuesOfTemporalTypes() {
        value("2017-11-16", new DateDayVector("c", allocator), v -> v.setSafe(0, 17486));
        value("1969-12-31", new DateMilliVector("c", allocator), v -> v.setSafe(0, -86_400_000L));
        value("10:00:00.500", new TimeMilliVector("c", allocator), v -> v.setSafe(0, 36_000_500));
        value("1969-12-31T23:59:59.999", new TimeStampMilliVector("c", allocator), v -> v.setSafe(0, -1));
        value("1970-01-01T00:00", new TimeStampMilliVector("c", allocator), v -> v.setSafe(0, 0));
        value(
                "1970-01-01T00:00:00.000001Z",
                new TimeStampMicroTZVector("c", allocator, "Europe/Zurich"),
                v -> v.setSafe(0, 1));
        FieldType duration = FieldType.nullable(new ArrowType.Duration(TimeUnit.MILLISECOND));
        value("PT-0.5S", new DurationVector("c", duration, allocator), v -> v.setSafe(0, -500L));
        value("P14M", new IntervalYearVector("c", allocator), v -> v.setSafe(0, 14));
        value("P1DT0.5S", new IntervalDayVector("c", allocator), v -> v.setSafe(0, 1, 500));
        value("P0D", new IntervalDayVector("c", allocator), v -> v.setSafe(0, 0, 0));
        value("P1M2DT0.000000003S", new IntervalMonthDayNanoVector("c", allocator), v -> v.setSafe(0, 1, 2, 3));
    }

    @Test
    void valuesOfBinary() {
        value("00ff", new VarBinaryVector("c", allocator), v -> v.setSafe(0, new byte[] {0, -1}));
        value("\\E", new VarBinaryVector("c", allocator), v -> v.setSafe(0, new byte[0]));
        UUID uuid = UUID.fromString("f79c3e09-677c-4bbd-a479-3f349cb785e7");
        value("f79c3e09677c4bbda4793f349cb785e7", new UuidVector("c", allocator), v -> v.setSafe(0, uuid));
    }

    private <V extends FieldVector> void value(String key, V vector, Consumer<V> set) {
        try (vector) {
            set.accept(vector);
            VectorSchemaRoot root = new VectorSchemaRoot(List.<FieldVector>of(vector));
            root.setRowCount(2);
            assertEquals(List.of(key, "\\N"), keys(Partitioner.values("c"), root));
        }
    }

    @Test
    void zerosAreOneValueAndNaNsToo() {
        try (Float8Vector vector = new Float8Vector("c", allocator)) {
            double[] values = {-0.0, 0.0, Double.NaN, Double.longBitsToDouble(0xfff8000000000001L), -1};
            for (int i = 0; i < values.length; i++) vector.setSafe(i, values[i]);
            VectorSchemaRoot root = root(5, vector);
            assertEquals(List.of("0.0", "0.0", "NaN", "NaN", "-1.0"), keys(Partitioner.values("c"), root));
            assertEquals(List.of("1", "1", "1", "1", "0"), keys(Partitioner.range("c", 0), root));
            assertEquals(List.of("1", "1", "2", "2", "0"), keys(Partitioner.range("c", 0, 1e300), root));
            double infinity = Double.POSITIVE_INFINITY;
            assertEquals(List.of("1", "1", "2", "2", "1"), keys(Partitioner.range("c", -infinity, infinity), root));
        }
    }

    @Test
    void rangesOfIntegers() {
        try (VectorSchemaRoot root = root(5, ints("c", allocator, Integer.MIN_VALUE, 0, null, 1, Integer.MAX_VALUE))) {
            assertEquals(List.of("0", "0", "\\N", "1", "2"), keys(Partitioner.range("c", 0.5, 1.5), root));
            assertEquals(List.of("0", "1", "\\N", "2", "2"), keys(Partitioner.range("c", 0, 1L), root));
            BigDecimal huge = new BigDecimal("1E+1000000000");
            assertEquals(List.of("1", "1", "\\N", "1", "1"), keys(Partitioner.range("c", huge.negate(), huge), root));
            BigDecimal tiny = new BigDecimal("1E-1000000000");
            assertEquals(List.of("0", "1", "\\N", "2", "2"), keys(Partitioner.range("c", tiny.negate(), tiny), root));
            assertEquals(3, Partitioner.range("c", 7).assign(root, null).count);
            assertEquals(List.of("0", "0", "\\N", "0", "0"), keys(Partitioner.range("c"), root));
        }
    }

    @Test
    void rangesOfUnsignedLongs() {
        try (UInt8Vector vector = new UInt8Vector("c", allocator)) {
            vector.setSafe(0, 1);
            vector.setSafe(1, Long.MIN_VALUE);
            vector.setSafe(2, -1L);
            VectorSchemaRoot root = root(3, vector);
            BigDecimal top = new BigDecimal("18446744073709551615");
            assertEquals(List.of("1", "1", "2"), keys(Partitioner.range("c", -5, top), root));
            assertEquals(List.of("0", "1", "1"), keys(Partitioner.range("c", Long.MAX_VALUE, 1e20), root));
        }
    }

    @Test
    void rangesOfDecimals() {
        try (DecimalVector vector = new DecimalVector("c", allocator, 38, 2)) {
            String[] values = {"-99999999999999999999.01", "-0.01", "0.00", "2.50", "99999999999999999999.01"};
            for (int i = 0; i < values.length; i++) vector.setSafe(i, new BigDecimal(values[i]));
            VectorSchemaRoot root = root(5, vector);
            BigDecimal bound = new BigDecimal("2.499");
            assertEquals(List.of("0", "0", "1", "2", "2"), keys(Partitioner.range("c", 0, bound), root));
            assertEquals(List.of("0", "1", "1", "1", "2"), keys(Partitioner.range("c", -1e10, 1e10), root));
            assertEquals(List.of("1", "1", "1", "1", "1"), keys(Partitioner.range("c", -1e300, 1e300), root));
        }
    }

    @Test
    void rangesOfTextAndBinary() {
        try (VectorSchemaRoot root = root(6, texts("c", allocator, "", "abcdefgh", "abcdefghi", "b", "\uffee", "😀"))) {
            assertEquals(
                    List.of("0", "1", "2", "2", "3", "4"),
                    keys(Partitioner.range("c", "abcdefgh", "abcdefgh\0", "\uffee", "\uffef"), root));
        }
        try (VarBinaryVector vector = new VarBinaryVector("c", allocator)) {
            vector.setSafe(0, new byte[] {0x7f});
            vector.setSafe(1, new byte[] {(byte) 0x80, 0});
            VectorSchemaRoot root = root(2, vector);
            assertEquals(List.of("0", "1"), keys(Partitioner.range("c", new byte[] {(byte) 0x80}), root));
        }
    }

    @Test
    void rangesOfTemporalTypesAndBooleans() {
        range("1", LocalDate.parse("2017-11-16"), new DateDayVector("c", allocator), v -> v.setSafe(0, 17486));
        range("0", LocalDate.parse("2017-11-17"), new DateDayVector("c", allocator), v -> v.setSafe(0, 17486));
        LocalTime nano = LocalTime.parse("00:00:00.000000001");
        range("0", nano, new TimeMilliVector("c", allocator), v -> v.setSafe(0, 0));
        range("1", nano, new TimeMilliVector("c", allocator), v -> v.setSafe(0, 1));
        Instant instant = Instant.parse("1969-12-31T23:59:59.999999Z");
        range("1", instant, new TimeStampMicroTZVector("c", allocator, "UTC"), v -> v.setSafe(0, -1));
        range("0", instant, new TimeStampMicroTZVector("c", allocator, "UTC"), v -> v.setSafe(0, -2));
        FieldType duration = FieldType.nullable(new ArrowType.Duration(TimeUnit.SECOND));
        range("0", Duration.ofMillis(1), new DurationVector("c", duration, allocator), v -> v.setSafe(0, 0L));
        range("1", true, new BitVector("c", allocator), v -> v.setSafe(0, 1));
        range("0", true, new BitVector("c", allocator), v -> v.setSafe(0, 0));
    }

    private static <V extends FieldVector> void range(String key, Object bound, V vector, Consumer<V> set) {
        try (vector) {
            set.accept(vector);
            VectorSchemaRoot root = root(2, vector);
            assertEquals(List.of(key, "\\N"), keys(Partitioner.range("c", bound), root));
        }
    }

    @Test
    void aDictionaryColumnIsItsValues() {
        try (VarCharVector entries = texts("d", allocator, "unused", "b", null, "a", "b");
                VectorSchemaRoot plain = root(6, texts("c", allocator, "a", "b", null, "b", null, "a"));
                VectorSchemaRoot root = root(6, indices("c", allocator, 7, 3, 1, null, 4, 2, 3))) {
            MapDictionaryProvider provider =
                    new MapDictionaryProvider(new Dictionary(entries, new DictionaryEncoding(7, false, null)));
            for (Partitioner each :
                    List.of(Partitioner.values("c"), Partitioner.hash(10, "c"), Partitioner.range("c", "aa", "b"))) {
                assertEquals(keys(each, plain), keys(each, root, provider), each.toString());
            }
            assertEquals(3, Partitioner.values("c").assign(root, provider).count);
        }
    }

    @Test
    void aRunEndEncodedColumnIsItsValues() {
        String[] values = {"a", null, "b", "a"};
        try (VectorSchemaRoot plain = root(5, texts("c", allocator, "a", "a", null, "b", "a"));
                VectorSchemaRoot root = root(
                        5, runs("c", texts("values", allocator, values), 5, ints("ends", allocator, 2, 3, 4, 9)))) {
            for (Partitioner each :
                    List.of(Partitioner.values("c"), Partitioner.hash(10, "c"), Partitioner.range("c", "aa", "b"))) {
                assertEquals(keys(each, plain), keys(each, root), each.toString());
            }
        }
    }

    @Test
    void aColumnOfNullsIsNull() {
        try (VectorSchemaRoot root = root(2, new NullVector("c", 2))) {
            assertEquals(List.of("\\N", "\\N"), keys(Partitioner.values("c"), root));
            assertEquals(List.of("\\N", "\\N"), keys(Partitioner.hash(3, "c"), root));
            assertEquals(List.of("\\N", "\\N"), keys(Partitioner.range("c", 1), root));
        }
    }

    @Test
    void noRows() {
        try (VectorSchemaRoot root = root(0, new IntVector("c", allocator), new VarCharVector("d", allocator))) {
            for (Partitioner each : List.of(Partitioner.values("c", "d"), Partitioner.values("d"))) {
                assertEquals(0, each.assign(root, null).count);
            }
            assertEquals(5, Partitioner.hash(5, "d").assign(root, null).count);
            assertEquals(0, Partitioner.range("c", 1).assign(root, null).rows);
        }
    }

    @Test
    void aNumberThatIsNoPartIsRefused() {
        try (VectorSchemaRoot root = root(1, ints("c", allocator, 1))) {
            PartAssignment parts = Partitioner.hash(5, "c").assign(root, null);
            assertEquals("4", parts.key(4));
            assertThrows(IndexOutOfBoundsException.class, () -> parts.key(5));
            assertThrows(IndexOutOfBoundsException.class, () -> parts.key(-1));
        }
    }
}
