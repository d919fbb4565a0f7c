package io.partd.arrow.store;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** {@code <directory> <keys> <chars>} stages a text for each key, writes them, and prints {@code written}. */
final class StageMemoryChild {
    private StageMemoryChild() {}

    public static void main(String[] args) {
        int keys = Integer.parseInt(args[1]);
        byte[] text = "x".repeat(Integer.parseInt(args[2])).getBytes(StandardCharsets.UTF_8);
        Schema schema = new Schema(List.of(Field.nullable("x", ArrowType.Utf8.INSTANCE)));
        try (BufferAllocator allocator = new RootAllocator();
                ArrowPartd store = ArrowPartd.over(
                        Partds.file(Path.of(args[0])),
                        allocator,
                        ArrowOptions.defaults().withStageBytes(1 << 30));
                VectorSchemaRoot table = VectorSchemaRoot.create(schema, allocator)) {
            ((VarCharVector) table.getVector(0)).setSafe(0, text);
            table.setRowCount(1);
            for (int i = 0; i < keys; i++) store.append("key " + i, table);
            store.flush();
            System.out.println("written");
        }
    }
}
