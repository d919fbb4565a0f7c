package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Gives canonical values one of the physical forms that the columnar format allows for them, drawn at random: validity
 * left out where nothing is null, offsets that do not start at zero, child rows that nothing refers to, values under
 * nulls, views into several buffers, list views out of order and shared, runs that could be longer, dictionary entries
 * chosen among equal ones.
 */
public final class Encoder {
    /** How far the physical form may stray. */
    public enum Style {
        /** Nothing but what the values need. */
        TIDY,
        /** What Arrow Java slices correctly: no gaps in a dense union's children, an offset of zero for no rows. */
        SLICEABLE,
        /** Whatever the columnar format allows. */
        WILD
    }

    /** Stands for a slot that no value of the parent shows. */
    private static final Object HOLE = new Object();

    private final Dice dice;
    private final RandomValues values;
    private final Map<Long, List<Object>> entries;
    private final Style style;
    private final boolean tidy;

    public Encoder(Dice dice, Map<Long, List<Object>> entries, Style style) {
        this.dice = dice;
        this.values = new RandomValues(dice, entries);
        this.entries = entries;
        this.style = style;
        this.tidy = style == Style.TIDY;
    }

    public Encoded encode(Field field, List<Object> column) {
        List<Object> filled = new ArrayList<>();
        for (Object value : column) filled.add(value == HOLE ? values.value(field) : value);
        if (field.getDictionary() != null) return indexes(field, filled);
        ArrowType type = Shape.storage(field);
        return switch (type.getTypeID()) {
            case Null -> new Encoded(field, filled.size(), filled.size(), List.of(), List.of());
            case Bool -> bits(field, filled);
            case Utf8, Binary -> variable(field, filled, 4);
            case LargeUtf8, LargeBinary -> variable(field, filled, 8);
            case Utf8View, BinaryView -> views(field, filled);
            case List, Map -> lists(field, filled, 4);
            case LargeList -> lists(field, filled, 8);
            case ListView -> listViews(field, filled, 4);
            case LargeListView -> listViews(field, filled, 8);
            case FixedSizeList -> fixedLists(field, filled, ((ArrowType.FixedSizeList) type).getListSize());
            case Struct -> structs(field, filled);
            case Union ->
                ((ArrowType.Union) type).getMode() == UnionMode.Sparse
                        ? sparse(field, filled, (ArrowType.Union) type)
                        : dense(field, filled, (ArrowType.Union) type);
            case RunEndEncoded -> runs(field, filled);
            default -> fixed(field, type, filled);
        };
    }

    /** A null row is a null index or, where the dictionary has one, a null entry. */
    private Encoded indexes(Field field, List<Object> column) {
        List<Object> dictionary = entries.get(field.getDictionary().getId());
        List<Object> indexes = new ArrayList<>();
        for (Object value : column) {
            List<Object> places = new ArrayList<>();
            if (value == null) places.add(null);
            for (int i = 0; i < dictionary.size(); i++) {
                if (Objects.equals(dictionary.get(i), value)) places.add((long) i);
            }
            indexes.add(dice.oneOf(places));
        }
        return fixed(field, field.getDictionary().getIndexType(), indexes);
    }

    private Encoded fixed(Field field, ArrowType type, List<Object> column) {
        int width = FixedWidth.of(type);
        LittleEndian data = new LittleEndian();
        for (Object value : column) {
            data.bytes(value == null ? underNull(width) : FixedWidth.encode(type, value));
        }
        return leaf(field, column, data.bytes(excess()).toBytes());
    }

    private Encoded bits(Field field, List<Object> column) {
        byte[] bits = bitmap(column.size());
        for (int i = 0; i < column.size(); i++) {
            if (column.get(i) != null) setBit(bits, i, (Boolean) column.get(i));
        }
        return leaf(field, column, bits);
    }

