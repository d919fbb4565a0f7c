package io.partd.arrow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The rows of a table in the order of their parts, and within a part in their own order: a stable counting sort. */
final class PartRows {
    private final int[] order;
    /** By part: where its rows end in the order. */
    private final int[] ends;

    PartRows(int[] part, int count) {
        this.order = new int[part.length];
        int[] next = new int[count + 1];
        for (int each : part) next[each + 1]++;
        for (int i = 1; i <= count; i++) next[i] += next[i - 1];
        for (int i = 0; i < part.length; i++) order[next[part[i]]++] = i;
        this.ends = next;
    }

    /** The rows of each part that has some, by its key. */
    Map<String, Selection> byKey(IntFunction<String> keys) {
        Map<String, Selection> rows = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i < ends.length - 1; i++) {
            if (ends[i] > start) rows.put(keys.apply(i), Selection.rows(order, start, ends[i]));
            start = ends[i];
        }
        return rows;
    }

    static Map<String, Selection> byKey(Parts parts) {
        return new PartRows(parts.part, parts.count).byKey(parts::key);
    }
}
