package io.partd.arrow.ipc;

import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns that are read of a table, in the order asked for. Immutable. */
public final class Projection {
    /** The fields by their place in the table. */
    final int[] fields;
    /** By place in the table: whether the field is read. */
    final boolean[] wanted;
    /** The ids of the dictionaries that are needed. */
    final Set<Long> dictionaries = new HashSet<>();

    private final TableSchema table;

    private Projection(TableSchema table, int[] fields) {
        this.table = table;
        this.fields = fields;
        this.wanted = new boolean[table.columns.length];
        for (int i : fields) {
            wanted[i] = true;
            addDictionaries(table.schema.getFields().get(i));
        }
    }

    private void addDictionaries(Field field) {
        if (field.getDictionary() != null)
            dictionaries.add(field.getDictionary().getId());
        field.getChildren().forEach(this::addDictionaries);
    }

    /**
     * The columns of these names, or all where none is named.
     *
     * @throws IllegalArgumentException naming a column that is not there, is there twice, or is named twice
     */
    public static Projection of(TableSchema table, List<String> names, String where) {
        List<Field> fields = table.schema.getFields();
        if (names.isEmpty()) {
            int[] all = new int[fields.size()];
            for (int i = 0; i < all.length; i++) all[i] = i;
            return new Projection(table, all);
        }
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String name : names) {
            if (!chosen.add(indexOf(fields, name, where))) {
                throw new IllegalArgumentException("column \"" + name + "\" is named twice: name it once");
            }
        }
        return new Projection(table, chosen.stream().mapToInt(i -> i).toArray());
    }

    private static int indexOf(List<Field> fields, String name, String where) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).getName().equals(name)) continue;
            if (found >= 0) {
                throw new IllegalArgumentException(where + " has two columns \"" + name + "\": read all columns");
            }
            found = i;
        }
        if (found >= 0) return found;
        String names = fields.stream().map(f -> "\"" + f.getName() + "\"").collect(Collectors.joining(", "));
        throw new IllegalArgumentException(where + " has no column \"" + name + "\": its columns are " + names);
    }

    /** Whether every field is read. */
    boolean isAll() {
        for (boolean each : wanted) {
            if (!each) return false;
        }
        return true;
    }

    /** The schema of what is read, in message format. */
    Schema schema() {
        List<Field> chosen = new ArrayList<>();
        for (int i : fields) chosen.add(table.schema.getFields().get(i));
        return new Schema(chosen, table.schema.getCustomMetadata());
    }

    /** The schema of what is read, once dictionaries are decoded. */
    public Schema decodedSchema() {
        Schema encoded = schema();
        return new Schema(encoded.getFields().stream().map(Projection::decoded).toList(), encoded.getCustomMetadata());
    }

    private static Field decoded(Field field) {
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), field.getType(), null, field.getMetadata()),
                field.getChildren().stream().map(Projection::decoded).toList());
    }

    /** The columns that decode what is read, and how many nodes they write. */
    public Decoder decoder() {
        ColumnFactory factory = ColumnFactory.decoding();
        int[] nodes = new int[wanted.length];
        ColumnFactory counter = ColumnFactory.decoding();
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = counter.inputNodes();
            counter.skip(table.schema.getFields().get(i));
        }
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = factory.at(table.schema.getFields().get(fields[i]), nodes[fields[i]]);
        }
        return new Decoder(columns, factory.outputNodes());
    }

    /** Columns that decode dictionaries, and how many nodes they write. */
    public record Decoder(Column[] columns, int nodes) {}
}
