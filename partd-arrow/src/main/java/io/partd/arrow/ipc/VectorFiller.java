package io.partd.arrow.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Puts buffers into vectors, or finds those that they have. Arrow's own {@code VectorLoader} and {@code VectorUnloader}
 * do not take extension types over views, and cut the children of unions.
 */
final class VectorFiller {
    private VectorFiller() {}

    /** Nodes and buffers in the order of the IPC format, as they are handed to vectors. */
    static final class Source {
        final List<ArrowFieldNode> nodes = new ArrayList<>();
        /** By node: the number of its buffers. */
        final List<Integer> counts = new ArrayList<>();

        final List<ArrowBuf> buffers = new ArrayList<>();
        private int nodeAt;
        private int bufferAt;

        private void fill(FieldVector vector) {
            int count = counts.get(nodeAt);
            List<ArrowBuf> own = buffers.subList(bufferAt, bufferAt + count);
            bufferAt += count;
            vector.loadFieldBuffers(nodes.get(nodeAt++), own);
            for (FieldVector child : vector.getChildrenFromFields()) fill(child);
        }

        /** Fills the vectors, which hold on to the buffers themselves. */
        void fill(Iterable<FieldVector> vectors) {
            for (FieldVector vector : vectors) fill(vector);
        }

        void close() {
            buffers.forEach(ArrowBuf::close);
        }
    }

    /**
     * A vector of a field, without values.
     *
     * @throws IllegalArgumentException if Arrow Java has none for its type, naming the column
     */
    static FieldVector create(Field field, BufferAllocator allocator) {
        FieldVector vector;
        try {
            vector = field.createVector(allocator);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "column \"" + field.getName() + "\" has the type " + field
                            + ", which Arrow Java has no vector for: " + e.getMessage(),
                    e);
        }
        if (hasAllChildren(field, vector)) return vector;
        vector.close();
        throw new IllegalArgumentException("column \"" + field.getName() + "\" has the type " + field
                + ", where two children have one name: Arrow Java cannot tell them apart");
    }

    private static boolean hasAllChildren(Field field, FieldVector vector) {
        List<Field> fields = field.getChildren();
        List<FieldVector> vectors = vector.getChildrenFromFields();
        if (fields.size() != vectors.size()) return false;
        for (int i = 0; i < fields.size(); i++) {
            if (!hasAllChildren(fields.get(i), vectors.get(i))) return false;
        }
        return true;
    }

    /** Requires that there are vectors for all fields, as {@link #create(Field, BufferAllocator)} does. */
    static void requireVectors(List<Field> fields, BufferAllocator allocator) {
        create(fields, allocator).forEach(ValueVector::close);
    }

    static List<FieldVector> create(List<Field> fields, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (Field field : fields) vectors.add(create(field, allocator));
            return vectors;
        } catch (RuntimeException | Error e) {
            vectors.forEach(ValueVector::close);
            throw e;
        }
    }

    /** The vector that has the buffers of an extension vector. */
    static ValueVector storage(ValueVector vector) {
        ValueVector storage = vector;
        while (storage instanceof ExtensionTypeVector<?> extension) storage = extension.getUnderlyingVector();
        return storage;
    }
}
