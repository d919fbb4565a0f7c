package io.partd.arrow.column;

/**
 * Which rows of a batch to take, in order: single rows, or runs of rows. A start of -1 stands for nulls.
 *
 * <p>Rows and runs share a form: the starts, from one position to another, and the lengths of the runs, which are
 * absent where all are one.
 */
public final class Selection {
    /** The start of a run of nulls. */
    static final int NULL = -1;

    final int[] starts;
    final int[] lengths;
    final int from;
    final int to;
    public final long rows;
    final boolean nulls;

    private Selection(int[] starts, int[] lengths, int from, int to, long rows, boolean nulls) {
        this.starts = starts;
        this.lengths = lengths;
        this.from = from;
        this.to = to;
        this.rows = rows;
        this.nulls = nulls;
    }

    /** The rows from one on. */
    public static Selection range(int start, int count) {
        return new Selection(new int[] {start}, new int[] {count}, 0, 1, count, false);
    }

    /** The rows that a part of an array names, none of them null. */
    public static Selection rows(int[] rows, int from, int to) {
        return new Selection(rows, null, from, to, to - from, false);
    }

    /** The rows that an array names, some of which may be null. */
    static Selection rowsOrNulls(int[] rows, int count) {
        return new Selection(rows, null, 0, count, count, true);
    }

    public static Selection runs(int[] starts, int[] lengths, int count, long rows, boolean nulls) {
        return new Selection(starts, lengths, 0, count, rows, nulls);
    }

    static Selection none() {
        return rows(new int[0], 0, 0);
    }

    /** The first half, or the second, of single rows or of one run. */
    public Selection half(boolean second) {
        if (lengths == null) {
            int middle = (from + to) >>> 1;
            return second ? rows(starts, middle, to) : rows(starts, from, middle);
        }
        int count = lengths[from] / 2;
        return second ? range(starts[from] + count, lengths[from] - count) : range(starts[from], count);
    }

    int length(int i) {
        return lengths == null ? 1 : lengths[i];
    }

    /** The runs {@code factor} times as long, that start as much later: the children of a list of fixed size. */
    Selection times(int factor) {
        int[] first = new int[to - from];
        int[] count = new int[to - from];
        for (int i = from; i < to; i++) {
            first[i - from] = starts[i] < 0 ? NULL : starts[i] * factor;
            count[i - from] = length(i) * factor;
        }
        return runs(first, count, to - from, rows * factor, nulls);
    }

    /** The rows one by one, -1 for nulls. */
    int[] toRows() {
        if (lengths == null && from == 0) return starts;
        int[] all = new int[Math.toIntExact(rows)];
        int at = 0;
        for (int i = from; i < to; i++) {
            for (int k = 0; k < length(i); k++) all[at++] = starts[i] < 0 ? NULL : starts[i] + k;
        }
        return all;
    }
}
