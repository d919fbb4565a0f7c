package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Puts encoded columns into vectors: each buffer on its own, or all as slices of one body, as a reader has them. */
public final class Loader {
    private final BufferAllocator allocator;
    private final Dice dice;

    public Loader(BufferAllocator allocator, Dice dice) {
        this.allocator = allocator;
        this.dice = dice;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    public FieldVector load(Encoded column) {
        FieldVector vector = column.field().createVector(allocator);
        if (dice.chance(50)) {
            load(vector, column, Loader::own);
            return vector;
        }
        try (ArrowBuf body = allocator.buffer(Math.max(8, bodySize(column)))) {
            load(vector, column, new Body(body));
        }
        return vector;
    }

    private void load(FieldVector vector, Encoded column, Source source) {
        List<ArrowBuf> buffers = new ArrayList<>();
        for (byte[] bytes : column.buffers()) buffers.add(source.buffer(allocator, bytes));
        vector.loadFieldBuffers(new ArrowFieldNode(column.rows(), column.nulls()), buffers);
        buffers.forEach(ArrowBuf::close);
        List<FieldVector> children = vector.getChildrenFromFields();
        for (int i = 0; i < column.children().size(); i++) {
            load(children.get(i), column.children().get(i), source);
        }
    }

    private static long bodySize(Encoded column) {
        long size = 0;
        for (byte[] bytes : column.buffers()) size += aligned(bytes.length);
        for (Encoded child : column.children()) size += bodySize(child);
        return size;
    }

    private static long aligned(long size) {
        return (size + 7) / 8 * 8;
    }

    private static ArrowBuf own(BufferAllocator allocator, byte[] bytes) {
        if (bytes.length == 0) return allocator.getEmpty();
        ArrowBuf buffer = allocator.buffer(bytes.length);
        buffer.writeBytes(bytes);
        return buffer;
    }

    /** Gives buffers that the receiver has to close. */
    private interface Source {
        ArrowBuf buffer(BufferAllocator allocator, byte[] bytes);
    }

    private static final class Body implements Source {
        private final ArrowBuf body;
        private long position;

        Body(ArrowBuf body) {
            this.body = body;
        }

        @Override
        public ArrowBuf buffer(BufferAllocator allocator, byte[] bytes) {
            ArrowBuf slice = body.slice(position, bytes.length);
            slice.getReferenceManager().retain();
            slice.setBytes(0, bytes);
            slice.writerIndex(bytes.length);
            position += aligned(bytes.length);
            return slice;
        }
    }
}
