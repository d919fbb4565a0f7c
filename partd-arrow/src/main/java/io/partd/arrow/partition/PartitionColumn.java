package io.partd.arrow.partition;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** A column that rows are partitioned by. Dictionaries and runs are evaluated once for each entry, not for each row. */
final class PartitionColumn {
    private final String name;
    private final FieldVector vector;
    private final DictionaryProvider dictionaries;

    private PartitionColumn(String name, FieldVector vector, DictionaryProvider dictionaries) {
        this.name = name;
        this.vector = vector;
        this.dictionaries = dictionaries;
    }

    /** The column of that name; {@code dictionaries} may be null where no column needs it. */
    static PartitionColumn of(VectorSchemaRoot root, String name, DictionaryProvider dictionaries) {
        List<FieldVector> found = root.getFieldVectors().stream()
                .filter(vector -> vector.getName().equals(name))
                .toList();
        if (found.size() == 1) return new PartitionColumn(name, found.get(0), dictionaries);
        String columns = root.getFieldVectors().stream()
                .map(v -> KeyText.quote(v.getName()))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException((found.isEmpty() ? "there is no column " : "there is more than one column ")
                + KeyText.quote(name) + ": the columns are " + (columns.isEmpty() ? "none" : columns));
    }

    String name() {
        return name;
    }

    /** The kernel's ints, one for each row. */
    int[] evaluate(RowCodes kernel, int rows) {
        if (vector.getValueCount() < rows) {
            throw error("it has " + vector.getValueCount() + " values, and the root has " + rows + " rows");
        }
        return evaluate(vector, kernel, rows);
    }

    private int[] evaluate(FieldVector values, RowCodes kernel, int rows) {
        DictionaryEncoding encoding = values.getField().getDictionary();
        return encoding == null ? evaluateValues(values, kernel, rows) : decode(values, encoding, kernel, rows);
    }

    private int[] evaluateValues(FieldVector values, RowCodes kernel, int rows) {
        if (rows == 0) return new int[0];
        if (values instanceof RunEndEncodedVector runs) return expand(runs, kernel, rows);
        if (values instanceof ExtensionTypeVector<?> extension) {
            return evaluateValues(extension.getUnderlyingVector(), kernel, rows);
        }
        if (values instanceof NullVector) {
            int[] codes = new int[rows];
            Arrays.fill(codes, kernel.nullCode());
            return codes;
        }
        return kernel.apply(values, rows);
    }

    private int[] decode(FieldVector indices, DictionaryEncoding encoding, RowCodes kernel, int rows) {
        FieldVector entries = dictionary(encoding).getVector();
        int[] codes = evaluateValues(entries, kernel, entries.getValueCount());
        NullMask nulls = NullMask.of(this, indices, rows);
        LongValues longs = LongValues.ofInts(this, indices, rows);
        int[] result = new int[rows];
        long[] chunk = LongValues.chunk(rows);
        for (int from = 0; from < rows; from += chunk.length) {
            int n = longs.read(from, chunk);
            for (int i = 0; i < n; i++) {
                long index = chunk[i];
                if (index >= 0 && index < codes.length) result[from + i] = codes[(int) index];
                else if (!nulls.isNull(from + i)) throw outside(from + i, index, codes.length);
            }
        }
        nulls.fill(result, kernel.nullCode());
        return result;
    }

    private Dictionary dictionary(DictionaryEncoding encoding) {
        if (dictionaries == null) throw error("it is dictionary-encoded: pass the provider of its dictionary");
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        if (dictionary == null) throw error("the provider has no dictionary " + encoding.getId());
        return dictionary;
    }

    private IllegalArgumentException outside(int row, long index, int entries) {
        return error("row " + row + " has index " + index + ", and its dictionary has " + entries + " entries");
    }

    private int[] expand(RunEndEncodedVector runs, RowCodes kernel, int rows) {
        FieldVector ends = runs.getRunEndsVector();
        int count = Math.min(ends.getValueCount(), runs.getValuesVector().getValueCount());
        int[] codes = evaluate(runs.getValuesVector(), kernel, count);
        LongValues longs = LongValues.ofInts(this, ends, count);
        int[] result = new int[rows];
        long[] chunk = LongValues.chunk(count);
        int row = 0;
        for (int from = 0; from < count && row < rows; from += chunk.length) {
            int n = longs.read(from, chunk);
            for (int i = 0; i < n && row < rows; i++) {
                if (chunk[i] <= row) throw error("run " + (from + i) + " ends at " + chunk[i] + ", not after " + row);
                int end = (int) Math.min(chunk[i], rows);
                Arrays.fill(result, row, end, codes[from + i]);
                row = end;
            }
        }
        if (row < rows) throw error("its runs end at row " + row + " of " + rows);
        return result;
    }

    /** Makes sure that {@code rows} of so many bits lie in the buffer; after that, raw addresses may be read. */
    void require(ArrowBuf buffer, long rows, long bits, String what) {
        long bytes = (rows * bits + 7) / 8;
        if (buffer.capacity() < bytes) {
            throw error(
                    "its " + what + " buffer has " + buffer.capacity() + " bytes, and " + rows + " rows need " + bytes);
        }
    }

    /** A refusal that names this column and its type. */
    IllegalArgumentException error(String what) {
        return error(what, null);
    }

    IllegalArgumentException error(String what, Throwable cause) {
        ArrowType type = vector.getField().getType();
        return new IllegalArgumentException("column " + KeyText.quote(name) + " of type " + type + ": " + what, cause);
    }
}
