package io.partd.arrow.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads one canonical value at a time from a vector's buffers. */
final class ValueReader {
    private static final int VIEW_SIZE = 16;
    private static final int INLINE = 12;

    private final DictionaryProvider dictionaries;

    ValueReader(DictionaryProvider dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** The value at {@code row} of a vector that holds a column of {@code field}. */
    Object value(Field field, FieldVector wrapped, int row) {
        FieldVector vector = unwrap(wrapped);
        if (field.getDictionary() != null) return isValid(vector, row) ? decoded(field, vector, row) : null;
        ArrowType type = Shape.storage(field);
        return switch (type.getTypeID()) {
            case Null -> null;
            case Union -> tagged(field, (ArrowType.Union) type, vector, row);
            case RunEndEncoded -> run(field, vector, row);
            default -> isValid(vector, row) ? present(field, type, vector, row) : null;
        };
    }

    private static FieldVector unwrap(FieldVector vector) {
        return vector instanceof ExtensionTypeVector<?> extension
                ? (FieldVector) extension.getUnderlyingVector()
                : vector;
    }

    private static boolean isValid(FieldVector vector, int row) {
        ArrowBuf validity = vector.getValidityBuffer();
        return validity.capacity() == 0 || bit(validity, row);
    }

    private static boolean bit(ArrowBuf bits, int index) {
        return (bits.getByte(index >> 3) >> (index & 7) & 1) != 0;
    }

    private Object decoded(Field field, FieldVector indexes, int row) {
        Dictionary dictionary = dictionaries.lookup(field.getDictionary().getId());
        long index = integer(field.getDictionary().getIndexType(), indexes.getDataBuffer(), row);
        FieldVector entries = dictionary.getVector();
        return value(entries.getField(), entries, Math.toIntExact(index));
    }

    private Object present(Field field, ArrowType type, FieldVector vector, int row) {
        return switch (type.getTypeID()) {
            case Utf8, Binary -> slice(vector, row, 4);
            case LargeUtf8, LargeBinary -> slice(vector, row, 8);
            case Utf8View, BinaryView -> view((BaseVariableWidthViewVector) vector, row);
            case List, Map -> list(field, vector, row, 4);
            case LargeList -> list(field, vector, row, 8);
            case ListView -> listView(field, vector, ((ListViewVector) vector).getSizeBuffer(), row, 4);
            case LargeListView -> listView(field, vector, ((LargeListViewVector) vector).getSizeBuffer(), row, 8);
            case FixedSizeList -> fixedList(field, vector, row, ((ArrowType.FixedSizeList) type).getListSize());
            case Struct -> struct(field, vector, row);
            case Bool -> bit(vector.getDataBuffer(), row);
            default -> scalar(type, vector.getDataBuffer(), row);
        };
    }

    private static BinaryValue slice(FieldVector vector, int row, int width) {
        long start = number(vector.getOffsetBuffer(), row, width);
        long end = number(vector.getOffsetBuffer(), row + 1L, width);
        return bytes(vector.getDataBuffer(), start, Math.toIntExact(end - start));
    }

    private static BinaryValue view(BaseVariableWidthViewVector vector, int row) {
        long start = (long) row * VIEW_SIZE;
        ArrowBuf views = vector.getDataBuffer();
        int length = views.getInt(start);
        if (length <= INLINE) return bytes(views, start + 4, length);
        ArrowBuf data = vector.getDataBuffers().get(views.getInt(start + 8));
        return bytes(data, views.getInt(start + 12), length);
    }

    private static BinaryValue bytes(ArrowBuf buffer, long start, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(start, bytes);
        return new BinaryValue(bytes);
    }

    private List<Object> list(Field field, FieldVector vector, int row, int width) {
        long start = number(vector.getOffsetBuffer(), row, width);
        return items(field, vector, start, number(vector.getOffsetBuffer(), row + 1L, width));
    }

    private List<Object> listView(Field field, FieldVector vector, ArrowBuf sizes, int row, int width) {
        long start = number(vector.getOffsetBuffer(), row, width);
        return items(field, vector, start, start + number(sizes, row, width));
    }

    private List<Object> fixedList(Field field, FieldVector vector, int row, int size) {
        return items(field, vector, (long) row * size, (row + 1L) * size);
    }

    private List<Object> items(Field field, FieldVector vector, long start, long end) {
        Field itemField = field.getChildren().get(0);
        FieldVector itemVector = vector.getChildrenFromFields().get(0);
        List<Object> items = new ArrayList<>();
        for (long i = start; i < end; i++) items.add(value(itemField, itemVector, Math.toIntExact(i)));
        return Collections.unmodifiableList(items);
    }

    private List<Object> struct(Field field, FieldVector vector, int row) {
        List<FieldVector> children = vector.getChildrenFromFields();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < children.size(); i++)
            values.add(value(field.getChildren().get(i), children.get(i), row));
        return Collections.unmodifiableList(values);
    }

