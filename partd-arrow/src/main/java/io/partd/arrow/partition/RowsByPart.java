package io.partd.arrow.partition;

import io.partd.arrow.column.Selection;

/** The rows of a table in the order of their parts, and within a part in their own order: a stable counting sort. */
public final class RowsByPart {
    private final int[] order;
    /** By part: where its rows end in the order. */
    private final int[] ends;

    public RowsByPart(PartAssignment parts) {
        this(parts.part, parts.count);
    }

    public RowsByPart(int[] part, int count) {
        this.order = new int[part.length];
        int[] next = new int[count + 1];
        for (int each : part) next[each + 1]++;
        for (int i = 1; i <= count; i++) next[i] += next[i - 1];
        for (int i = 0; i < part.length; i++) order[next[part[i]]++] = i;
        this.ends = next;
    }

    /** The rows in the order of their parts. */
    public int[] order() {
        return order;
    }

    /** Hands over the rows of each part that has some, with the part's number. */
    public void forEach(PartConsumer consumer) {
        int start = 0;
        for (int i = 0; i < ends.length - 1; i++) {
            if (ends[i] > start) consumer.accept(i, Selection.rows(order, start, ends[i]));
            start = ends[i];
        }
    }

    /** Takes the rows of a part. */
    public interface PartConsumer {
        void accept(int part, Selection rows);
    }
}
