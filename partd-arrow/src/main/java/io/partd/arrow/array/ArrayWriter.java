package io.partd.arrow.array;

import io.partd.Bytes;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.ipc.BatchHeader;
import io.partd.arrow.memory.BufferAddress;
import io.partd.arrow.memory.ScratchPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes arrays as record batches into direct memory, which it keeps until it is closed: elements are copied straight
 * into the body that goes to the store. For one thread.
 */
public final class ArrayWriter implements AutoCloseable {
    private static final int BLOCK = 4 << 20;
    private static final int MAX_MESSAGE = Integer.MAX_VALUE - 64;

    private final ScratchPool scratch;
    private final BatchHeader header = new BatchHeader(null);
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private ByteBuffer block;

    public ArrayWriter(ScratchPool scratch) {
        this.scratch = scratch;
    }

    /** The messages of an array that was checked, none where it is empty; valid until this is closed. */
    public <A> Bytes write(ArrayKind<A> kind, A array, String key) {
        List<ByteBuffer> messages = new ArrayList<>();
        int length = kind.length(array);
        for (int from = 0; from < length; ) {
            ColumnOutput target = new ColumnOutput(kind.nodes, key);
            int to = kind.measure(array, from, target);
            target.fix();
            int head = buildHeader(target);
            ByteBuffer message = reserve(head + target.size(), key, from);
            header.writeTo(message, 0);
            target.place(BufferAddress.of(message) + head);
            kind.write(array, from, to, target);
            messages.add(message);
            from = to;
        }
        return Bytes.of(messages.toArray(ByteBuffer[]::new));
    }

    private int buildHeader(ColumnOutput target) {
        long[] offsets = new long[target.buffers];
        for (int i = 1; i < offsets.length; i++) offsets[i] = offsets[i - 1] + ColumnOutput.padded(target.sizes[i - 1]);
        return header.build(target, target.rows[0], offsets, target.sizes, target.size());
    }

    /** Room for a message, which begins at a multiple of 8 bytes. */
    private ByteBuffer reserve(long size, String key, int element) {
        if (size > MAX_MESSAGE) {
            throw new IllegalArgumentException("key \"" + key + "\": element " + element + " takes " + size
                    + " bytes: a single one may have up to 2 GiB");
        }
        if (block == null || block.remaining() < size) {
            block = scratch.take((int) Math.max(size, BLOCK));
            blocks.add(block);
        }
        ByteBuffer message = block.slice(block.position(), (int) size).order(block.order());
        block.position(block.position() + (int) size);
        return message;
    }

    @Override
    public void close() {
        blocks.forEach(scratch::give);
        blocks.clear();
        block = null;
    }
}
