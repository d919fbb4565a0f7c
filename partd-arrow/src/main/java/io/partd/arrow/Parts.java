package io.partd.arrow;

import java.util.function.IntFunction;

/** Which part each row of a batch belongs to. */
final class Parts {
    /** The number of rows. */
    final int rows;

    /** The number of parts, of which some may have no row. */
    final int count;

    /** The part of each row, from 0 to {@code count - 1}. */
    final int[] part;

    private final IntFunction<String> keys;

    Parts(int rows, int count, int[] part, IntFunction<String> keys) {
        this.rows = rows;
        this.count = count;
        this.part = part;
        this.keys = keys;
    }

    /** The key of a part: not empty, well-formed, and of at most 65,535 UTF-8 bytes. */
    String key(int number) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("there is no part " + number + " of " + count);
        }
        return keys.apply(number);
    }

    /** The same for parts that are numbered: their keys are their numbers, but that of nulls, if any, which is last. */
    static Parts numbered(int[] part, int numbers, boolean nulls) {
        int count = nulls ? numbers + 1 : numbers;
        return new Parts(part.length, count, part, i -> i == numbers ? KeyText.NULL : Integer.toString(i));
    }
}
