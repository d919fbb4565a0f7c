package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.DictionaryUtility;

/**
 * Fields and types in canonical form, as {@code canonical.mjs} writes them. Extension types appear as their storage.
 */
final class CanonicalType implements ArrowType.ArrowTypeVisitor<String> {
    private static final CanonicalType TEXT = new CanonicalType();

    private CanonicalType() {}

    static String text(ArrowType type) {
        return type.accept(TEXT);
    }

    /** A field in memory, where one with a dictionary has the type of its indices. */
    static Object field(Field field, DictionaryProvider dictionaries) {
        return field(DictionaryUtility.toMessageFormat(field, dictionaries, new HashSet<>()), field.getName());
    }

    private static Object field(Field field, String name) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        canonical.put("name", name);
        canonical.put("type", text(field.getType()));
        canonical.put("nullable", field.isNullable());
        canonical.put("metadata", metadata(field.getMetadata()));
        canonical.put("dictionary", dictionary(field.getDictionary()));
        canonical.put("children", children(field));
        return canonical;
    }

    /** The children of maps get their usual names, for apache-arrow gives them these whatever the stream says. */
    private static List<Object> children(Field field) {
        boolean isMap = field.getType() instanceof ArrowType.Map;
        return field.getChildren().stream()
                .map(child -> isMap ? entries(child) : field(child, child.getName()))
                .collect(Collectors.toList());
    }

    private static Object entries(Field entries) {
        @SuppressWarnings("unchecked") // field() makes no other maps
        Map<String, Object> canonical = (Map<String, Object>) field(entries, "entries");
        List<Field> children = entries.getChildren();
        canonical.put("children", List.of(field(children.get(0), "key"), field(children.get(1), "value")));
        return canonical;
    }

    private static Object dictionary(DictionaryEncoding encoding) {
        if (encoding == null) return null;
        Map<String, Object> canonical = new LinkedHashMap<>();
        canonical.put("id", Long.toString(encoding.getId()));
        canonical.put("index", text(encoding.getIndexType()));
        canonical.put("ordered", encoding.isOrdered());
        return canonical;
    }

    /** A list of pairs in the order of their keys: the order in which they were written is nobody's promise. */
    static List<Object> metadata(Map<String, String> metadata) {
        List<Object> pairs = new ArrayList<>();
        if (metadata != null) new TreeMap<>(metadata).forEach((key, value) -> pairs.add(List.of(key, value)));
        return pairs;
    }

    private static String unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> "s";
            case MILLISECOND -> "ms";
            case MICROSECOND -> "us";
            case NANOSECOND -> "ns";
        };
    }

    @Override
    public String visit(ArrowType.Null type) {
        return "null";
    }

    @Override
    public String visit(ArrowType.Bool type) {
        return "bool";
    }

    @Override
    public String visit(ArrowType.Int type) {
        return (type.getIsSigned() ? "int" : "uint") + type.getBitWidth();
    }

    @Override
    public String visit(ArrowType.FloatingPoint type) {
        FloatingPointPrecision precision = type.getPrecision();
        return precision == FloatingPointPrecision.HALF
                ? "float16"
                : precision == FloatingPointPrecision.SINGLE ? "float32" : "float64";
    }

    @Override
    public String visit(ArrowType.Decimal type) {
        return "decimal" + type.getBitWidth() + "(" + type.getPrecision() + "," + type.getScale() + ")";
    }

    @Override
    public String visit(ArrowType.Date type) {
        return "date[" + (type.getUnit() == DateUnit.DAY ? "day" : "ms") + "]";
    }

    @Override
    public String visit(ArrowType.Time type) {
        return "time" + type.getBitWidth() + "[" + unit(type.getUnit()) + "]";
    }

    @Override
    public String visit(ArrowType.Timestamp type) {
        return "timestamp[" + unit(type.getUnit()) + (type.getTimezone() == null ? "" : "," + type.getTimezone()) + "]";
    }

    @Override
    public String visit(ArrowType.Duration type) {
        return "duration[" + unit(type.getUnit()) + "]";
    }

    @Override
    public String visit(ArrowType.Interval type) {
        String unit = switch (type.getUnit()) {
            case YEAR_MONTH -> "year_month";
            case DAY_TIME -> "day_time";
            case MONTH_DAY_NANO -> "month_day_nano";
        };
        return "interval[" + unit + "]";
    }

    @Override
    public String visit(ArrowType.Utf8 type) {
        return "utf8";
    }

    @Override
    public String visit(ArrowType.LargeUtf8 type) {
        return "large_utf8";
    }

    @Override
    public String visit(ArrowType.Utf8View type) {
        return "utf8_view";
    }

    @Override
    public String visit(ArrowType.Binary type) {
        return "binary";
    }

    @Override
    public String visit(ArrowType.LargeBinary type) {
        return "large_binary";
    }

    @Override
    public String visit(ArrowType.BinaryView type) {
        return "binary_view";
    }

    @Override
    public String visit(ArrowType.FixedSizeBinary type) {
        return "fixed_size_binary(" + type.getByteWidth() + ")";
    }

    @Override
    public String visit(ArrowType.List type) {
        return "list";
    }

    @Override
    public String visit(ArrowType.LargeList type) {
        return "large_list";
    }

    @Override
    public String visit(ArrowType.ListView type) {
        return "list_view";
    }

    @Override
    public String visit(ArrowType.LargeListView type) {
        return "large_list_view";
    }

    @Override
    public String visit(ArrowType.FixedSizeList type) {
        return "fixed_size_list(" + type.getListSize() + ")";
    }

    @Override
    public String visit(ArrowType.Struct type) {
        return "struct";
    }

    @Override
    public String visit(ArrowType.Map type) {
        return type.getKeysSorted() ? "map(sorted)" : "map";
    }

    @Override
    public String visit(ArrowType.Union type) {
        String ids =
                Arrays.stream(type.getTypeIds()).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return (type.getMode() == UnionMode.Dense ? "dense" : "sparse") + "_union(" + ids + ")";
    }

    @Override
    public String visit(ArrowType.RunEndEncoded type) {
        return "run_end_encoded";
    }
}