    private Tagged tagged(Field field, ArrowType.Union type, FieldVector vector, int row) {
        DenseUnionVector dense = vector instanceof DenseUnionVector union ? union : null;
        ArrowBuf ids = dense == null ? ((UnionVector) vector).getTypeBuffer() : dense.getTypeBuffer();
        int id = ids.getByte(row);
        if (id <= 0 && IntStream.of(type.getTypeIds()).noneMatch(each -> each == id))
            return null; // a null of Arrow Java
        int child = Encoder.position(type, id);
        int at = dense == null ? row : dense.getOffsetBuffer().getInt(4L * row);
        return new Tagged(
                id,
                value(
                        field.getChildren().get(child),
                        vector.getChildrenFromFields().get(child),
                        at));
    }

    private Object run(Field field, FieldVector vector, int row) {
        List<FieldVector> children = vector.getChildrenFromFields();
        int width = FixedWidth.of(field.getChildren().get(0).getType());
        int run = 0;
        while (number(children.get(0).getDataBuffer(), run, width) <= row) run++;
        return value(field.getChildren().get(1), children.get(1), run);
    }

    private static Object scalar(ArrowType type, ArrowBuf data, int row) {
        int width = FixedWidth.of(type);
        return switch (type.getTypeID()) {
            case Int -> integer((ArrowType.Int) type, data, row);
            case FloatingPoint -> new Real(width * 8, number(data, row, width) & -1L >>> (64 - width * 8));
            case Decimal -> decimal(bytes(data, (long) row * width, width), ((ArrowType.Decimal) type).getScale());
            case FixedSizeBinary -> bytes(data, (long) row * width, width);
            case Date, Time, Timestamp, Duration -> number(data, row, width);
            case Interval -> interval(((ArrowType.Interval) type).getUnit(), data, row);
            default -> throw new IllegalArgumentException("no way to read the type " + type);
        };
    }

    private static Object interval(IntervalUnit unit, ArrowBuf data, int row) {
        return switch (unit) {
            case YEAR_MONTH -> number(data, row, 4);
            case DAY_TIME -> List.<Object>of(number(data, 2L * row, 4), number(data, 2L * row + 1, 4));
            case MONTH_DAY_NANO ->
                List.<Object>of(
                        number(data, 4L * row, 4), number(data, 4L * row + 1, 4), number(data, 2L * row + 1, 8));
        };
    }

    private static long integer(ArrowType.Int type, ArrowBuf data, int row) {
        long value = number(data, row, type.getBitWidth() / 8);
        return type.getIsSigned() ? value : value & -1L >>> (64 - type.getBitWidth());
    }

    /** The signed number at an index of a buffer of such numbers. */
    private static long number(ArrowBuf data, long index, int width) {
        return switch (width) {
            case 1 -> data.getByte(index);
            case 2 -> data.getShort(2 * index);
            case 4 -> data.getInt(4 * index);
            default -> data.getLong(8 * index);
        };
    }

    private static BigDecimal decimal(BinaryValue little, int scale) {
        byte[] big = little.array().clone();
        for (int i = 0; i < big.length; i++) big[i] = little.array()[big.length - 1 - i];
        return new BigDecimal(new BigInteger(big), scale);
    }
}
