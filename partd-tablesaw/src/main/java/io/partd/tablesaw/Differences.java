package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** How the columns of a table differ from those of the key that it was appended to. */
final class Differences {
    private Differences() {}

    /** What differs, or null where nothing does. A schema without columns differs from none. */
    static String of(Schema stored, Schema given) {
        if (stored.getFields().isEmpty() || given.getFields().isEmpty()) return null;
        List<String> has = names(stored);
        List<String> gets = names(given);
        if (has.equals(gets)) return types(stored, given);
        List<String> missing = without(has, gets);
        List<String> extra = without(gets, has);
        if (missing.isEmpty() && extra.isEmpty()) {
            return "holds the columns " + has + " and is given them in another order, " + gets
                    + ": put them in order with reorderColumns";
        }
        return "holds the columns " + has + " and is given others: " + (missing.isEmpty() ? "" : missing + " missing")
                + (missing.isEmpty() || extra.isEmpty() ? "" : ", ") + (extra.isEmpty() ? "" : extra + " more");
    }

    private static String types(Schema stored, Schema given) {
        for (int i = 0; i < stored.getFields().size(); i++) {
            Field has = stored.getFields().get(i);
            Field gets = given.getFields().get(i);
            if (!has.getType().equals(gets.getType()) || has.getDictionary() != null) {
                return "holds column \"" + has.getName() + "\" as " + describe(has) + " and is given " + describe(gets);
            }
            if (!has.isNullable()) {
                return "holds column \"" + has.getName() + "\" as " + describe(has)
                        + " without nulls, where a table may have missing values";
            }
        }
        return null;
    }

    private static String describe(Field field) {
        String type = Kinds.nameOf(field.getType());
        String encoded = field.getDictionary() == null ? "" : ", dictionary-encoded";
        return (type == null ? "" : type + " (") + "Arrow's " + field.getType() + encoded + (type == null ? "" : ")");
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    private static List<String> without(List<String> names, List<String> others) {
        List<String> rest = new ArrayList<>(names);
        rest.removeAll(others);
        return rest;
    }
}