    private Encoded variable(Field field, List<Object> column, int width) {
        LittleEndian offsets = new LittleEndian();
        LittleEndian data = new LittleEndian().bytes(excess());
        if (!column.isEmpty() || style == Style.SLICEABLE || dice.chance(50)) offsets.number(data.size(), width);
        for (Object value : column) {
            data.bytes(value == null ? excess() : ((BinaryValue) value).array());
            offsets.number(data.size(), width);
        }
        return leaf(field, column, offsets.toBytes(), data.bytes(excess()).toBytes());
    }

    private Encoded views(Field field, List<Object> column) {
        ViewEncoder views = new ViewEncoder(dice, tidy);
        for (Object value : column) views.add(value == null && !tidy ? new BinaryValue(excess()) : (BinaryValue) value);
        byte[][] buffers = views.buffers();
        return leaf(field, column, buffers);
    }

    private Encoded lists(Field field, List<Object> column, int width) {
        LittleEndian offsets = new LittleEndian();
        List<Object> items = column.isEmpty() ? gap(100) : holes();
        if (!column.isEmpty() || style == Style.SLICEABLE || dice.chance(50)) offsets.number(items.size(), width);
        for (Object value : column) {
            items.addAll(value == null ? holes() : (List<?>) value);
            offsets.number(items.size(), width);
        }
        items.addAll(holes());
        return parent(field, column, List.of(offsets.toBytes()), List.of(items));
    }

    private Encoded listViews(Field field, List<Object> column, int width) {
        int rows = column.size();
        long[] offsets = new long[rows];
        long[] sizes = new long[rows];
        List<Object> items = holes();
        for (int row : order(rows)) {
            List<?> value = column.get(row) == null ? holes() : (List<?>) column.get(row);
            int shared = tidy || dice.chance(30) ? -1 : Collections.indexOfSubList(items, value);
            if (shared < 0 && dice.chance(30)) items.addAll(holes());
            offsets[row] = shared < 0 ? items.size() : shared;
            sizes[row] = value.size();
            if (shared < 0) items.addAll(value);
        }
        items.addAll(holes());
        LittleEndian offsetBytes = new LittleEndian();
        LittleEndian sizeBytes = new LittleEndian();
        for (int i = 0; i < rows; i++) {
            offsetBytes.number(offsets[i], width);
            sizeBytes.number(sizes[i], width);
        }
        return parent(field, column, List.of(offsetBytes.toBytes(), sizeBytes.toBytes()), List.of(items));
    }

