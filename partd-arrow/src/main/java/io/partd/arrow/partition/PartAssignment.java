package io.partd.arrow.partition;

import java.util.function.IntFunction;

/** Which part each row of a batch belongs to. */
public final class PartAssignment {
    /** The number of rows. */
    public final int rows;

    /** The number of parts, of which some may have no row. */
    public final int count;

    /** The part of each row, from 0 to {@code count - 1}. */
    public final int[] part;

    /** Whether a number stands for the same key whatever the rows are. */
    public final boolean numbered;

    private final IntFunction<String> keys;

    PartAssignment(int rows, int count, int[] part, IntFunction<String> keys) {
        this(rows, count, part, false, keys);
    }

    private PartAssignment(int rows, int count, int[] part, boolean numbered, IntFunction<String> keys) {
        this.rows = rows;
        this.count = count;
        this.part = part;
        this.numbered = numbered;
        this.keys = keys;
    }

    /** All rows in one part. */
    public static PartAssignment one(String key, int rows) {
        return new PartAssignment(rows, 1, new int[rows], i -> key);
    }

    /** The key of a part: not empty, well-formed, and of at most 65,535 UTF-8 bytes. */
    public String key(int number) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("there is no part " + number + " of " + count);
        }
        return keys.apply(number);
    }

    /** The same for parts that are numbered: their keys are their numbers, but that of nulls, if any, which is last. */
    static PartAssignment numbered(int[] part, int numbers, boolean nulls) {
        int count = nulls ? numbers + 1 : numbers;
        return new PartAssignment(
                part.length, count, part, true, i -> i == numbers ? KeyText.NULL : Integer.toString(i));
    }
}
