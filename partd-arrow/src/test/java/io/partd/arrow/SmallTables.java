package io.partd.arrow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tables of a few rows. The caller closes them. */
final class SmallTables {
    private SmallTables() {}

    /** One row in one column {@code x}, whose type is int64 or utf8. */
    static VectorSchemaRoot typed(int type, int value, BufferAllocator allocator) {
        ArrowType arrow = type == 0 ? new ArrowType.Int(64, true) : ArrowType.Utf8.INSTANCE;
        VectorSchemaRoot table = VectorSchemaRoot.create(new Schema(List.of(Field.nullable("x", arrow))), allocator);
        if (type == 0) ((BigIntVector) table.getVector(0)).setSafe(0, value);
        else ((VarCharVector) table.getVector(0)).setSafe(0, utf8("" + value));
        table.setRowCount(1);
        return table;
    }

    /** Rows of a number and the text of it, in the columns {@code number} and {@code text}. */
    static VectorSchemaRoot numbersAndTexts(int from, int to, BufferAllocator allocator) {
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
