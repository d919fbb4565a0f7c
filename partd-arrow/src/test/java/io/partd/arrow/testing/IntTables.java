package io.partd.arrow.testing;

import io.partd.testing.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Tables of one column of ints. The empty one, which an absent key reads as, has no column either: one without rows
 * would fix the schema of its key.
 */
public record IntTables(BufferAllocator allocator) implements Numbers<VectorSchemaRoot> {
    static final Schema SCHEMA = new Schema(List.of(Field.notNullable("number", new ArrowType.Int(32, true))));

    @Override
    public VectorSchemaRoot write(List<Integer> numbers) {
        if (numbers.isEmpty()) return VectorSchemaRoot.create(new Schema(List.of()), allocator);
        VectorSchemaRoot table = VectorSchemaRoot.create(SCHEMA, allocator);
        IntVector column = (IntVector) table.getVector(0);
        column.allocateNew(numbers.size());
        for (int i = 0; i < numbers.size(); i++) column.set(i, numbers.get(i));
        table.setRowCount(numbers.size());
        return table;
    }

    @Override
    public List<Integer> read(VectorSchemaRoot table) {
        List<Integer> numbers = new ArrayList<>();
        if (table.getFieldVectors().isEmpty()) return numbers;
        IntVector column = (IntVector) table.getVector(0);
        for (int i = 0; i < table.getRowCount(); i++) numbers.add(column.get(i));
        return numbers;
    }

    @Override
    public void release(VectorSchemaRoot table) {
        table.close();
    }
}
