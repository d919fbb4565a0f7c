package io.partd.arrow.partition;

import io.partd.arrow.testing.SlowMurmur3;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.UuidVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The values that Appendix B of the Apache Iceberg table specification publishes, for each column that can hold them.
 */
class IcebergHashTest {
    private static final LocalDateTime MOMENT = LocalDateTime.parse("2017-11-16T22:31:08");
    private static final int MOMENT_HASH = -2047944441;
    private static final LocalDateTime MICRO_LATER = LocalDateTime.parse("2017-11-16T22:31:08.000001");
    private static final int MICRO_LATER_HASH = -1207196810;

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void integers() {
        int hash = 2017239379;
        check(hash, new TinyIntVector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new SmallIntVector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new IntVector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new BigIntVector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new UInt1Vector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new UInt2Vector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new UInt4Vector("c", allocator), v -> v.setSafe(0, 34));
        check(hash, new UInt8Vector("c", allocator), v -> v.setSafe(0, 34));
    }

    @Test
    void decimalsOfAnyScaleAndWidth() {
        int hash = -500754589;
        check(hash, new DecimalVector("c", allocator, 9, 2), v -> v.setSafe(0, new BigDecimal("14.20")));
        check(hash, new DecimalVector("c", allocator, 9, 0), v -> v.setSafe(0, new BigDecimal("1420")));
        check(hash, new Decimal256Vector("c", allocator, 50, 2), v -> v.setSafe(0, new BigDecimal("14.20")));
    }

    @Test
    void dates() {
        int hash = -653330422;
        int day = (int) LocalDate.parse("2017-11-16").toEpochDay();
        check(hash, new DateDayVector("c", allocator), v -> v.setSafe(0, day));
        check(hash, new DateMilliVector("c", allocator), v -> v.setSafe(0, day * 86_400_000L));
    }

    @Test
    void times() {
        int hash = -662762989;
        int second = LocalTime.parse("22:31:08").toSecondOfDay();
        check(hash, new TimeSecVector("c", allocator), v -> v.setSafe(0, second));
        check(hash, new TimeMilliVector("c", allocator), v -> v.setSafe(0, second * 1_000));
        check(hash, new TimeMicroVector("c", allocator), v -> v.setSafe(0, second * 1_000_000L));
        check(hash, new TimeNanoVector("c", allocator), v -> v.setSafe(0, second * 1_000_000_000L));
    }

    @Test
    void timestamps() {
        long second = MOMENT.toEpochSecond(ZoneOffset.UTC);
        check(MOMENT_HASH, new TimeStampSecVector("c", allocator), v -> v.setSafe(0, second));
        check(MOMENT_HASH, new TimeStampMilliVector("c", allocator), v -> v.setSafe(0, second * 1_000));
        check(MOMENT_HASH, new TimeStampMicroVector("c", allocator), v -> v.setSafe(0, micros(MOMENT)));
        check(MICRO_LATER_HASH, new TimeStampMicroVector("c", allocator), v -> v.setSafe(0, micros(MICRO_LATER)));
        long nanos = micros(MOMENT) * 1_000;
        check(MOMENT_HASH, new TimeStampNanoVector("c", allocator), v -> v.setSafe(0, nanos));
        check(MICRO_LATER_HASH, new TimeStampNanoVector("c", allocator), v -> v.setSafe(0, nanos + 1_001));
    }

    @Test
    void timestampsWithZones() {
        LocalDateTime moment = utc("2017-11-16T14:31:08-08:00");
        LocalDateTime later = utc("2017-11-16T14:31:08.000001-08:00");
        String zone = "America/Los_Angeles";
        long second = moment.toEpochSecond(ZoneOffset.UTC);
        check(MOMENT_HASH, new TimeStampSecTZVector("c", allocator, zone), v -> v.setSafe(0, second));
        check(MOMENT_HASH, new TimeStampMilliTZVector("c", allocator, zone), v -> v.setSafe(0, second * 1_000));
        check(MOMENT_HASH, new TimeStampMicroTZVector("c", allocator, zone), v -> v.setSafe(0, micros(moment)));
        check(MICRO_LATER_HASH, new TimeStampMicroTZVector("c", allocator, zone), v -> v.setSafe(0, micros(later)));
        long nanos = micros(moment) * 1_000;
        check(MOMENT_HASH, new TimeStampNanoTZVector("c", allocator, zone), v -> v.setSafe(0, nanos));
        check(MICRO_LATER_HASH, new TimeStampNanoTZVector("c", allocator, zone), v -> v.setSafe(0, nanos + 1_001));
    }

    @Test
    void nanosecondsBefore1970AreRoundedDown() {
        check(hashLong(-1), new TimeStampNanoVector("c", allocator), v -> v.setSafe(0, -1));
        check(hashLong(-1), new TimeStampNanoVector("c", allocator), v -> v.setSafe(0, -1_000));
        check(hashLong(-2), new TimeStampNanoVector("c", allocator), v -> v.setSafe(0, -1_001));
    }

