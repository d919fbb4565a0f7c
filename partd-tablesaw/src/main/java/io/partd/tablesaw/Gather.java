package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Makes columns of the entries of a dictionary, or of runs. */
final class Gather {
    private static final int UNUSED = -2;

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

    /** The entries that are used are numbered in the order in which they come; they may be equal. */
    private static Column<?> texts(StringColumn entries, int[] rows) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> texts = new ArrayList<>();
        int[] codes = new int[entries.size()];
        Arrays.fill(codes, UNUSED);
        int[] ofRows = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int entry = rows[i];
            if (entry >= 0 && codes[entry] == UNUSED) codes[entry] = code(entries.get(entry), numbers, texts);
            ofRows[i] = entry < 0 ? TextDictionary.MISSING : codes[entry];
        }
        return TextDictionary.column(entries.name(), ofRows, texts.toArray(new String[0]));
    }

    private static int code(String text, Map<String, Integer> numbers, List<String> texts) {
        if (text.isEmpty()) return TextDictionary.MISSING;
        Integer known = numbers.putIfAbsent(text, texts.size());
        if (known != null) return known;
        texts.add(text);
        return texts.size() - 1;
    }
}
