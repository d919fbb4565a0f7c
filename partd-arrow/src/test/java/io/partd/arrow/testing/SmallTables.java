package io.partd.arrow.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tables of a few rows. The caller closes them. */
public final class SmallTables {
    private SmallTables() {}

    /** One row in one column {@code x}, whose type is int64 or utf8. */
    public static VectorSchemaRoot typed(int type, int value, BufferAllocator allocator) {
        ArrowType arrow = type == 0 ? new ArrowType.Int(64, true) : ArrowType.Utf8.INSTANCE;
        VectorSchemaRoot table = VectorSchemaRoot.create(new Schema(List.of(Field.nullable("x", arrow))), allocator);
        if (type == 0) ((BigIntVector) table.getVector(0)).setSafe(0, value);
        else ((VarCharVector) table.getVector(0)).setSafe(0, utf8("" + value));
        table.setRowCount(1);
        return table;
    }

    /** Rows of int64 in one column {@code x}. */
    public static VectorSchemaRoot longs(List<Long> values, BufferAllocator allocator) {
        Field x = Field.nullable("x", new ArrowType.Int(64, true));
        VectorSchemaRoot table = VectorSchemaRoot.create(new Schema(List.of(x)), allocator);
        for (int i = 0; i < values.size(); i++) ((BigIntVector) table.getVector(0)).setSafe(i, values.get(i));
        table.setRowCount(values.size());
        return table;
    }

    /** Rows of a number and the text of it, in the columns {@code number} and {@code text}. */
    public static VectorSchemaRoot numbersAndTexts(int from, int to, BufferAllocator allocator) {
        Field number = Field.nullable("number", new ArrowType.Int(32, true));
        Field text = Field.nullable("text", ArrowType.Utf8.INSTANCE);
        VectorSchemaRoot table = VectorSchemaRoot.create(new Schema(List.of(number, text)), allocator);
        for (int i = from; i < to; i++) {
            ((IntVector) table.getVector(0)).setSafe(i - from, i);
            ((VarCharVector) table.getVector(1)).setSafe(i - from, utf8("text " + i));
        }
        table.setRowCount(to - from);
        return table;
    }

    /** Rows of one value in the run-end encoded column {@code x}, as one run; run ends have 16 bits. */
    public static VectorSchemaRoot run(int value, int rows, BufferAllocator allocator) {
        Field ends = new Field("run_ends", FieldType.notNullable(new ArrowType.Int(16, true)), null);
        Field values = Field.nullable("values", new ArrowType.Int(64, true));
        Field x = new Field("x", FieldType.notNullable(ArrowType.RunEndEncoded.INSTANCE), List.of(ends, values));
        VectorSchemaRoot table = VectorSchemaRoot.create(new Schema(List.of(x)), allocator);
        List<FieldVector> children = table.getVector(0).getChildrenFromFields();
        ((SmallIntVector) children.get(0)).setSafe(0, rows);
        ((BigIntVector) children.get(1)).setSafe(0, value);
        children.forEach(child -> child.setValueCount(1));
        table.getVector(0).setValueCount(rows);
        table.setRowCount(rows);
        return table;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
