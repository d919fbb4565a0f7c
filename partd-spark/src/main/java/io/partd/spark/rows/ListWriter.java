package io.partd.spark.rows;

import org.apache.arrow.vector.complex.ListVector;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Arrays. */
class ListWriter extends ValueWriter {
    private final ListVector vector;
    private final ValueWriter elements;

    ListWriter(ListVector vector, ValueWriter elements) {
        this.vector = vector;
        this.elements = elements;
    }

    @Override
    final void writeNull() {
        vector.setNull(count++);
    }

    @Override
    final void writeValue(SpecializedGetters from, int at) {
        vector.startNewValue(count);
        vector.endValue(count++, writeElements(from, at));
    }

    /** Writes what the value consists of, and says how many elements that are. */
    int writeElements(SpecializedGetters from, int at) {
        ArrayData array = from.getArray(at);
        int n = array.numElements();
        for (int i = 0; i < n; i++) elements.write(array, i);
        return n;
    }

    @Override
    final void finish() {
        elements.finish();
        vector.setLastSet(count - 1);
        vector.setValueCount(count);
    }

    @Override
    final void reset() {
        vector.reset();
        elements.reset();
        count = 0;
    }
}
