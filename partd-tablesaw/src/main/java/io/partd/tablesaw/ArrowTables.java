package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Conversion between Tablesaw's tables and Arrow's, by whole columns.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>Tablesaw</th><th>Arrow, written</th><th>Arrow, read</th></tr>
 * <tr><td>SHORT</td><td>int16</td><td>int8, int16</td></tr>
 * <tr><td>INTEGER</td><td>int32</td><td>uint8, uint16, int32</td></tr>
 * <tr><td>LONG</td><td>int64</td><td>uint32, int64</td></tr>
 * <tr><td>FLOAT</td><td>float32</td><td>float16, float32</td></tr>
 * <tr><td>DOUBLE</td><td>float64</td><td>float64</td></tr>
 * <tr><td>BOOLEAN</td><td>bool</td><td>bool</td></tr>
 * <tr><td>STRING</td><td>utf8</td><td>utf8, large utf8, utf8 view</td></tr>
 * <tr><td>LOCAL_DATE</td><td>date in days</td><td>date in days or milliseconds</td></tr>
 * <tr><td>LOCAL_TIME</td><td>time in milliseconds</td><td>time of any unit</td></tr>
 * <tr><td>LOCAL_DATE_TIME</td><td>timestamp in milliseconds, no zone</td><td>timestamp of any unit, no zone</td></tr>
 * <tr><td>INSTANT</td><td>timestamp in milliseconds, UTC</td><td>timestamp of any unit, any zone</td></tr>
 * </table>
 *
 * <p>Dictionary-encoded and run-end encoded columns of these are decoded; an instant's zone is not kept. All other
 * types are refused, and so are values that Tablesaw has no place for: the smallest short, int and long, which mean
 * missing there; times finer than milliseconds, unless asked to be cut off; dates outside the years -32768 to 32767.
 *
 * <p>A missing value becomes a null, and a null a missing value. Tablesaw cannot tell a missing string from an empty
 * one, nor a missing number from NaN: both become null, and what is read of both is missing.
 */
public final class ArrowTables {
    /** The schema metadata in which the name of a table is kept. */
    static final String NAME = "tablesaw.name";

    private ArrowTables() {}

    /**
     * Returns a table as an Arrow table, which the caller closes. Its name, if it has one, is in the schema metadata as
     * {@code tablesaw.name}.
     *
     * @throws IllegalArgumentException if a column is not of Tablesaw's own types, is of another length than the
     *     others, has the name of another but for its case, or holds what is no text, date or time
     */
    public static VectorSchemaRoot toArrow(Table table, BufferAllocator allocator) {
        Objects.requireNonNull(table, "the table is null");
        Objects.requireNonNull(allocator, "the allocator is null");
        Names.requireDifferent(table.columnNames());
        int rows = table.rowCount();
        List<Field> fields = new ArrayList<>();
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (Column<?> column : table.columns()) {
                FieldVector vector = vector(column, rows, allocator);
                vectors.add(vector);
                fields.add(vector.getField());
            }
            Map<String, String> metadata = table.name() == null ? Map.of() : Map.of(NAME, table.name());
            return new VectorSchemaRoot(new Schema(fields, metadata), vectors, rows);
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    private static FieldVector vector(Column<?> column, int rows, BufferAllocator allocator) {
        Names.requireWellFormed(column.name());
        if (column.size() != rows) {
            throw new IllegalArgumentException("column \"" + column.name() + "\" has " + column.size()
                    + " values, and the table " + rows + " rows");
        }
        return Kinds.of(column).write(column, allocator);
    }

    /**
     * Returns an Arrow table as a table that shares nothing with it.
     *
     * @throws IllegalArgumentException if a column is of a type, or has a name or value, that Tablesaw cannot hold; the
     *     message names the column, the type, the row
     */
    public static Table toTable(VectorSchemaRoot root) {
        return toTable(root, null, SubMillis.REFUSE);
    }

    /**
     * Returns an Arrow table, whose columns may be dictionary-encoded, as a table that shares nothing with it.
     *
     * @param dictionaries may be null where no column is dictionary-encoded
     * @param finer what becomes of times finer than milliseconds
     * @throws IllegalArgumentException as for {@link #toTable(VectorSchemaRoot)}
     */
    public static Table toTable(VectorSchemaRoot root, DictionaryProvider dictionaries, SubMillis finer) {
        Objects.requireNonNull(root, "the Arrow table is null");
        Objects.requireNonNull(finer, "what becomes of finer times is null");
        Schema schema = root.getSchema();
        Names.requireDifferent(schema.getFields().stream().map(Field::getName).toList());
        ColumnReader reader = new ColumnReader(dictionaries, finer);
        Table table = Table.create(schema.getCustomMetadata().get(NAME));
        for (FieldVector vector : root.getFieldVectors()) {
            String name = vector.getName();
            if (vector.getValueCount() != root.getRowCount()) {
                throw new IllegalArgumentException("column \"" + name + "\" has " + vector.getValueCount()
                        + " values, and the table " + root.getRowCount() + " rows: set the row count");
            }
            // Its own checks take time that grows with the square of the columns; they were done above.
            table.internalAddWithoutValidation(reader.read(vector, name));
        }
        return table;
    }
}
