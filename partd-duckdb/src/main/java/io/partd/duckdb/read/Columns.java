package io.partd.duckdb.read;

import io.partd.text.Suggestions;
import io.partd.text.Text;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Finds columns by their names, which are told apart by case. */
public final class Columns {
    private Columns() {}

    /**
     * The one column of that name.
     *
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public static Field require(Schema schema, String name) {
        List<String> names = names(schema);
        require(names, name);
        return schema.getFields().get(names.indexOf(name));
    }

    /** The same of names alone. */
    static String require(Collection<String> there, String name) {
        long found = there.stream().filter(name::equals).count();
        if (found == 1) return name;
        throw found == 0
                ? missing(there, name)
                : new IllegalArgumentException("there are " + found + " columns " + Text.quote(name));
    }

    static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    static IllegalArgumentException missing(Collection<String> there, String name) {
        return new IllegalArgumentException("there is no column " + Text.quote(name) + Suggestions.hint(name, there));
    }
}
