package io.partd.arrow.column;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which tables may be appended to which: names, order and types are equal; metadata, the child names of lists and maps
 * and the ids of dictionaries may differ; what is not null may go to where nulls may be, not the reverse.
 */
public final class SchemaRules {
    private static final String EXTENSION_NAME = ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME;
    private static final String EXTENSION_METADATA = ArrowType.ExtensionType.EXTENSION_METADATA_KEY_METADATA;

    private SchemaRules() {}

    /** What keeps a table from being appended to what is stored, or null where nothing does. */
    public static String difference(Schema stored, Schema given) {
        List<Field> has = stored.getFields();
        List<Field> gets = given.getFields();
        for (int i = 0; i < Math.min(has.size(), gets.size()); i++) {
            String difference = difference(i, has.get(i), gets.get(i));
            if (difference != null) return difference;
        }
        if (has.size() == gets.size()) return null;
        boolean more = gets.size() > has.size();
        Field first = more ? gets.get(has.size()) : has.get(gets.size());
        return "it holds " + has.size() + " columns and is given " + gets.size() + ": column \"" + first.getName()
                + "\" is " + (more ? "not among those that it holds" : "missing");
    }

    private static String difference(int i, Field stored, Field given) {
        if (!stored.getName().equals(given.getName())) {
            return "its column " + i + " is \"" + stored.getName() + "\" and the one given is \"" + given.getName()
                    + "\": names and their order must be equal";
        }
        String path = "column \"" + stored.getName() + "\"";
        return difference(path, stored, given, namesCount(stored));
    }

    private static String difference(String path, Field stored, Field given, boolean namesCount) {
        if (!sameType(stored, given)
                || stored.getChildren().size() != given.getChildren().size()) {
            return path + " holds " + describe(stored) + " and is given " + describe(given);
        }
        if (given.isNullable() && !stored.isNullable()) {
            return path + " holds " + describe(stored) + " without nulls and is given one that may have nulls";
        }
        for (int i = 0; i < stored.getChildren().size(); i++) {
            Field mine = stored.getChildren().get(i);
            Field other = given.getChildren().get(i);
            if (namesCount && !mine.getName().equals(other.getName())) {
                return path + " holds " + describe(stored) + " and is given " + describe(given);
            }
            boolean childNamesCount = namesCount(mine) && !isMap(stored);
            String difference = difference(path + "." + mine.getName(), mine, other, childNamesCount);
            if (difference != null) return difference;
        }
        return null;
    }

    /**
     * The children of structs and unions are known by their names, those of lists, maps and runs by their place; so are
     * those of the struct that a map has for its entries.
     */
    private static boolean namesCount(Field parent) {
        ArrowType type = ColumnFactory.storage(parent.getType());
        return type instanceof ArrowType.Struct || type instanceof ArrowType.Union;
    }

    private static boolean isMap(Field field) {
        return ColumnFactory.storage(field.getType()) instanceof ArrowType.Map;
    }

    /** Whether two fields, whatever their own names, hold the same types all the way down. */
    public static boolean sameTypes(Field one, Field other) {
        return difference("", nullable(one), other, namesCount(one)) == null;
    }

    private static Field nullable(Field field) {
        return new Field(
                field.getName(),
                new FieldType(true, field.getType(), field.getDictionary(), null),
                field.getChildren());
    }

    private static boolean sameType(Field one, Field other) {
        return ColumnFactory.storage(one.getType()).equals(ColumnFactory.storage(other.getType()))
                && extension(one, EXTENSION_NAME).equals(extension(other, EXTENSION_NAME))
                && extension(one, EXTENSION_METADATA).equals(extension(other, EXTENSION_METADATA))
                && sameEncoding(one.getDictionary(), other.getDictionary());
    }

    /** An extension type is known by its name, also where it is not registered here. */
    private static String extension(Field field, String key) {
        if (field.getType() instanceof ArrowType.ExtensionType type) {
            return key.equals(EXTENSION_NAME) ? type.extensionName() : type.serialize();
        }
        Map<String, String> metadata = field.getMetadata();
        return metadata == null ? "" : Objects.requireNonNullElse(metadata.get(key), "");
    }

    private static boolean sameEncoding(DictionaryEncoding one, DictionaryEncoding other) {
        if (one == null || other == null) return one == null && other == null;
        return one.getIndexType().equals(other.getIndexType()) && one.isOrdered() == other.isOrdered();
    }

    private static String describeExtension(Field field, String name) {
        String parameters = extension(field, EXTENSION_METADATA);
        return "extension " + name + (parameters.isEmpty() ? "" : "(" + parameters + ")") + " of "
                + ColumnFactory.storage(field.getType());
    }

    private static String describe(Field field) {
        String name = extension(field, EXTENSION_NAME);
        StringBuilder text = new StringBuilder(field.getType().toString());
        if (!name.isEmpty()) text = new StringBuilder(describeExtension(field, name));
        if (!field.getChildren().isEmpty()) {
            text.append('<');
            for (Field child : field.getChildren()) {
                if (text.charAt(text.length() - 1) != '<') text.append(", ");
                text.append(child.getName()).append(": ").append(describe(child));
            }
            text.append('>');
        }
        if (field.getDictionary() != null) {
            text.append(" encoded as ").append(field.getDictionary().getIndexType());
        }
        return text.toString();
    }
}
