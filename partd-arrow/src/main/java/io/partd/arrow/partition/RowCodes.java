package io.partd.arrow.partition;

import org.apache.arrow.vector.FieldVector;

/** Gives every row of a plain vector an int: a hash, the index of a range, the number of a value. */
interface RowCodes {
    /** The ints of the first rows of a vector that is neither dictionary- nor run-end encoded; nulls have theirs. */
    int[] apply(FieldVector vector, int rows);

    /** What a null has. */
    int nullCode();
}
