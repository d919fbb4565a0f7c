package io.partd.arrow;

/** The rows of a table in the order of their parts, and within a part in their own order: a stable counting sort. */
final class RowsByPart {
    private final int[] order;
    /** By part: where its rows end in the order. */
    private final int[] ends;

    RowsByPart(PartAssignment parts) {
        this(parts.part, parts.count);
    }

    RowsByPart(int[] part, int count) {
        this.order = new int[part.length];
        int[] next = new int[count + 1];
        for (int each : part) next[each + 1]++;
        for (int i = 1; i <= count; i++) next[i] += next[i - 1];
        for (int i = 0; i < part.length; i++) order[next[part[i]]++] = i;
        this.ends = next;
    }

    /** The rows in the order of their parts. */
    int[] order() {
        return order;
    }

    /** Hands over the rows of each part that has some, with the part's number. */
    void forEach(PartConsumer consumer) {
        int start = 0;
        for (int i = 0; i < ends.length - 1; i++) {
            if (ends[i] > start) consumer.accept(i, Selection.rows(order, start, ends[i]));
            start = ends[i];
        }
    }

    /** Takes the rows of a part. */
    interface PartConsumer {
        void accept(int part, Selection rows);
    }
}
