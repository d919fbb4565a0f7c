package io.partd.arrow.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * One value of a vector in canonical form, as {@code canonical.mjs} writes it: integers, and what is stored as such, as
 * decimal text; floating-point numbers as their bits and bytes in hexadecimal; what is nested as lists; what a union
 * holds under its type id; dictionaries and run ends decoded.
 */
final class CanonicalValue {
    private final DictionaryProvider dictionaries;

    CanonicalValue(DictionaryProvider dictionaries) {
        this.dictionaries = dictionaries;
    }

    /**
     * The value in a row.
     *
     * @param field what the schema says of the vector: a UnionVector of its own forgets the type ids
     */
    Object of(Field field, ValueVector vector, int row) {
        if (vector instanceof ExtensionTypeVector<?> extension) return of(field, extension.getUnderlyingVector(), row);
        if (vector instanceof UnionVector union) return sparse(field, union, row);
        if (vector instanceof DenseUnionVector union) return dense(field, union, row);
        if (vector instanceof RunEndEncodedVector runs) return run(field, runs, row);
        if (vector instanceof NullVector || vector.isNull(row)) return null;
        if (field.getDictionary() != null) return entry(field, (BaseIntVector) vector, row);
        if (vector instanceof BitVector bits) return bits.get(row) != 0;
        if (vector instanceof BaseFixedWidthVector fixed) return fixed(fixed, row);
        byte[] bytes = bytes(vector, row);
        return bytes == null ? nested(field, (FieldVector) vector, row) : variable(vector, bytes);
    }

    private Object sparse(Field field, UnionVector union, int row) {
        return member(field, union.getTypeValue(row), union.getChildrenFromFields(), row);
    }

    private Object dense(Field field, DenseUnionVector union, int row) {
        return member(field, union.getTypeId(row), union.getChildrenFromFields(), union.getOffset(row));
    }

    private Object member(Field field, int id, List<FieldVector> children, int row) {
        int[] ids = ((ArrowType.Union) field.getType()).getTypeIds();
        int position = 0;
        while (ids[position] != id) position++;
        Field child = field.getChildren().get(position);
        return Collections.singletonMap(Integer.toString(id), of(child, children.get(position), row));
    }

    private Object run(Field field, RunEndEncodedVector runs, int row) {
        BaseIntVector ends = (BaseIntVector) runs.getRunEndsVector();
        int run = 0;
        while (ends.getValueAsLong(run) <= row) run++;
        return of(field.getChildren().get(1), runs.getValuesVector(), run);
    }

    private Object entry(Field field, BaseIntVector indices, int row) {
        long id = field.getDictionary().getId();
        FieldVector entries = dictionaries.lookup(id).getVector();
        Field plain = entries.getField();
        // Its own field may name the dictionary too, but its values are no indices.
        Field values = new Field(plain.getName(), FieldType.nullable(plain.getType()), plain.getChildren());
        long index = indices.getValueAsLong(row);
        if (index < 0 || index >= entries.getValueCount())
            throw new AssertionError("row " + row + " of " + field.getName() + " has the index " + index + " into the "
                    + entries.getValueCount() + " entries of dictionary " + id);
        return of(values, entries, (int) index);
    }

    private static Object fixed(BaseFixedWidthVector vector, int row) {
        byte[] little = new byte[vector.getTypeWidth()];
        vector.getDataBuffer().getBytes((long) row * little.length, little);
        return switch (vector.getMinorType()) {
            case FLOAT2, FLOAT4, FLOAT8 -> hex(reversed(little, 0, little.length));
            case FIXEDSIZEBINARY -> hex(little);
            case UINT1, UINT2, UINT4, UINT8 -> new BigInteger(1, reversed(little, 0, little.length)).toString();
            case INTERVALDAY -> List.of(signed(little, 0, 4), signed(little, 4, 8));
            case INTERVALMONTHDAYNANO -> List.of(signed(little, 0, 4), signed(little, 4, 8), signed(little, 8, 16));
            default -> signed(little, 0, little.length);
        };
    }

    private static String signed(byte[] little, int from, int to) {
        return new BigInteger(reversed(little, from, to)).toString();
    }

    private static byte[] reversed(byte[] bytes, int from, int to) {
        byte[] reversed = new byte[to - from];
        for (int i = 0; i < reversed.length; i++) reversed[i] = bytes[to - 1 - i];
        return reversed;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Object variable(ValueVector vector, byte[] bytes) {
        return switch (vector.getMinorType()) {
            case VARCHAR, LARGEVARCHAR, VIEWVARCHAR -> new String(bytes, StandardCharsets.UTF_8);
            default -> hex(bytes);
        };
    }

    /** The bytes of a text or binary value, or null for what is neither. */
    private static byte[] bytes(ValueVector vector, int row) {
        return switch (vector.getMinorType()) {
            case VARCHAR -> ((VarCharVector) vector).get(row);
            case VARBINARY -> ((VarBinaryVector) vector).get(row);
            case LARGEVARCHAR -> ((LargeVarCharVector) vector).get(row);
            case LARGEVARBINARY -> ((LargeVarBinaryVector) vector).get(row);
            case VIEWVARCHAR -> ((ViewVarCharVector) vector).get(row);
            case VIEWVARBINARY -> ((ViewVarBinaryVector) vector).get(row);
            default -> null;
        };
    }

    private List<Object> nested(Field field, FieldVector vector, int row) {
        return switch (vector.getMinorType()) {
            case STRUCT -> struct(field, vector, row);
            case LIST, MAP -> offsets(field, (ListVector) vector, row);
            case LARGELIST -> offsets(field, (LargeListVector) vector, row);
            case LISTVIEW -> view(field, (ListViewVector) vector, row);
            case LARGELISTVIEW -> view(field, (LargeListViewVector) vector, row);
            case FIXED_SIZE_LIST -> {
                int size = ((FixedSizeListVector) vector).getListSize();
                yield elements(field, vector, (long) row * size, size);
            }
            default -> throw new AssertionError("no canonical value for " + field);
        };
    }

    private List<Object> struct(Field field, FieldVector vector, int row) {
        List<Object> values = new ArrayList<>();
        List<FieldVector> children = vector.getChildrenFromFields();
        for (int i = 0; i < children.size(); i++)
            values.add(of(field.getChildren().get(i), children.get(i), row));
        return values;
    }

    private List<Object> offsets(Field field, ListVector list, int row) {
        int from = list.getElementStartIndex(row);
        return elements(field, list, from, list.getElementEndIndex(row) - from);
    }

    private List<Object> offsets(Field field, LargeListVector list, int row) {
        long from = list.getElementStartIndex(row);
        return elements(field, list, from, list.getElementEndIndex(row) - from);
    }

    private List<Object> view(Field field, ListViewVector list, int row) {
        ArrowBuf offsets = list.getOffsetBuffer();
        return elements(
                field, list, offsets.getInt(4L * row), list.getSizeBuffer().getInt(4L * row));
    }

    private List<Object> view(Field field, LargeListViewVector list, int row) {
        ArrowBuf offsets = list.getOffsetBuffer();
        return elements(
                field, list, offsets.getLong(8L * row), list.getSizeBuffer().getLong(8L * row));
    }

    private List<Object> elements(Field field, FieldVector list, long from, long count) {
        List<Object> values = new ArrayList<>();
        FieldVector child = list.getChildrenFromFields().get(0);
        Field element = field.getChildren().get(0);
        for (long i = from; i < from + count; i++) values.add(of(element, child, Math.toIntExact(i)));
        return values;
    }
}
