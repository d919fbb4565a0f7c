package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.TableSchema;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Arrays of rows of numbers, which all have one length: it is part of the schema. */
final class RowsKind<R> extends ArrayKind<R[]> {
    /** As many schemas are kept; more lengths than that are a sign of rows that do not belong together. */
    private static final int MAX_TABLES = 1_000;

    private final PrimitiveKind<R> row;
    private final Map<Integer, TableSchema> tables = new ConcurrentHashMap<>();

    RowsKind(Class<R[]> type, PrimitiveKind<R> row) {
        super(type, 2, false);
        this.row = row;
    }

    @Override
    public void check(R[] rows, String key) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                throw new IllegalArgumentException("key \"" + key + "\": row " + i + " is null: give it values");
            }
            if (row.length(rows[i]) == row.length(rows[0])) continue;
            throw new IllegalArgumentException("key \"" + key + "\": row " + i + " has " + row.length(rows[i])
                    + " values and row 0 has " + row.length(rows[0]) + ": all rows must have one length");
        }
        if (rows.length > 0 && row.length(rows[0]) == 0) {
            throw new IllegalArgumentException(
                    "key \"" + key + "\": row 0 has no values: use rows of at least one, or no rows");
        }
    }

    @Override
    public TableSchema table(R[] rows) {
        if (tables.size() > MAX_TABLES) tables.clear();
        return tables.computeIfAbsent(
                row.length(rows[0]),
                size -> schema(new ArrowType.FixedSizeList(size), Field.nullable("item", row.element)));
    }

    @Override
    boolean reads(Field column) {
        return width(column) > 0 && row.reads(column.getChildren().get(0));
    }

    /** How many values a row has, or a negative number where the column is not one of rows. */
    static int width(Field column) {
        return column.getType() instanceof ArrowType.FixedSizeList list ? list.getListSize() : -1;
    }

    @Override
    int measure(R[] rows, int from, ColumnOutput dst) {
        int width = row.length(rows[from]);
        long size = (long) width * row.memory.width;
        int count = (int) Math.min(rows.length - from, Math.max(1, MAX_BODY / size));
        dst.rows[0] = count;
        dst.rows[1] = (long) count * width;
        dst.addBuffer(0);
        dst.addBuffer(0);
        dst.addBuffer(count * size);
        return from + count;
    }

    @Override
    void write(R[] rows, int from, int to, ColumnOutput dst) {
        int width = (int) (dst.rows[1] / dst.rows[0]);
        long at = dst.addresses[2];
        for (int i = from; i < to; i++, at += (long) width * row.memory.width) {
            R values = rows[i];
            if (values == null || row.length(values) != width) throw changed();
            row.memory.write(values, 0, width, at);
        }
    }

    @Override
    void read(Batch src, Field column, R[] dst, int at) {
        int width = width(column);
        Class<?> element = row.type.getComponentType();
        long from = src.address(1, 1);
        for (int i = 0; i < src.rows; i++, from += (long) width * row.memory.width) {
            R values = row.type.cast(Array.newInstance(element, width));
            row.memory.read(from, values, 0, width);
            dst[at + i] = values;
        }
    }
}
