package io.partd.arrow.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Makes the columns of fields in message format, in which a dictionary-encoded field has the type of its values.
 * Numbers their nodes in the order of the IPC format: the parent first, then its children.
 */
public final class ColumnFactory {
    private final boolean decode;
    private final List<DictionaryColumns> dictionaries;
    private int in;
    private int out;

    private ColumnFactory(boolean decode, List<DictionaryColumns> dictionaries, int out) {
        this.decode = decode;
        this.dictionaries = dictionaries;
        this.out = out;
    }

    /** Columns that write what is dictionary-encoded as its values. */
    public static ColumnFactory decoding() {
        return new ColumnFactory(true, null, 0);
    }

    /**
     * Columns that keep dictionaries; they are added to the list, each after those that its entries are encoded with.
     */
    public static ColumnFactory keeping(List<DictionaryColumns> dictionaries) {
        return new ColumnFactory(false, dictionaries, 0);
    }

    public int inputNodes() {
        return in;
    }

    public int outputNodes() {
        return out;
    }

    public Column[] of(List<Field> fields) {
        return fields.stream().map(this::of).toArray(Column[]::new);
    }

    Column of(Field field) {
        int node = in++;
        if (field.getDictionary() != null) return ofDictionary(field, node);
        int target = out++;
        ArrowType type = storage(field.getType());
        List<Column> children = new ArrayList<>();
        for (Field child : field.getChildren()) children.add(of(child));
        return column(field, type, node, target, children);
    }

    /** The column of a type, by its layout (Arrow columnar format, "Physical memory layout"). */
    private static Column column(Field field, ArrowType type, int in, int out, List<Column> children) {
        requireChildren(field, type);
        return switch (type.getTypeID()) {
            case Null -> new NullColumn(field, in, out);
            case Bool -> new BitColumn(field, in, out);
            case Utf8, Binary -> new BinaryColumn(field, in, out, false);
            case LargeUtf8, LargeBinary -> new BinaryColumn(field, in, out, true);
            case Utf8View, BinaryView -> new ViewColumn(field, in, out);
            case List, Map -> new ListColumn(field, in, out, false, only(field, children));
            case LargeList -> new ListColumn(field, in, out, true, only(field, children));
            case ListView -> new ListViewColumn(field, in, out, false, only(field, children));
            case LargeListView -> new ListViewColumn(field, in, out, true, only(field, children));
            case FixedSizeList -> new FixedListColumn(field, in, out, listSize(field, type), only(field, children));
            case Struct -> new StructColumn(field, in, out, children);
            case Union -> union(field, (ArrowType.Union) type, in, out, children);
            case RunEndEncoded -> runEnds(field, in, out, children);
            default -> new FixedColumn(field, in, out, FixedColumn.width(field, type));
        };
    }

    /** The column of a field whose first node in the batches is known. */
    public Column at(Field field, int node) {
        in = node;
        return of(field);
    }

    /** Passes over the nodes of a field in the batches. */
    public void skip(Field field) {
        in++;
        if (field.getDictionary() == null) field.getChildren().forEach(this::skip);
    }

    private Column ofDictionary(Field field, int node) {
        DictionaryEncoding encoding = field.getDictionary();
        Indices indices = Indices.of(field);
        if (decode) {
            ColumnFactory inner = new ColumnFactory(true, null, out);
            Column values = inner.of(valuesOf(field));
            out = inner.out;
            return new DictionaryValueColumn(field, node, indices, values, inner.in);
        }
        int number = number(field, encoding);
        return new DictionaryIndexColumn(field, node, out++, indices, number, dictionaries.get(number).values);
    }

    /** The dictionary's number: those that its entries are encoded with come before it. */
    private int number(Field field, DictionaryEncoding encoding) {
        DictionaryColumns known = find(encoding.getId());
        if (known == null) {
            ColumnFactory inner = new ColumnFactory(false, dictionaries, 0);
            Column values = inner.of(valuesOf(field));
            if (find(encoding.getId()) != null) throw twice(field, encoding);
            known = new DictionaryColumns(encoding.getId(), dictionaries.size(), values, inner.in);
            dictionaries.add(known);
        } else if (!SchemaRules.sameTypes(known.values.field, valuesOf(field))) {
            throw twice(field, encoding);
        }
        return known.number;
    }

    private DictionaryColumns find(long id) {
        for (DictionaryColumns dictionary : dictionaries) {
            if (dictionary.id == id) return dictionary;
        }
        return null;
    }

    private static IllegalArgumentException twice(Field field, DictionaryEncoding encoding) {
        return new IllegalArgumentException("column \"" + field.getName() + "\" is encoded with dictionary "
                + encoding.getId() + ", which has values of another type elsewhere: use one id for each dictionary");
    }

    /** The field of a dictionary's entries, which may be null. */
    static Field valuesOf(Field field) {
        return new Field(
                field.getName(), new FieldType(true, field.getType(), null, field.getMetadata()), field.getChildren());
    }

    public static ArrowType storage(ArrowType type) {
        ArrowType storage = type;
        while (storage instanceof ArrowType.ExtensionType extension) storage = extension.storageType();
        return storage;
    }

    private static void requireChildren(Field field, ArrowType type) {
        boolean named = type instanceof ArrowType.Struct || type instanceof ArrowType.Union;
        for (Field child : field.getChildren()) {
            if (!type.isComplex()) throw new IllegalArgumentException(describe(field) + " has children");
            if (named && child.getName() == null)
                throw new IllegalArgumentException(describe(field) + " has a child without a name");
        }
    }

    private static String describe(Field field) {
        return "column \"" + field.getName() + "\", which is a " + field.getType() + ",";
    }

    private static Column only(Field field, List<Column> children) {
        if (children.size() == 1) return children.get(0);
        throw new IllegalArgumentException("column \"" + field.getName() + "\" is a " + field.getType() + " and has "
                + children.size() + " children, not one");
    }

    private static int listSize(Field field, ArrowType type) {
        int size = ((ArrowType.FixedSizeList) type).getListSize();
        if (size >= 0) return size;
        throw new IllegalArgumentException("column \"" + field.getName() + "\" has lists of " + size + " values");
    }

    private static Column union(Field field, ArrowType.Union type, int in, int out, List<Column> children) {
        TypeIds ids = new TypeIds(field, type);
        return type.getMode() == UnionMode.Dense
                ? new DenseUnionColumn(field, in, out, ids, children)
                : new UnionColumn(field, in, out, ids, children);
    }

    private static Column runEnds(Field field, int in, int out, List<Column> children) {
        if (children.size() == 2
                && children.get(0) instanceof FixedColumn ends
                && ends.field.getType() instanceof ArrowType.Int type
                && type.getIsSigned()
                && type.getBitWidth() > 8) {
            return new RunEndColumn(field, in, out, ends, children.get(1));
        }
        throw new IllegalArgumentException("column \"" + field.getName()
                + "\" is run-end encoded: its children must be run ends of 16, 32 or 64 bits, and values");
    }
}
