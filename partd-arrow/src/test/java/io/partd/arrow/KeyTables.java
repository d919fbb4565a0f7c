package io.partd.arrow;

import io.partd.arrow.partition.PartAssignment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Small tables for the tests of partitioning. */
final class KeyTables {
    private KeyTables() {}

    static VectorSchemaRoot root(int rows, FieldVector... vectors) {
        VectorSchemaRoot root = new VectorSchemaRoot(List.of(vectors));
        root.setRowCount(rows);
        return root;
    }

    /** A text column; null is a null. */
    static VarCharVector texts(String name, BufferAllocator allocator, String... values) {
        VarCharVector vector = new VarCharVector(name, allocator);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) vector.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
        }
        vector.setValueCount(values.length);
        return vector;
    }

    /** An int32 column; null is a null. */
    static IntVector ints(String name, BufferAllocator allocator, Integer... values) {
        return ints(new Field(name, FieldType.nullable(new ArrowType.Int(32, true)), null), allocator, values);
    }

    /** The indices of a dictionary; null is a null. */
    static IntVector indices(String name, BufferAllocator allocator, long dictionary, Integer... values) {
        DictionaryEncoding encoding = new DictionaryEncoding(dictionary, false, null);
        FieldType type = new FieldType(true, new ArrowType.Int(32, true), encoding);
        return ints(new Field(name, type, null), allocator, values);
    }

    private static IntVector ints(Field field, BufferAllocator allocator, Integer... values) {
        IntVector vector = new IntVector(field, allocator);
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) vector.setNull(i);
            else vector.setSafe(i, values[i]);
        }
        vector.setValueCount(values.length);
        return vector;
    }

    /** Values in runs that end at these rows. It owns the vectors. */
    static RunEndEncodedVector runs(String name, FieldVector values, int rows, IntVector ends) {
        Field field = new Field(
                name,
                FieldType.notNullable(ArrowType.RunEndEncoded.INSTANCE),
                List.of(ends.getField(), values.getField()));
        RunEndEncodedVector vector = new RunEndEncodedVector(field, values.getAllocator(), ends, values, null);
        vector.setValueCount(rows);
        return vector;
    }

    /** The key of each row's part. */
    static List<String> keys(Partitioner partitioner, VectorSchemaRoot root, DictionaryProvider dictionaries) {
        PartAssignment parts = partitioner.assign(root, dictionaries);
        List<String> keys = new ArrayList<>();
        for (int row = 0; row < parts.rows; row++) keys.add(parts.key(parts.part[row]));
        return keys;
    }

    static List<String> keys(Partitioner partitioner, VectorSchemaRoot root) {
        return keys(partitioner, root, null);
    }
}
