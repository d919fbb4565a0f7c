package io.partd.tablesaw;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import tech.tablesaw.columns.Column;

/** Makes columns of vectors. */
final class ColumnReader {
    private final DictionaryProvider dictionaries;
    private final SubMillis finer;

    ColumnReader(DictionaryProvider dictionaries, SubMillis finer) {
        this.dictionaries = dictionaries;
        this.finer = finer;
    }

    /**
     * The column of a vector.
     *
     * @param name the column's, which the vectors of dictionaries and runs do not have
     * @throws IllegalArgumentException if Tablesaw has no such columns, or cannot hold a value
     */
    Column<?> read(FieldVector vector, String name) {
        if (vector.getField().getDictionary() != null) return decode(vector, name);
        ArrowType type = vector.getField().getType();
        if (type instanceof ArrowType.Bool) return BooleanKind.read(vector, name);
        if (Spans.has(type)) return TextReader.read(vector, name);
        if (type instanceof ArrowType.RunEndEncoded) return expand((RunEndEncodedVector) vector, name);
        FixedReader reader = Readers.of(type);
        if (reader != null) return reader.read(vector, name, finer);
        throw new IllegalArgumentException("column \"" + name + "\" is of the Arrow type " + type
                + ", which no Tablesaw column can hold without loss: convert it first, or leave it out");
    }

    private Column<?> decode(FieldVector indices, String name) {
        long id = indices.getField().getDictionary().getId();
        Dictionary dictionary = dictionaries == null ? null : dictionaries.lookup(id);
        if (dictionary == null) {
            throw new IllegalArgumentException("column \"" + name + "\" is encoded with dictionary " + id
                    + ", which is not given: pass a DictionaryProvider that has it");
        }
        FieldVector entries = dictionary.getVector();
        int[] rows = RowNumbers.ofIndices(indices, name, entries.getValueCount());
        return Gather.rows(read(entries, name), rows);
    }

    private Column<?> expand(RunEndEncodedVector runs, String name) {
        FieldVector values = runs.getValuesVector();
        int[] rows = RowNumbers.ofRuns(runs, name, values.getValueCount());
        return Gather.rows(read(values, name), rows);
    }
}
