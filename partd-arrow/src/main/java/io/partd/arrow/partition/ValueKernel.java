package io.partd.arrow.partition;

import java.time.DateTimeException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Numbers the different values of one column of one batch, and knows their texts. For one call and one thread. */
final class ValueKernel implements RowCodes {
    private static final int NULL = -1;

    private final PartitionColumn column;
    private ArrowType type;
    private LongGroups longs;
    private SpanGroups spans;
    private String[] texts = new String[0];

    ValueKernel(PartitionColumn column) {
        this.column = column;
    }

    @Override
    public int nullCode() {
        return NULL;
    }

    /** The number of different values. */
    int count() {
        return texts.length;
    }

    @Override
    public int[] apply(FieldVector vector, int rows) {
        type = vector.getField().getType();
        int[] numbers = new int[rows];
        NullMask nulls = NullMask.of(column, vector, rows);
        if (LongValues.holds(type)) {
            longs = new LongGroups();
            number(LongValues.of(column, vector, rows, nulls), nulls, numbers);
            texts = new String[longs.count];
        } else if (SpanValues.holds(type)) {
            spans = new SpanGroups();
            number(SpanValues.of(column, vector, rows, nulls), nulls, numbers);
            texts = new String[spans.count];
        } else {
            throw column.error("values of type " + type + " have no text that could be a key: use another column");
        }
        return numbers;
    }

    private void number(LongValues values, NullMask nulls, int[] numbers) {
        LongGroups groups = longs;
        boolean any = nulls.any();
        long[] chunk = LongValues.chunk(numbers.length);
        for (int from = 0; from < numbers.length; from += chunk.length) {
            int n = values.read(from, chunk);
            for (int i = 0; i < n; i++) {
                numbers[from + i] = any && nulls.isNull(from + i) ? NULL : groups.number(chunk[i]);
            }
        }
    }

    private void number(SpanValues values, NullMask nulls, int[] numbers) {
        SpanGroups groups = spans;
        boolean any = nulls.any();
        long[] address = values.address;
        int[] length = values.length;
        for (int from = 0; from < numbers.length; from += address.length) {
            int n = values.read(from);
            for (int i = 0; i < n; i++) {
                numbers[from + i] = any && nulls.isNull(from + i) ? NULL : groups.number(address[i], length[i]);
            }
        }
    }

    /** The text of the value of that number, or of a null. */
    String text(int number) {
        if (number == NULL) return KeyText.NULL;
        if (texts[number] == null) texts[number] = KeyText.escape(write(number));
        return texts[number];
    }

    private String write(int number) {
        if (longs == null) return ValueText.ofBytes(column, type, spans.addresses[number], spans.lengths[number]);
        long value = longs.words[number];
        try {
            return ValueText.ofLong(type, value);
        } catch (DateTimeException | ArithmeticException e) {
            throw column.error("the value " + value + " is out of the range of " + type, e);
        }
    }
}
