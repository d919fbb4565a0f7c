package io.partd.spark.rows;

import org.apache.arrow.vector.NullVector;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** A column that knows nothing but null. */
final class NullWriter extends ValueWriter {
    private final NullVector vector;

    NullWriter(NullVector vector) {
        this.vector = vector;
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
        count++;
    }

    @Override
    void writeNull() {
        count++;
    }

    @Override
    void finish() {
        vector.setValueCount(count);
    }

    @Override
    void reset() {
        count = 0;
    }
}
