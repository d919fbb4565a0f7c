package io.partd.tablesaw;

import io.partd.tablesaw.testing.ForeignTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.Column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Arrow types that Tablesaw has not are converted where nothing is lost, and refused with column, type and row. */
class ForeignTypesTest extends ForeignTypes {
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
