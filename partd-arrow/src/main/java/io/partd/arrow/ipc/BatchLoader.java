package io.partd.arrow.ipc;

import io.partd.CorruptPartdException;
import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.DictionaryIndexColumn;
import io.partd.arrow.column.ViewColumn;
import io.partd.arrow.compression.BufferCodec;
import io.partd.arrow.memory.Arena;
import io.partd.arrow.memory.BufferAddress;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** Makes a batch of a record batch message, whose bytes are not trusted: only what is wanted is read. */
final class BatchLoader {
    /** In bytes, before and after; larger buffers are not compressed here, and hardly anywhere. */
    private static final long MAX_COMPRESSED = Integer.MAX_VALUE - 8;

    private final MessageCursor cursor;
    private final Arena arena;
    private final RecordBatch message;
    private final IntFunction<Batch> dictionaries;
    private final FieldNode node = new FieldNode();
    private final BatchRanges ranges;
    private final BufferCodec codec;
    private Batch batch;
    private int nodeAt;
    private int bufferAt;
    private int viewsAt;
    /** Where the bytes lie that addresses are relative to, while the buffers of a column are collected. */
    private long base;

    private long baseOffset;
    /** The bytes of the compressed buffers so far. */
    private long compressed;

    /** The dictionaries are known by their number in the table. */
    private BatchLoader(MessageCursor cursor, RecordBatch message, Arena arena, IntFunction<Batch> dictionaries) {
        this.cursor = cursor;
        this.message = message;
        this.arena = arena;
        this.dictionaries = dictionaries;
        this.codec = codec(cursor, message.compression());
        this.ranges = new BatchRanges(cursor, message);
    }

    private static BufferCodec codec(MessageCursor cursor, BodyCompression compression) {
        if (compression == null) return null;
        if (compression.method() != BodyCompressionMethod.BUFFER) {
            throw cursor.corrupt("it is compressed by the unknown method " + compression.method());
        }
        try {
            return BufferCodec.reading(compression.codec());
        } catch (CorruptPartdException e) {
            throw new CorruptPartdException(cursor.where, cursor.start, e.reason(), e);
        }
    }

    /**
     * The batch of the columns that are wanted; the others have no buffers.
     *
     * @throws CorruptPartdException if the message does not describe such a batch
     */
    static Batch load(
            MessageCursor cursor,
            RecordBatch message,
            Column[] columns,
            int nodes,
            boolean[] wanted,
            Arena arena,
            IntFunction<Batch> dictionaries) {
        try {
            return new BatchLoader(cursor, message, arena, dictionaries).load(columns, nodes, wanted);
        } catch (CorruptPartdException e) {
            throw e;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            throw cursor.broken(e);
        }
    }

    private Batch load(Column[] columns, int nodes, boolean[] wanted) {
        int rows = length(message.length(), "rows");
        if (message.nodesLength() != nodes) {
            throw cursor.corrupt("it has " + message.nodesLength() + " field nodes, not " + nodes);
        }
        batch = new Batch(rows, nodes, cursor.where, cursor.start);
        boolean all = true;
        for (boolean each : wanted) all &= each;
        if (all && codec == null) mapBody(0, cursor.bodyEnd - cursor.bodyStart);
        for (int i = 0; i < columns.length; i++) {
            if (!wanted[i]) skip(columns[i]);
            else {
                if (!all && codec == null) mapColumn(columns[i]);
                add(columns[i]);
            }
            if (batch.lengths[columns[i].in] != rows && wanted[i]) {
                throw batch.corrupt(
                        columns[i], "it has " + batch.lengths[columns[i].in] + " values in " + rows + " rows");
            }
        }
        if (bufferAt != message.buffersLength() || viewsAt != message.variadicBufferCountsLength()) {
            throw cursor.corrupt("it has " + message.buffersLength() + " buffers, not " + bufferAt);
        }
        return batch;
    }

    private int length(long length, String what) {
        if (length >= 0 && length < Integer.MAX_VALUE) return (int) length;
        throw cursor.corrupt("it has " + length + " " + what);
    }

    private void mapBody(long from, long to) {
        baseOffset = from;
        base = from == to ? 0 : arena.address(cursor.bytes, cursor.bodyStart + from, cursor.bodyStart + to);
    }

    /** Reads from the first to the last byte of a column's buffers. */
    private void mapColumn(Column column) {
        BatchRanges.Range range = ranges.of(bufferAt, bufferAt + ranges.count(column, new int[] {viewsAt}));
        mapBody(range.from(), range.to());
    }

    private void skip(Column column) {
        nodeAt++;
        bufferAt += column.buffers + (column instanceof ViewColumn ? ranges.views(viewsAt++) : 0);
        column.children.forEach(this::skip);
    }

    private void add(Column column) {
        message.nodes(node, nodeAt++);
        int length = length(node.length(), "values");
        long nulls = node.nullCount();
        if (nulls > length) throw cursor.corrupt("it has " + nulls + " nulls among " + length + " values");
        int views = column instanceof ViewColumn ? ranges.views(viewsAt++) : 0;
        batch.beginNode(column.in, length, (int) Math.max(-1, nulls), views);
        for (int i = 0; i < column.buffers + views; i++) addBuffer();
        if (column instanceof DictionaryIndexColumn kept)
            batch.dictionaries[column.in] = dictionaries.apply(kept.dictionary);
        column.children.forEach(this::add);
    }

    private void addBuffer() {
        Buffer buffer = ranges.buffer(bufferAt++);
        if (buffer.length() == 0) batch.addBuffer(0, 0);
        else if (codec == null) batch.addBuffer(base + (buffer.offset() - baseOffset), buffer.length());
        else decompress(cursor.bodyStart + buffer.offset(), buffer.length());
    }

    private void decompress(long from, long length) {
        compressed += length;
        if (compressed > cursor.bodyEnd - cursor.bodyStart) {
            throw cursor.corrupt("its compressed buffers have more bytes than its body: they overlap");
        }
        if (length > MAX_COMPRESSED) throw cursor.corrupt("a compressed buffer has " + length + " bytes");
        try {
            ByteBuffer src = cursor.bytes.read(from, from + length);
            long size = codec.uncompressedLength(src);
            if (size > MAX_COMPRESSED) throw cursor.corrupt("a compressed buffer becomes " + size + " bytes");
            ByteBuffer dst = arena.take((int) size).limit((int) size);
            codec.decompress(src, dst);
            batch.addBuffer(BufferAddress.of(dst), size);
        } catch (CorruptPartdException e) {
            throw new CorruptPartdException(cursor.where, from, e.reason(), e);
        }
    }
}
