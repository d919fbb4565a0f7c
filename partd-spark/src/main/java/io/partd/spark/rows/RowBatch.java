package io.partd.spark.rows;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/**
 * Rows of Spark that are gathered in Arrow's columns, and again and again in the same memory. Not for several threads.
 */
public final class RowBatch implements AutoCloseable {
    private final VectorSchemaRoot root;
    private final ValueWriter[] columns;
    /** By column, where it stands in the rows. */
    private final int[] places;

    private final Size size = new Size();
    private int rows;

    /** The bytes of all values together, about. */
    static final class Size {
        long bytes;
    }

    /** For rows that have the columns of the schema, in their order. */
    public RowBatch(Schema schema, BufferAllocator allocator) {
        this(schema, allocator, inOrder(schema.getFields().size()));
    }

    /** For rows that have the columns of the schema at these places. */
    public RowBatch(Schema schema, BufferAllocator allocator, int[] places) {
        this.places = places.clone();
        this.root = VectorSchemaRoot.create(schema, allocator);
        try {
            root.allocateNew();
            List<FieldVector> vectors = root.getFieldVectors();
            columns = new ValueWriter[vectors.size()];
            for (int i = 0; i < columns.length; i++) columns[i] = writer(vectors.get(i));
        } catch (RuntimeException | Error e) {
            root.close();
            throw e;
        }
    }

    private static int[] inOrder(int n) {
        int[] places = new int[n];
        for (int i = 0; i < n; i++) places[i] = i;
        return places;
    }

    private ValueWriter writer(FieldVector vector) {
        if (vector instanceof VarCharVector text) return new BytesWriter(text, true, size);
        if (vector instanceof VarBinaryVector binary) return new BytesWriter(binary, false, size);
        if (vector instanceof MapVector map) return new MapWriter(map, struct((StructVector) map.getDataVector()));
        if (vector instanceof ListVector list) return new ListWriter(list, writer(list.getDataVector()));
        if (vector instanceof StructVector struct) return struct(struct);
        if (vector instanceof NullVector nulls) return new NullWriter(nulls);
        return fixed((BaseFixedWidthVector) vector);
    }

    private StructWriter struct(StructVector vector) {
        ValueWriter[] fields =
                vector.getChildrenFromFields().stream().map(this::writer).toArray(ValueWriter[]::new);
        return new StructWriter(vector, fields);
    }

    private ValueWriter fixed(BaseFixedWidthVector vector) {
        ArrowType type = vector.getField().getType();
        if (type instanceof ArrowType.Decimal decimal) {
            return new FixedWriter(vector, size, decimal.getPrecision(), decimal.getScale());
        }
        return new FixedWriter(vector, size, form(type));
    }

    private static FixedWriter.Form form(ArrowType type) {
        return switch (type.getTypeID()) {
            case Bool -> FixedWriter.Form.BOOLEAN;
            case Int ->
                switch (((ArrowType.Int) type).getBitWidth()) {
                    case Byte.SIZE -> FixedWriter.Form.BYTE;
                    case Short.SIZE -> FixedWriter.Form.SHORT;
                    case Integer.SIZE -> FixedWriter.Form.INT;
                    default -> FixedWriter.Form.LONG;
                };
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                    case SINGLE -> FixedWriter.Form.FLOAT;
                    default -> FixedWriter.Form.DOUBLE;
                };
            case Date -> FixedWriter.Form.INT;
            case Timestamp, Time, Duration -> FixedWriter.Form.LONG;
            case Interval ->
                switch (((ArrowType.Interval) type).getUnit()) {
                    case YEAR_MONTH -> FixedWriter.Form.INT;
                    default -> FixedWriter.Form.CALENDAR_INTERVAL;
                };
            default -> throw new IllegalArgumentException("no rows are written as " + type);
        };
    }

    /** Copies a row to the end of the batch. */
    public void add(SpecializedGetters row) {
        for (int i = 0; i < columns.length; i++) columns[i].write(row, places[i]);
        rows++;
    }

    public int rows() {
        return rows;
    }

    /** About how many bytes the rows take. */
    public long bytes() {
        return size.bytes;
    }

    /** The rows as a table, which is this batch's own: it is good until the next call. */
    public VectorSchemaRoot table() {
        for (ValueWriter column : columns) column.finish();
        root.setRowCount(rows);
        return root;
    }

    /** Begins again, without rows. */
    public void clear() {
        for (ValueWriter column : columns) column.reset();
        size.bytes = 0;
        rows = 0;
    }

    @Override
    public void close() {
        root.close();
    }
}
