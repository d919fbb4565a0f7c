package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.TableSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;
import static org.apache.arrow.memory.util.MemoryUtil.putInt;
import static org.apache.arrow.memory.util.MemoryUtil.putLong;

/** Arrays of points in time, stored as a number each. */
final class TemporalKind<E> extends ObjectKind<E> {
    static final TemporalKind<Instant> INSTANTS = new TemporalKind<>(
            Instant[].class,
            new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC"),
            Long.BYTES,
            value -> nanos(value.getEpochSecond(), value.getNano()),
            TemporalKind::instant,
            new Instant[] {instant(Long.MIN_VALUE), instant(Long.MAX_VALUE)});

    static final TemporalKind<LocalDateTime> DATE_TIMES = new TemporalKind<>(
            LocalDateTime[].class,
            new ArrowType.Timestamp(TimeUnit.NANOSECOND, null),
            Long.BYTES,
            value -> nanos(value.toEpochSecond(ZoneOffset.UTC), value.getNano()),
            TemporalKind::dateTime,
            new LocalDateTime[] {dateTime(Long.MIN_VALUE), dateTime(Long.MAX_VALUE)});

    static final TemporalKind<LocalDate> DATES = new TemporalKind<>(
            LocalDate[].class,
            new ArrowType.Date(DateUnit.DAY),
            Integer.BYTES,
            value -> Math.toIntExact(value.toEpochDay()),
            LocalDate::ofEpochDay,
            new LocalDate[] {LocalDate.ofEpochDay(Integer.MIN_VALUE), LocalDate.ofEpochDay(Integer.MAX_VALUE)});

    private static final long SECOND = 1_000_000_000;

    private final ArrowType stored;
    private final int width;
    private final ToLongFunction<E> encode;
    private final LongFunction<E> decode;
    private final E[] range;
    private final TableSchema table;

    /** The encoding throws an ArithmeticException outside of the range. */
    private TemporalKind(
            Class<E[]> type, ArrowType stored, int width, ToLongFunction<E> encode, LongFunction<E> decode, E[] range) {
        super(type);
        this.stored = stored;
        this.width = width;
        this.encode = encode;
        this.decode = decode;
        this.range = range;
        this.table = schema(stored);
    }

    private static long nanos(long seconds, int nano) {
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, SECOND), nano - SECOND)
                : Math.addExact(Math.multiplyExact(seconds, SECOND), nano);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    private static LocalDateTime dateTime(long nanos) {
        return LocalDateTime.ofInstant(instant(nanos), ZoneOffset.UTC);
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored") // whether it can be encoded is asked, not what comes out
    public void check(E[] array, String key) {
        for (int i = 0; i < array.length; i++) {
            try {
                if (array[i] != null) encode.applyAsLong(array[i]);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "key \"" + key + "\": element " + i + " is " + array[i] + ", and " + name() + " are stored as "
                                + width * 8 + "-bit numbers, which hold " + range[0] + " to " + range[1],
                        e);
            }
        }
    }

    @Override
    public TableSchema table(E[] array) {
        return table;
    }

    @Override
    boolean reads(Field column) {
        return column.getType().equals(stored);
    }

    @Override
    int measure(E[] array, int from, ColumnOutput dst) {
        int to = from + Math.min(array.length - from, MAX_BODY / (width + 1));
        measureValidity(array, from, to, dst);
        dst.addBuffer((long) (to - from) * width);
        return to;
    }

    @Override
    void write(E[] array, int from, int to, ColumnOutput dst) {
        writeValidity(array, from, to, dst);
        long at = dst.addresses[1];
        for (int i = from; i < to; i++, at += width) {
            E value = array[i];
            long number = value == null ? 0 : encode.applyAsLong(value);
            if (width == Long.BYTES) putLong(at, number);
            else putInt(at, (int) number);
        }
    }

    @Override
    void read(Batch src, Field column, E[] dst, int at) {
        long from = src.address(0, 1);
        for (int i = 0; i < src.rows; i++, from += width) {
            if (!isNull(src, i)) dst[at + i] = decode.apply(width == Long.BYTES ? getLong(from) : getInt(from));
        }
    }
}
