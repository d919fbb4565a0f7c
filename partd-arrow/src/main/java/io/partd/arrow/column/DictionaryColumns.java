package io.partd.arrow.column;

import io.partd.arrow.memory.Arena;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A dictionary of a table: its id in the stream, its number in the schema, and the column of its entries. */
public final class DictionaryColumns {
    public final long id;
    public final int number;
    public final Column values;
    public final int nodes;
    /** The same column with indices into other dictionaries as plain integers. */
    private final Column plain;

    DictionaryColumns(long id, int number, Column values, int nodes) {
        this.id = id;
        this.number = number;
        this.values = values;
        this.nodes = nodes;
        this.plain = ColumnFactory.decoding().of(plain(values.field));
    }

    /** The field with indices into other dictionaries as plain integers. */
    public static Field plain(Field field) {
        if (field.getDictionary() != null) {
            return new Field(
                    field.getName(), FieldType.nullable(field.getDictionary().getIndexType()), List.of());
        }
        return new Field(
                field.getName(),
                field.getFieldType(),
                field.getChildren().stream().map(DictionaryColumns::plain).toList());
    }

    /** The entries of a dictionary and of its delta, in memory of the arena. */
    public Batch extend(Batch base, Batch delta, Arena arena) {
        ColumnOutput target = new ColumnOutput(nodes, delta.where);
        Selection old = Selection.range(0, base.rows);
        Selection added = Selection.range(0, delta.rows);
        plain.measure(base, old, target);
        plain.measure(delta, added, target);
        Column[] columns = {plain};
        target.layOut(columns);
        target.place(arena.allocate(target.size()).memoryAddress());
        plain.begin(target);
        plain.copy(base, old, target);
        plain.copy(delta, added, target);
        Batch both = new Batch((int) target.rows[plain.out], nodes, delta.where, delta.offset);
        plain.addTo(both, target);
        both.extend(base);
        keepDictionaries(base, delta, both);
        both.checkOnce(values);
        return both;
    }

    private static void keepDictionaries(Batch base, Batch delta, Batch both) {
        for (int node = 0; node < both.dictionaries.length; node++) {
            Batch inner = delta.dictionaries[node];
            if (base.dictionaries[node] != null && (inner == null || !inner.isOrExtends(base.dictionaries[node]))) {
                throw delta.corrupt(
                        "a dictionary is extended after one that its entries are encoded with was replaced");
            }
            both.dictionaries[node] = inner;
        }
    }
}
