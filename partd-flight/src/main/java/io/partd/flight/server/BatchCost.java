package io.partd.flight.server;

import io.partd.flight.wire.Pieces;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * What a record batch or dictionary takes beyond its bytes, going by what its header claims: rows that take none, and
 * compressed buffers. Nothing is allocated for that before it is known to be little enough.
 */
final class BatchCost {
    /** The part of each row, its place in it, and what the places are made from. */
    private static final int PARTITIONED_ROW = 12;

    private static final int LENGTH = 8;

    private BatchCost() {}

    /**
     * The cost of a message, whose header was read before.
     *
     * @param sizes the number that stands at this place of the body: they are asked for from front to back
     * @param partitioned whether its rows are parted
     * @throws IllegalArgumentException if it is not a message
     */
    static long of(Message message, LongUnaryOperator sizes, boolean partitioned) {
        try {
            RecordBatch batch = batch(message);
            if (batch == null) return 0;
            long rows = batch.length();
            if (rows < 0) throw new IllegalArgumentException("a record batch has " + rows + " rows");
            long each = batch.nodesLength() / 8 + 1 + (partitioned ? PARTITIONED_ROW : 0);
            long cost = rows > Long.MAX_VALUE / 2 / each ? Long.MAX_VALUE / 2 : rows * each;
            return batch.compression() == null ? cost : cost + uncompressed(batch, message.bodyLength(), sizes);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new IllegalArgumentException("the data_header is not an Arrow message", e);
        }
    }

    private static RecordBatch batch(Message message) {
        if (message.headerType() == MessageHeader.RecordBatch) return (RecordBatch) message.header(new RecordBatch());
        if (message.headerType() != MessageHeader.DictionaryBatch) return null;
        return ((DictionaryBatch) message.header(new DictionaryBatch())).data();
    }

    private static long uncompressed(RecordBatch batch, long bodySize, LongUnaryOperator sizes) {
        long sum = 0;
        long end = 0;
        Buffer buffer = new Buffer();
        for (int i = 0; i < batch.buffersLength(); i++) {
            batch.buffers(buffer, i);
            if (buffer.length() == 0) continue;
            boolean fits = buffer.length() >= LENGTH && buffer.offset() >= end;
            if (!fits || buffer.length() > bodySize - buffer.offset()) {
                throw new IllegalArgumentException("buffer " + i + " of a compressed batch is not in its body");
            }
            end = buffer.offset() + buffer.length();
            // -1: it is not compressed.
            long claimed = Math.max(0, sizes.applyAsLong(buffer.offset()));
            sum = claimed > Long.MAX_VALUE / 4 - sum ? Long.MAX_VALUE / 4 : sum + claimed;
        }
        return sum;
    }

    /** Reads numbers from a body in several pieces, from front to back. */
    static LongUnaryOperator sizes(List<ByteBuffer> body) {
        return new LongUnaryOperator() {
            private final Pieces pieces = new Pieces(body);
            private final long size = pieces.remaining();

            @Override
            public long applyAsLong(long offset) {
                pieces.skip(offset - (size - pieces.remaining()));
                return ByteBuffer.wrap(pieces.bytes(LENGTH))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
            }
        };
    }
}
