package io.partd.spark.rows;

import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/**
 * Writes the values of one column, or of what a nested one consists of, into Arrow's vector, one after the other. Not
 * for several threads.
 */
abstract class ValueWriter {
    /** How many values were written, nulls included. */
    int count;

    /** Writes the value at a place of a row or an array. */
    final void write(SpecializedGetters from, int at) {
        if (from.isNullAt(at)) writeNull();
        else writeValue(from, at);
    }

    /** Writes a value that is not null. */
    abstract void writeValue(SpecializedGetters from, int at);

    abstract void writeNull();

    /** Tells the vector how many values it has. */
    abstract void finish();

    /** Begins again, in the memory that the vector has. */
    abstract void reset();
}