    @Test
    void text() {
        int hash = 1210000089;
        byte[] iceberg = "iceberg".getBytes(StandardCharsets.UTF_8);
        check(hash, new VarCharVector("c", allocator), v -> v.setSafe(0, iceberg));
        check(hash, new LargeVarCharVector("c", allocator), v -> v.setSafe(0, iceberg));
        check(hash, new ViewVarCharVector("c", allocator), v -> v.setSafe(0, new Text("iceberg")));
    }

    @Test
    void binary() {
        int hash = -188683207;
        byte[] bytes = {0, 1, 2, 3};
        check(hash, new VarBinaryVector("c", allocator), v -> v.setSafe(0, bytes));
        check(hash, new LargeVarBinaryVector("c", allocator), v -> v.setSafe(0, bytes));
        check(hash, new ViewVarBinaryVector("c", allocator), v -> v.setSafe(0, bytes));
        check(hash, new FixedSizeBinaryVector("c", allocator, 4), v -> v.setSafe(0, bytes));
    }

    @Test
    void uuid() {
        UUID uuid = UUID.fromString("f79c3e09-677c-4bbd-a479-3f349cb785e7");
        check(1488055340, new UuidVector("c", allocator), v -> v.setSafe(0, uuid));
    }

    @Test
    void whatIsListedThereThoughNotValidForBucketing() {
        check(1392991556, new BitVector("c", allocator), v -> v.setSafe(0, 1));
        check(1669671676, new BitVector("c", allocator), v -> v.setSafe(0, 0));
        int one = -142385009;
        check(one, new Float8Vector("c", allocator), v -> v.setSafe(0, 1.0));
        check(one, new Float4Vector("c", allocator), v -> v.setSafe(0, 1.0f));
        check(one, new Float2Vector("c", allocator), v -> v.setSafe(0, (short) 0x3c00));
        int zero = 1669671676;
        check(zero, new Float8Vector("c", allocator), v -> v.setSafe(0, 0.0));
        check(zero, new Float8Vector("c", allocator), v -> v.setSafe(0, -0.0));
        check(zero, new Float4Vector("c", allocator), v -> v.setSafe(0, 0.0f));
        check(zero, new Float4Vector("c", allocator), v -> v.setSafe(0, -0.0f));
        check(zero, new Float2Vector("c", allocator), v -> v.setSafe(0, (short) 0x8000));
        int nan = hashLong(0x7ff8000000000000L);
        check(nan, new Float8Vector("c", allocator), v -> v.setSafe(0, Double.longBitsToDouble(0xfff0000000000123L)));
        check(nan, new Float4Vector("c", allocator), v -> v.setSafe(0, Float.intBitsToFloat(0x7fc01234)));
        check(nan, new Float2Vector("c", allocator), v -> v.setSafe(0, (short) 0x7e01));
    }

    @Test
    void anUnsignedLongThatNoLongHoldsIsItsBytes() {
        check(hashLong(-2), new UInt8Vector("c", allocator), v -> v.setSafe(0, -2L));
    }

    @Test
    void severalColumnsCombine() {
        try (IntVector a = new IntVector("a", allocator);
                VarCharVector b = new VarCharVector("b", allocator)) {
            a.setSafe(0, 34);
            a.setSafe(1, 34);
            b.setSafe(0, "iceberg".getBytes(StandardCharsets.UTF_8));
            VectorSchemaRoot root = new VectorSchemaRoot(List.<FieldVector>of(a, b));
            root.setRowCount(3);
            PartAssignment parts = new HashRule(1000, List.of("a", "b")).assign(root, null);
            int first = 31 * 2017239379 + 1210000089;
            assertEquals((first & Integer.MAX_VALUE) % 1000, parts.part[0]);
            assertEquals((31 * 2017239379 & Integer.MAX_VALUE) % 1000, parts.part[1], "a null counts as 0");
            assertEquals(0, parts.part[2]);
            assertEquals(1000, parts.count);
        }
    }

    private static int hashLong(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) bytes[i] = (byte) (value >> 8 * i);
        return SlowMurmur3.hash(bytes);
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
    }

    private static LocalDateTime utc(String text) {
        return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** The hash itself, and the buckets that users see. */
    private static <V extends FieldVector> void check(int hash, V vector, Consumer<V> set) {
        try (vector) {
            set.accept(vector);
            VectorSchemaRoot root = new VectorSchemaRoot(List.<FieldVector>of(vector));
            root.setRowCount(2);
            PartitionColumn column = PartitionColumn.of(root, "c", null);
            assertEquals(hash, column.evaluate(new HashKernel(column, -1, 0), 2)[0]);
            for (int n : new int[] {1, 16, 1000, 1 << 30}) {
                PartAssignment parts = new HashRule(n, List.of("c")).assign(root, null);
                int bucket = (hash & Integer.MAX_VALUE) % n;
                assertEquals(bucket, parts.part[0]);
                assertEquals("" + bucket, parts.key(bucket));
                assertEquals("\\N", parts.key(parts.part[1]));
                assertEquals(n + 1, parts.count);
            }
        }
    }
}
