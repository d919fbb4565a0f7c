package io.partd.arrow;

import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of a table in the order of their parts, and within a part in their own order: a stable counting sort. */
final class PartRows {
    private final Parts parts;
    private final int[] order;
    /** By part: where its rows end in the order. */
    private final int[] ends;

    PartRows(Parts parts) {
        this.parts = parts;
        this.order = new int[parts.rows];
        int[] next = new int[parts.count + 1];
        for (int i = 0; i < parts.rows; i++) next[parts.part[i] + 1]++;
        for (int i = 1; i <= parts.count; i++) next[i] += next[i - 1];
        for (int i = 0; i < parts.rows; i++) order[next[parts.part[i]]++] = i;
        this.ends = next;
    }

    /** The rows of each part that has some, by its key. */
    Map<String, Selection> byKey() {
        Map<String, Selection> rows = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i < parts.count; i++) {
            if (ends[i] > start) rows.put(parts.key(i), Selection.rows(order, start, ends[i]));
            start = ends[i];
        }
        return rows;
    }
}
