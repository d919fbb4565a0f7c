package io.partd;

import java.nio.ByteBuffer;

/**
 * The blocks of a value, each in one buffer, for checksums and copies. For one thread; a block is good until the next.
 */
final class BlockSource {
    private final ByteBuffer single;
    private final BytesReader reader;
    private final ByteBuffer scratch;

    /** The blocks of one buffer, as views of it. */
    BlockSource(ByteBuffer single) {
        this.single = single.duplicate();
        this.reader = null;
        this.scratch = null;
    }

    /** The blocks of any value, as copies: pieces end anywhere. */
    BlockSource(Bytes value) {
        this.single = null;
        this.reader = new BytesReader(value);
        this.scratch = ByteBuffer.allocate((int) Math.min(Format.BLOCK, value.size()));
    }

    /** The next block, or null at the end. */
    ByteBuffer next() {
        return single != null ? nextView() : nextCopy();
    }

    private ByteBuffer nextView() {
        if (!single.hasRemaining()) return null;
        ByteBuffer block = single.duplicate();
        block.limit(block.position() + Math.min(Format.BLOCK, block.remaining()));
        single.position(block.limit());
        return block;
    }

    private ByteBuffer nextCopy() {
        if (!reader.hasRemaining()) return null;
        scratch.clear();
        while (scratch.hasRemaining() && reader.hasRemaining()) {
            scratch.put(reader.next(Math.min(scratch.remaining(), reader.remainingHere())));
        }
        return scratch.flip();
    }
}
