package io.partd.tablesaw;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Arrow types that Tablesaw has not are converted where nothing is lost, and refused with column, type and row. */
class ForeignTypesTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingLeaks() {
        allocator.close();
    }

    private static Table convert(FieldVector vector, DictionaryProvider dictionaries, SubMillis finer) {
        try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector))) {
            return ArrowTables.toTable(root, dictionaries, finer);
        }
    }

    private static Column<?> column(FieldVector vector) {
        return convert(vector, null, SubMillis.REFUSE).column(0);
    }

    /** A vector of these numbers, of whatever width, and a null after them. */
    private FieldVector fixed(ArrowType type, long... values) {
        BaseFixedWidthVector vector =
                (BaseFixedWidthVector) Field.nullable("c", type).createVector(allocator);
        vector.allocateNew(values.length + 1);
        for (int i = 0; i < values.length; i++) {
            BitVectorHelper.setBit(vector.getValidityBuffer(), i);
            long at = (long) i * vector.getTypeWidth();
            switch (vector.getTypeWidth()) {
                case 1 -> vector.getDataBuffer().setByte(at, (int) values[i]);
                case 2 -> vector.getDataBuffer().setShort(at, (int) values[i]);
                case 4 -> vector.getDataBuffer().setInt(at, (int) values[i]);
                default -> vector.getDataBuffer().setLong(at, values[i]);
            }
        }
        vector.setValueCount(values.length + 1);
        return vector;
    }

    private void becomes(ColumnType type, List<?> values, FieldVector vector) {
        Column<?> column = column(vector);
        assertEquals(type.name(), column.type().name());
        for (int i = 0; i < values.size(); i++) assertEquals(values.get(i), column.get(i), "row " + i);
        assertEquals(values.size() + 1, column.size());
        assertEquals(true, column.isMissing(values.size()));
        assertEquals(1, column.countMissing());
    }

    private void refused(String message, FieldVector vector) {
        refused(message, vector, null);
    }

    private void refused(String message, FieldVector vector, DictionaryProvider dictionaries) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> convert(vector, dictionaries, SubMillis.REFUSE));
        assertEquals(message, refused.getMessage());
    }

    private static ArrowType.Int integer(int bits, boolean signed) {
        return new ArrowType.Int(bits, signed);
    }

    @Test
    void integersBecomeTheSmallestThatHoldsThem() {
        becomes(ColumnType.SHORT, List.of((short) -128, (short) 127), fixed(integer(8, true), -128, 127));
        becomes(ColumnType.SHORT, List.of((short) -32767, (short) 32767), fixed(integer(16, true), -32767, 32767));
        becomes(ColumnType.INTEGER, List.of(0, 255), fixed(integer(8, false), 0, 255));
        becomes(ColumnType.INTEGER, List.of(0, 65_535), fixed(integer(16, false), 0, 65_535));
        becomes(ColumnType.INTEGER, List.of(-Integer.MAX_VALUE, 7), fixed(integer(32, true), -Integer.MAX_VALUE, 7));
        becomes(ColumnType.LONG, List.of(0L, 4_294_967_295L), fixed(integer(32, false), 0, -1));
        becomes(ColumnType.LONG, List.of(-Long.MAX_VALUE, 7L), fixed(integer(64, true), -Long.MAX_VALUE, 7));
    }

    @Test
    void whatMeansMissingIsRefused() {
        String rest = " means missing in a Tablesaw column of ";
        refused(
                "column \"c\", row 1: -32768" + rest + "shorts: it cannot be held there",
                fixed(integer(16, true), 0, -32768));
        refused(
                "column \"c\", row 0: -2147483648" + rest + "ints: it cannot be held there",
                fixed(integer(32, true), Integer.MIN_VALUE));
        long[] late = new long[100];
        late[99] = Long.MIN_VALUE;
        refused(
                "column \"c\", row 99: -9223372036854775808" + rest + "longs: it cannot be held there",
                fixed(integer(64, true), late));
    }

    @Test
    void halvesBecomeFloats() {
        ArrowType half = new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
        becomes(
                ColumnType.FLOAT,
                List.of(1.5f, -0.0f, 65_504f, Float.POSITIVE_INFINITY),
                fixed(half, Float16.toFloat16(1.5f), 0x8000, Float16.toFloat16(65_504f), 0x7c00));
    }

    @Test
    void datesInMillisecondsAreDatesIfTheyAreDays() {
        ArrowType type = new ArrowType.Date(DateUnit.MILLISECOND);
        LocalDate last = LocalDate.of(32_767, 12, 31);
        becomes(
                ColumnType.LOCAL_DATE,
                List.of(LocalDate.EPOCH.minusDays(1), last),
                fixed(type, -86_400_000L, last.toEpochDay() * 86_400_000L));
        refused("column \"c\", row 1: the date has a time of day", fixed(type, 0, 1));
    }

    @Test
    void datesOutsideTablesawsYearsAreRefused() {
        String message = "column \"c\", row 0: the date is outside the years -32768 to 32767 of Tablesaw";
        ArrowType days = new ArrowType.Date(DateUnit.DAY);
        refused(message, fixed(days, LocalDate.of(32_768, 1, 1).toEpochDay()));
        refused(message, fixed(days, LocalDate.of(-32_769, 12, 31).toEpochDay()));
        refused(message, fixed(days, Integer.MIN_VALUE));
        for (TimeUnit unit : List.of(TimeUnit.SECOND, TimeUnit.MILLISECOND)) {
            refused(message, fixed(new ArrowType.Timestamp(unit, null), Long.MIN_VALUE));
            refused(message, fixed(new ArrowType.Timestamp(unit, "UTC"), Long.MAX_VALUE));
        }
        refused(message, fixed(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"), Long.MAX_VALUE / 1_000 * 1_000));
    }

    @Test
    void timesOfEveryUnitThatFit() {
        LocalTime time = LocalTime.of(23, 59, 59);
        LocalTime milli = time.plusNanos(999_000_000);
        becomes(
                ColumnType.LOCAL_TIME,
                List.of(LocalTime.MIDNIGHT, time),
                fixed(new ArrowType.Time(TimeUnit.SECOND, 32), 0, time.toSecondOfDay()));
        becomes(
                ColumnType.LOCAL_TIME,
                List.of(milli),
                fixed(new ArrowType.Time(TimeUnit.MILLISECOND, 32), milli.toNanoOfDay() / 1_000_000));
        becomes(
                ColumnType.LOCAL_TIME,
                List.of(milli),
                fixed(new ArrowType.Time(TimeUnit.MICROSECOND, 64), milli.toNanoOfDay() / 1_000));
        becomes(
                ColumnType.LOCAL_TIME,
                List.of(milli),
                fixed(new ArrowType.Time(TimeUnit.NANOSECOND, 64), milli.toNanoOfDay()));
        refused(
                "column \"c\", row 0: the time is not within a day",
                fixed(new ArrowType.Time(TimeUnit.SECOND, 32), 86_400));
        refused(
                "column \"c\", row 0: the time is not within a day",
                fixed(new ArrowType.Time(TimeUnit.SECOND, 32), -1));
    }

    @Test
    void timestampsOfEveryUnitThatFit() {
        Instant before = Instant.parse("1969-12-31T23:59:59Z");
        Map<TimeUnit, Long> perSecond = Map.of(
                TimeUnit.SECOND,
                1L,
                TimeUnit.MILLISECOND,
                1_000L,
                TimeUnit.MICROSECOND,
                1_000_000L,
                TimeUnit.NANOSECOND,
                1_000_000_000L);
        perSecond.forEach((unit, factor) -> {
            becomes(
                    ColumnType.LOCAL_DATE_TIME,
                    List.of(LocalDateTime.parse("1969-12-31T23:59:59"), LocalDateTime.parse("1970-01-01T00:00:01")),
                    fixed(new ArrowType.Timestamp(unit, null), -factor, factor));
            becomes(
                    ColumnType.INSTANT,
                    List.of(before, Instant.EPOCH),
                    fixed(new ArrowType.Timestamp(unit, "Europe/Paris"), -factor, 0));
        });
    }

    @Test
    void finerTimesAreRefusedOrCutOff() {
        ArrowType micros = new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
        ArrowType nanos = new ArrowType.Time(TimeUnit.NANOSECOND, 64);
        String ask = ", which Tablesaw cannot hold: ask for them to be cut off with SubMillis.TRUNCATE";
        refused("column \"c\", row 1: the time has microseconds" + ask, fixed(micros, 1_000, -1));
        refused("column \"c\", row 0: the time has microseconds or nanoseconds" + ask, fixed(nanos, 1));
        Column<?> cut =
                convert(fixed(micros, 1_999, -1), null, SubMillis.TRUNCATE).column(0);
        assertEquals(LocalDateTime.parse("1970-01-01T00:00:00.001"), cut.get(0));
        assertEquals(LocalDateTime.parse("1969-12-31T23:59:59.999"), cut.get(1));
        Column<?> time = convert(fixed(nanos, 86_399_999_999_999L), null, SubMillis.TRUNCATE)
                .column(0);
        assertEquals(LocalTime.parse("23:59:59.999"), time.get(0));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <V extends FieldVector> V texts(V vector, ObjIntConsumer<byte[]> set, String... texts) {
        for (int i = 0; i < texts.length; i++) if (texts[i] != null) set.accept(utf8(texts[i]), i);
        vector.setValueCount(texts.length);
        return vector;
    }

    private VarCharVector utf8Vector(String name, String... texts) {
        VarCharVector vector = new VarCharVector(name, allocator);
        return texts(vector, (bytes, i) -> vector.setSafe(i, bytes), texts);
    }

    @Test
    void textsInEveryForm() {
        String[] texts = {
            "a", null, "", "exactly twelve", "twelve bytes", "a longer text than those", "a", "\u00e9\ud83d\ude00"
        };
        List<String> expected =
                Arrays.stream(texts).map(text -> text == null ? "" : text).toList();
        LargeVarCharVector large = new LargeVarCharVector("c", allocator);
        ViewVarCharVector view = new ViewVarCharVector("c", allocator);
        view.allocateNew(texts.length);
        assertEquals(expected, column(utf8Vector("c", texts)).asList());
        assertEquals(
                expected,
                column(texts(large, (bytes, i) -> large.setSafe(i, bytes), texts))
                        .asList());
        assertEquals(
                expected,
                column(texts(view, (bytes, i) -> view.setSafe(i, bytes), texts)).asList());
    }

    @Test
    void slicesAndVectorsWithoutValuesAreRead() {
        VarCharVector texts = utf8Vector("c", "zero", "one", null, "three", "four");
        var slice = texts.getTransferPair(allocator);
        slice.splitAndTransfer(1, 3);
        texts.close();
        assertEquals(
                List.of("one", "", "three"), column((FieldVector) slice.getTo()).asList());
        assertEquals(0, column(new VarCharVector("c", allocator)).size());
        assertEquals(0, column(new IntVector("c", allocator)).size());
        assertEquals(0, column(new ViewVarCharVector("c", allocator)).size());
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        VarCharVector vector = new VarCharVector("c", allocator);
        vector.setSafe(0, utf8("\ufffd"));
        vector.setSafe(1, new byte[] {'a', (byte) 0xff});
        vector.setValueCount(2);
        refused("column \"c\", row 1: its text is not UTF-8", vector);
    }

    @Test
    void brokenOffsetsAreRefused() {
        VarCharVector vector = utf8Vector("c", "ab", "cd");
        vector.getOffsetBuffer().setInt(8, 1 << 30);
        var refused = assertThrows(IllegalArgumentException.class, () -> column(vector));
        String begin = "column \"c\", row 1: its 1073741822 bytes from 2 on are not within the ";
        assertEquals(begin, refused.getMessage().substring(0, begin.length()));
    }

    private DictionaryProvider.MapDictionaryProvider dictionary(FieldVector entries) {
        return new DictionaryProvider.MapDictionaryProvider(
                new Dictionary(entries, new DictionaryEncoding(1, false, integer(8, true))));
    }

    private FieldVector indices(Integer... indices) {
        FieldType type = new FieldType(true, integer(8, true), new DictionaryEncoding(1, false, integer(8, true)));
        var vector = (org.apache.arrow.vector.TinyIntVector) type.createNewSingleVector("c", allocator, null);
        vector.allocateNew(indices.length);
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != null) vector.setSafe(i, indices[i]);
        }
        vector.setValueCount(indices.length);
        return vector;
    }

    @Test
    void dictionariesAreDecoded() {
        try (VarCharVector entries = utf8Vector("entries", "unused", "b", null, "", "b", "a")) {
            Table table = convert(indices(5, 1, null, 2, 3, 4, 5), dictionary(entries), SubMillis.REFUSE);
            assertEquals(
                    List.of("a", "b", "", "", "", "b", "a"), table.column("c").asList());
            assertEquals(3, table.column("c").countUnique());
        }
        try (BigIntVector entries = new BigIntVector("entries", allocator)) {
            for (int i = 0; i < 3; i++) entries.setSafe(i, 10L * i);
            entries.setNull(3);
            entries.setValueCount(4);
            Table table = convert(indices(2, null, 0, 3), dictionary(entries), SubMillis.REFUSE);
            assertEquals(
                    Arrays.asList(20L, null, 0L, null),
                    List.of(0, 1, 2, 3).stream().map(table.longColumn("c")::get).toList());
        }
    }

    @Test
    void dictionariesThatAreNotThereAreRefused() {
        refused(
                "column \"c\" is encoded with dictionary 1, which is not given: pass a DictionaryProvider that has it",
                indices(0));
        try (VarCharVector entries = utf8Vector("entries", "a")) {
            refused("column \"c\", row 1: index 1 into a dictionary of 1", indices(0, 1), dictionary(entries));
            refused("column \"c\", row 0: index -1 into a dictionary of 1", indices(-1), dictionary(entries));
        }
    }

    private RunEndEncodedVector runs(int rows, int[] ends) {
        Field endsField = Field.notNullable("run_ends", integer(32, true));
        Field values = Field.nullable("values", integer(32, true));
        RunEndEncodedVector vector = new RunEndEncodedVector(
                new Field("c", FieldType.notNullable(new ArrowType.RunEndEncoded()), List.of(endsField, values)),
                allocator,
                null);
        vector.initializeChildrenFromFields(vector.getField().getChildren());
        for (int i = 0; i < ends.length; i++) {
            ((IntVector) vector.getRunEndsVector()).setSafe(i, ends[i]);
            if (i != 1) ((IntVector) vector.getValuesVector()).setSafe(i, i * 10);
        }
        vector.getRunEndsVector().setValueCount(ends.length);
        vector.getValuesVector().setValueCount(ends.length);
        vector.setValueCount(rows);
        return vector;
    }

    @Test
    void runsAreExpanded() {
        Column<?> column = column(runs(6, new int[] {2, 3, 6}));
        assertEquals(Arrays.asList(0, 0, null, 20, 20, 20), Arrays.asList(column.asObjectArray()));
        refused("column \"c\", row 3: the runs end before it", runs(4, new int[] {2, 3}));
    }

    @Test
    void otherTypesAreRefusedByName() {
        Field item = Field.nullable("item", integer(32, true));
        for (ArrowType type : List.of(
                ArrowType.Null.INSTANCE,
                integer(64, false),
                new ArrowType.Decimal(10, 2, 128),
                ArrowType.Binary.INSTANCE,
                new ArrowType.FixedSizeBinary(4),
                new ArrowType.Duration(TimeUnit.MILLISECOND),
                new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
                ArrowType.List.INSTANCE,
                ArrowType.Struct.INSTANCE)) {
            List<Field> children = type.isComplex() ? List.of(item) : List.of();
            FieldVector vector = new Field("c", FieldType.nullable(type), children).createVector(allocator);
            refused(
                    "column \"c\" is of the Arrow type " + type
                            + ", which no Tablesaw column can hold without loss: convert it first, or leave it out",
                    vector);
        }
    }

    @Test
    void namesThatTablesawCannotHoldAreRefused() {
        refusedNames("columns \"A\" and \"a\" differ only in case", "A", "b", "a");
        refusedNames("columns \"\u00c9\" and \"\u00e9\" differ only in case", "\u00c9", "\u00e9");
        refusedNames("columns \"\u0131\" and \"I\" differ only in case", "\u0131", "I");
        refusedNames("columns \"i\" and \"\u0130\" differ only in case", "i", "\u0130");
        refusedNames("columns \"b\" and \"b\" have one name", "b", "a", "b");
        refusedNames("column \" a\" has spaces or control characters around its name", " a");
        refusedNames("column \"a\n\" has spaces or control characters around its name", "a\n");
    }

    private void refusedNames(String begin, String... names) {
        List<FieldVector> vectors = Arrays.stream(names)
                .map(name -> (FieldVector) new IntVector(name, allocator))
                .toList();
        try (VectorSchemaRoot root = new VectorSchemaRoot(vectors)) {
            var refused = assertThrows(IllegalArgumentException.class, () -> ArrowTables.toTable(root));
            assertEquals(begin, refused.getMessage().substring(0, begin.length()));
        }
    }

    @Test
    void aRowCountThatIsNotSetIsNoticed() {
        IntVector vector = new IntVector("c", allocator);
        vector.setSafe(0, 1);
        vector.setValueCount(1);
        try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector))) {
            root.setRowCount(1);
            vector.setValueCount(0);
            var refused = assertThrows(IllegalArgumentException.class, () -> ArrowTables.toTable(root));
            assertEquals("column \"c\" has 0 values, and the table 1 rows: set the row count", refused.getMessage());
        }
    }
}
