package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Makes columns of the entries of a dictionary, or of runs. */
final class Gather {
    private Gather() {}

    /** The values of a column at these rows; -1 is a missing one. */
    static Column<?> rows(Column<?> entries, int[] rows) {
        return entries instanceof StringColumn texts ? texts(texts, rows) : append(entries, rows);
    }

    private static <T> Column<T> append(Column<T> entries, int[] rows) {
        Column<T> column = entries.emptyCopy();
        for (int row : rows) {
            if (row < 0) column.appendMissing();
            else column.append(entries, row);
        }
        return column;
    }

    private static Column<?> texts(StringColumn entries, int[] rows) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> texts = new ArrayList<>();
        int[] codes = new int[entries.size()];
        for (int i = 0; i < codes.length; i++) {
            String text = entries.get(i);
            codes[i] = text.isEmpty() ? TextDictionary.MISSING : numbers.computeIfAbsent(text, t -> numbers.size());
            if (codes[i] == texts.size()) texts.add(text);
        }
        int[] ofRows = new int[rows.length];
        for (int i = 0; i < rows.length; i++) ofRows[i] = rows[i] < 0 ? TextDictionary.MISSING : codes[rows[i]];
        return TextDictionary.column(entries.name(), ofRows, texts.toArray(new String[0]));
    }
}
