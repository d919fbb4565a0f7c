package io.partd.arrow.array;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.TableSchema;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Arrays of numbers and chars, whose memory is copied as it is. */
final class PrimitiveKind<A> extends ArrayKind<A> {
    final ArrowType element;
    final HeapArrays memory;
    private final TableSchema table;

    PrimitiveKind(Class<A> type, ArrowType element) {
        super(type, 1, false);
        this.element = element;
        this.memory = new HeapArrays(type);
        this.table = schema(element);
    }

    @Override
    public TableSchema table(A array) {
        return table;
    }

    @Override
    boolean reads(Field column) {
        return column.getType().equals(element);
    }

    @Override
    int measure(A array, int from, ColumnOutput dst) {
        int count = Math.min(length(array) - from, MAX_BODY / memory.width);
        dst.rows[0] = count;
        dst.addBuffer(0);
        dst.addBuffer((long) count * memory.width);
        return from + count;
    }

    @Override
    void write(A array, int from, int to, ColumnOutput dst) {
        memory.write(array, from, to - from, dst.addresses[1]);
    }

    @Override
    void read(Batch src, Field column, A dst, int at) {
        memory.read(src.address(0, 1), dst, at, src.rows);
    }
}
