package io.partd.arrow.column;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** A dictionary-encoded column that is written as its values. */
final class DictionaryValueColumn extends Column {
    private final Indices indices;
    private final Column values;
    /** Stands for a dictionary that is missing, where all is null. */
    private final Batch missing;

    /** The values' input nodes count within the dictionary, which has {@code nodes} of them. */
    DictionaryValueColumn(Field field, int in, Indices indices, Column values, int nodes) {
        super(field, in, values.out, 2, List.of());
        this.indices = indices;
        this.values = values;
        this.missing = new Batch(0, nodes, "a missing dictionary", 0);
    }

    @Override
    void check(Batch src) {
        indices.check(this, src);
        Batch dictionary = src.dictionaries[in];
        if (dictionary != null) dictionary.checkOnce(values);
    }

    @Override
    void measure(Batch src, Selection rows, ColumnOutput dst) {
        values.measure(dictionary(src), entries(src, rows), dst);
    }

    private Selection entries(Batch src, Selection rows) {
        int[] entries = indices.entries(this, src, rows);
        return Selection.rowsOrNulls(entries, entries.length);
    }

    private Batch dictionary(Batch src) {
        return src.dictionaries[in] == null ? missing : src.dictionaries[in];
    }

    @Override
    void layOut(ColumnOutput dst) {
        values.layOut(dst);
    }

    @Override
    void begin(ColumnOutput dst) {
        values.begin(dst);
    }

    @Override
    void copy(Batch src, Selection rows, ColumnOutput dst) {
        values.copy(dictionary(src), entries(src, rows), dst);
    }
}