    private List<Integer> order(int rows) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows; i++) order.add(tidy ? i : dice.below(i + 1), i);
        return order;
    }

    private Encoded fixedLists(Field field, List<Object> column, int size) {
        List<Object> items = new ArrayList<>();
        for (Object value : column) {
            items.addAll(value == null ? Collections.nCopies(size, HOLE) : (List<?>) value);
        }
        return parent(field, column, List.of(), List.of(items));
    }

    private Encoded structs(Field field, List<Object> column) {
        List<List<Object>> children = new ArrayList<>();
        for (int child = 0; child < field.getChildren().size(); child++) {
            List<Object> items = new ArrayList<>();
            for (Object value : column) items.add(value == null ? HOLE : ((List<?>) value).get(child));
            children.add(items);
        }
        return parent(field, column, List.of(), children);
    }

    private Encoded sparse(Field field, List<Object> column, ArrowType.Union type) {
        List<List<Object>> children = new ArrayList<>();
        for (int id : type.getTypeIds()) {
            List<Object> items = new ArrayList<>();
            for (Object value : column) {
                Tagged tagged = (Tagged) value;
                items.add(tagged.typeId() == id ? tagged.value() : HOLE);
            }
            children.add(items);
        }
        return union(field, column, List.of(typeBytes(column)), children);
    }

    private Encoded dense(Field field, List<Object> column, ArrowType.Union type) {
        List<List<Object>> children = new ArrayList<>();
        for (int i = 0; i < type.getTypeIds().length; i++) children.add(gap(100));
        LittleEndian offsets = new LittleEndian();
        for (Object value : column) {
            Tagged tagged = (Tagged) value;
            List<Object> items = children.get(position(type, tagged.typeId()));
            items.addAll(gap(10));
            offsets.number(items.size(), 4);
            items.add(tagged.value());
        }
        for (List<Object> items : children) items.addAll(gap(100));
        return union(field, column, List.of(typeBytes(column), offsets.toBytes()), children);
    }

    /** Where in a union's children the one with a type id stands. */
    static int position(ArrowType.Union type, int typeId) {
        int[] ids = type.getTypeIds();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == typeId) return i;
        }
        throw new IllegalArgumentException("no type id " + typeId + " in " + type);
    }

    private byte[] typeBytes(List<Object> column) {
        LittleEndian ids = new LittleEndian();
        for (Object value : column) ids.number(((Tagged) value).typeId(), 1);
        return ids.bytes(excess()).toBytes();
    }

    private Encoded runs(Field field, List<Object> column) {
        List<Object> ends = new ArrayList<>();
        List<Object> runs = new ArrayList<>();
        for (int i = 0; i < column.size(); i++) {
            boolean last = i + 1 == column.size();
            if (!last && Objects.equals(column.get(i), column.get(i + 1)) && dice.chance(80)) continue;
            ends.add(i + 1L);
            runs.add(column.get(i));
        }
        List<Encoded> children = List.of(
                encode(field.getChildren().get(0), ends),
                encode(field.getChildren().get(1), runs));
        return new Encoded(field, column.size(), 0, List.of(), children);
    }

    private Encoded leaf(Field field, List<Object> column, byte[]... buffers) {
        return withValidity(field, column, List.of(buffers), List.of());
    }

    private Encoded parent(Field field, List<Object> column, List<byte[]> buffers, List<List<Object>> children) {
        return withValidity(field, column, buffers, encodeAll(field, children));
    }

    private Encoded union(Field field, List<Object> column, List<byte[]> buffers, List<List<Object>> children) {
        return new Encoded(field, column.size(), 0, buffers, encodeAll(field, children));
    }

    private List<Encoded> encodeAll(Field field, List<List<Object>> children) {
        List<Encoded> encoded = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            encoded.add(encode(field.getChildren().get(i), children.get(i)));
        }
        return encoded;
    }

    private Encoded withValidity(Field field, List<Object> column, List<byte[]> buffers, List<Encoded> children) {
        int nulls = Collections.frequency(column, null);
        byte[] validity = nulls == 0 && dice.chance(50) ? new byte[0] : bitmap(column.size());
        for (int i = 0; validity.length > 0 && i < column.size(); i++) setBit(validity, i, column.get(i) != null);
        List<byte[]> all = new ArrayList<>(List.of(validity));
        all.addAll(buffers);
        return new Encoded(field, column.size(), nulls, all, children);
    }

    /** Bits of any value, for at least so many rows. */
    private byte[] bitmap(int rows) {
        int bytes = (rows + 7) / 8 + excess().length;
        return tidy ? new byte[bytes] : dice.bytes(bytes);
    }

    private static void setBit(byte[] bits, int index, boolean value) {
        int mask = 1 << (index & 7);
        bits[index >> 3] = (byte) (value ? bits[index >> 3] | mask : bits[index >> 3] & ~mask);
    }

    private byte[] underNull(int width) {
        return tidy || dice.chance(30) ? new byte[width] : dice.bytes(width);
    }

    private byte[] excess() {
        return tidy || dice.chance(60) ? new byte[0] : dice.bytes(dice.below(20));
    }

    private List<Object> holes() {
        return new ArrayList<>(Collections.nCopies(tidy || dice.chance(70) ? 0 : dice.below(4), HOLE));
    }

    private List<Object> gap(int percent) {
        return style == Style.WILD && dice.chance(percent) ? holes() : new ArrayList<>();
    }
}
