package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Random schemas over every type, nested up to three deep. */
final class RandomSchemas {
    private static final int DEEPEST = 3;
    private static final List<String> NAMES = List.of(
            "id", "", " ", "ключ", "a.b", "x/y\\z", "\"quoted\"", "📦", "line\nbreak", "select", "$data$", "a,b");

    private final Dice dice;
    private final List<Shape.Dict> dictionaries = new ArrayList<>();

    private RandomSchemas(Dice dice) {
        this.dice = dice;
    }

    /** A shape of up to {@code most} columns, each of which {@code wanted} accepts. */
    static Shape draw(Dice dice, int most, Predicate<Field> wanted) {
        int columns = dice.chance(3) ? 0 : dice.between(1, most);
        return new RandomSchemas(dice).shape(columns, wanted);
    }

    private Shape shape(int columns, Predicate<Field> wanted) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (fields.size() < columns) {
            int dictionariesBefore = dictionaries.size();
            Field field = field(name(names), 0);
            if (wanted.test(field)
                    && dictionariesSince(dictionariesBefore).stream().allMatch(wanted)) fields.add(field);
            else dictionaries.subList(dictionariesBefore, dictionaries.size()).clear();
        }
        return new Shape(new Schema(fields, metadata()), used(fields));
    }

    /** Fields that were thrown away have left dictionaries behind. */
    private List<Shape.Dict> used(List<Field> fields) {
        Set<Long> ids = new HashSet<>();
        fields.forEach(field -> collectIds(field, ids));
        return dictionaries.stream().filter(dict -> ids.contains(dict.id())).toList();
    }

    private void collectIds(Field field, Set<Long> ids) {
        field.getChildren().forEach(child -> collectIds(child, ids));
        if (field.getDictionary() == null) return;
        long id = field.getDictionary().getId();
        ids.add(id);
        for (Shape.Dict dict : dictionaries) {
            if (dict.id() == id) collectIds(dict.values(), ids);
        }
    }

    private List<Field> dictionariesSince(int first) {
        return dictionaries.subList(first, dictionaries.size()).stream()
                .map(Shape.Dict::values)
                .toList();
    }

    private Field field(String name, int depth) {
        return dice.chance(14) ? dictionaryField(name, depth) : plainField(name, depth, dice.chance(75));
    }

    private Field plainField(String name, int depth, boolean nullable) {
        if (depth < DEEPEST && dice.chance(45)) return nested(name, depth, nullable);
        ArrowType type = Leaves.draw(dice);
        boolean canBeNull = nullable || type.equals(ArrowType.Null.INSTANCE);
        return make(name, canBeNull, labelled(type), List.of());
    }

    /** A dictionary's values are never all null, so neither nulls nor runs of them. */
    private Field dictionaryField(String name, int depth) {
        if (dictionaries.isEmpty() || dice.chance(70)) {
            Field values = dictionaryValues(depth);
            ArrowType.Int index = (ArrowType.Int) dice.oneOf(Leaves.INTEGERS);
            long id = dice.chance(20) ? 7_000_000_000L + dictionaries.size() : dictionaries.size();
            dictionaries.add(new Shape.Dict(new DictionaryEncoding(id, dice.chance(20), index), values));
        }
        DictionaryEncoding encoding = dice.oneOf(dictionaries).encoding();
        FieldType type = new FieldType(dice.chance(75), encoding.getIndexType(), encoding, metadata());
        return new Field(name, type, List.of());
    }

    private Field dictionaryValues(int depth) {
        while (true) {
            Field values = plainField("values", Math.max(depth, 1), true);
            ArrowType.ArrowTypeID id = Shape.storage(values).getTypeID();
            if (id != ArrowType.ArrowTypeID.Null && id != ArrowType.ArrowTypeID.RunEndEncoded && javaKeepsIds(values)) {
                return values;
            }
        }
    }

    /** Arrow Java takes a dictionary's type from its vector, and a sparse union's vector forgets the type ids. */
    private static boolean javaKeepsIds(Field field) {
        if (Shape.storage(field) instanceof ArrowType.Union union) {
            List<Integer> ids = new ArrayList<>();
            for (Field child : field.getChildren()) ids.add(ordinal(child));
            int[] actual = union.getTypeIds();
            for (int i = 0; i < actual.length; i++) {
                if (union.getMode() == UnionMode.Sparse && actual[i] != ids.get(i)) return false;
                if (union.getMode() == UnionMode.Dense && i > 0 && actual[i] < actual[i - 1]) return false;
            }
        }
        return field.getChildren().stream().allMatch(RandomSchemas::javaKeepsIds);
    }

    private Field nested(String name, int depth, boolean nullable) {
        int kind = dice.below(11);
        return switch (kind) {
            case 0 -> make(name, nullable, labelled(ArrowType.List.INSTANCE), List.of(field("item", depth + 1)));
            case 1 -> make(name, nullable, ArrowType.LargeList.INSTANCE, List.of(field("item", depth + 1)));
            case 2 -> make(name, nullable, ArrowType.ListView.INSTANCE, List.of(field("item", depth + 1)));
            case 3 -> make(name, nullable, ArrowType.LargeListView.INSTANCE, List.of(field("item", depth + 1)));
            case 4 -> fixedSizeList(name, depth, nullable);
            case 5 -> map(name, depth, nullable);
            case 6 -> union(name, depth, nullable, UnionMode.Sparse);
            case 7 -> union(name, depth, nullable, UnionMode.Dense);
            case 8 -> runs(name, depth);
            default -> make(name, nullable, labelled(ArrowType.Struct.INSTANCE), children(dice.below(4), depth));
        };
    }

    /** Arrow Java cannot make the vector of a fixed-size list of unions. */
    private Field fixedSizeList(String name, int depth, boolean nullable) {
        Field item = field("item", depth + 1);
        while (item.getType() instanceof ArrowType.Union) item = field("item", depth + 1);
        return make(name, nullable, new ArrowType.FixedSizeList(dice.below(4)), List.of(item));
    }

    private Field map(String name, int depth, boolean nullable) {
        Field key = plainField("key", DEEPEST, false);
        if (key.isNullable()) key = make("key", false, ArrowType.Utf8.INSTANCE, List.of());
        Field entries = make("entries", false, ArrowType.Struct.INSTANCE, List.of(key, field("value", depth + 1)));
        return make(name, nullable, new ArrowType.Map(dice.chance(30)), List.of(entries));
    }

    private Field union(String name, int depth, boolean nullable, UnionMode mode) {
        List<Field> children = children(dice.between(1, 4), depth);
        return make(name, nullable, new ArrowType.Union(mode, typeIds(children)), children);
    }

    /** Type ids in one of three ways: as Arrow Java numbers them where it can, from zero, or any. */
    private int[] typeIds(List<Field> children) {
        int[] ordinals = children.stream().mapToInt(RandomSchemas::ordinal).toArray();
        if (dice.chance(40) && ordinals.length == new HashSet<>(List.of(box(ordinals))).size()) return ordinals;
        List<Integer> any = new ArrayList<>(List.of(5, 0, 127, 42, 3));
        if (dice.chance(70)) Collections.sort(any);
        boolean fromZero = dice.chance(50);
        int[] ids = new int[children.size()];
        for (int i = 0; i < ids.length; i++) ids[i] = fromZero ? i : any.get(i);
        return ids;
    }

    private static Integer[] box(int[] numbers) {
        Integer[] boxed = new Integer[numbers.length];
        for (int i = 0; i < boxed.length; i++) boxed[i] = numbers[i];
        return boxed;
    }

    private static int ordinal(Field field) {
        return Types.getMinorTypeForArrowType(field.getType()).ordinal();
    }

    private Field runs(String name, int depth) {
        ArrowType ends = new ArrowType.Int(dice.oneOf(List.of(16, 32, 64)), true);
        Field values = field("values", depth + 1);
        while (Shape.storage(values).equals(ArrowType.Null.INSTANCE)) values = field("values", depth + 1);
        Field runEnds = new Field("run_ends", FieldType.notNullable(ends), List.of());
        return make(name, values.isNullable(), ArrowType.RunEndEncoded.INSTANCE, List.of(runEnds, values));
    }

    /** Arrow Java replaces a child by the next one of the same name, so names differ. */
    private List<Field> children(int count, int depth) {
        List<Field> children = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) children.add(field(name(names), depth + 1));
        return children;
    }

    private String name(Set<String> taken) {
        String name = dice.oneOf(NAMES);
        while (!taken.add(name)) name = name + dice.below(10);
        return name;
    }

    private ArrowType labelled(ArrowType type) {
        return dice.chance(8) ? new LabelType(type, "label " + dice.below(100)) : type;
    }

    private Field make(String name, boolean nullable, ArrowType type, List<Field> children) {
        return new Field(name, new FieldType(nullable, type, null, metadata()), children);
    }

    private Map<String, String> metadata() {
        if (dice.chance(80)) return Map.of();
        return dice.chance(50) ? Map.of("unit", "m²") : Map.of("", "empty key", "empty value", "");
    }
}
