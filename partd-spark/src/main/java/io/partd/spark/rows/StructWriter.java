package io.partd.spark.rows;

import org.apache.arrow.vector.complex.StructVector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Structs, and the entries of maps. */
final class StructWriter extends ValueWriter {
    private final StructVector vector;
    private final ValueWriter[] fields;

    StructWriter(StructVector vector, ValueWriter[] fields) {
        this.vector = vector;
        this.fields = fields;
    }

    @Override
    void writeNull() {
        vector.setNull(count++);
        for (ValueWriter field : fields) field.writeNull();
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
        InternalRow struct = from.getStruct(at, fields.length);
        vector.setIndexDefined(count++);
        for (int i = 0; i < fields.length; i++) fields[i].write(struct, i);
    }

    /** Writes an entry of a map: the key and the value at one place of two arrays. */
    void writeEntry(ArrayData keys, ArrayData values, int at) {
        vector.setIndexDefined(count++);
        fields[0].write(keys, at);
        fields[1].write(values, at);
    }

    @Override
    void finish() {
        for (ValueWriter field : fields) field.finish();
        vector.setValueCount(count);
    }

    @Override
    void reset() {
        vector.reset();
        for (ValueWriter field : fields) field.reset();
        count = 0;
    }
}
