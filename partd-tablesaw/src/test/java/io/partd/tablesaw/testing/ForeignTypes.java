package io.partd.tablesaw.testing;

import io.partd.tablesaw.ArrowTables;
import io.partd.tablesaw.SubMillis;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Converts vectors of one column, and checks what is refused. */
public abstract class ForeignTypes {
    public final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingLeaks() {
        allocator.close();
    }

    public static Table convert(FieldVector vector, DictionaryProvider dictionaries, SubMillis finer) {
        try (VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector))) {
            return ArrowTables.toTable(root, dictionaries, finer);
        }
    }

    public static Column<?> column(FieldVector vector) {
        return convert(vector, null, SubMillis.REFUSE).column(0);
    }

    public final void refused(String message, FieldVector vector) {
        refused(message, vector, null);
    }

    public final void refused(String message, FieldVector vector, DictionaryProvider dictionaries) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> convert(vector, dictionaries, SubMillis.REFUSE));
        assertEquals(message, refused.getMessage());
    }

    public static ArrowType.Int integer(int bits, boolean signed) {
        return new ArrowType.Int(bits, signed);
    }
}
