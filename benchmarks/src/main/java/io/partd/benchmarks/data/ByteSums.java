package io.partd.benchmarks.data;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The bytes of all values, and a sum that tells whether they are the same: a CRC-32 of each block, times the number of
 * its key, of which the first is 1. Python has that checksum too.
 */
public final class ByteSums {
    /** A value is one block, in which all bytes have to be in order. */
    public static final int WHOLE = Integer.MAX_VALUE;

    private final CRC32 crc = new CRC32();
    private final int block;
    private long inBlock;
    private long key;
    private long bytes;
    private long sum;

    /** @param block the bytes after which a new block begins */
    public ByteSums(int block) {
        this.block = block;
    }

    public void add(int number, byte[] value) {
        begin(number);
        append(Bytes.of(value));
        end();
    }

    /** Begins with the value of a key. */
    public void begin(int number) {
        key = number + 1;
        inBlock = 0;
        crc.reset();
    }

    /** Goes on with it. */
    public void append(Bytes piece) {
        for (ByteBuffer buffer : piece.buffers()) {
            while (buffer.hasRemaining()) {
                int size = (int) Math.min(buffer.remaining(), block - inBlock);
                update(buffer.slice(buffer.position(), size));
                buffer.position(buffer.position() + size);
            }
        }
    }

    private void update(ByteBuffer piece) {
        inBlock += piece.remaining();
        bytes += piece.remaining();
        crc.update(piece);
        if (inBlock == block) finishBlock();
    }

    /** Ends the value. */
    public void end() {
        if (inBlock > 0) finishBlock();
    }

    private void finishBlock() {
        sum += key * crc.getValue();
        inBlock = 0;
        crc.reset();
    }

    @Override
    public String toString() {
        return bytes + " bytes, sum " + Long.toUnsignedString(sum);
    }
}
