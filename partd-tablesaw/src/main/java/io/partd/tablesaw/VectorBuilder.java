package io.partd.tablesaw;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Allocates the buffers of one vector, each at its size, and makes the vector of them once they are filled. */
final class VectorBuilder implements AutoCloseable {
    private final Field field;
    private final int rows;
    private final BufferAllocator allocator;
    private final List<ArrowBuf> buffers = new ArrayList<>();

    VectorBuilder(Field field, int rows, BufferAllocator allocator) {
        this.field = field;
        this.rows = rows;
        this.allocator = allocator;
    }

    /** The address of the next buffer. Its bytes are not set. */
    long add(long size) {
        ArrowBuf buffer = allocator.buffer(size);
        buffers.add(buffer);
        buffer.writerIndex(size);
        return buffer.memoryAddress();
    }

    /** A buffer of bits, in whole words: they can be written 64 at a time. */
    long addBits() {
        return add((rows + 63L) / 64 * 8);
    }

    FieldVector build(int nulls) {
        FieldVector vector = field.createVector(allocator);
        try {
            vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), buffers);
            return vector;
        } catch (RuntimeException | Error e) {
            vector.close();
            throw e;
        }
    }

    /** Releases the buffers; a vector that was made of them holds its own references. */
    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
    }
}
