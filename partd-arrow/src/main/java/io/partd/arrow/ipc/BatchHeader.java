package io.partd.arrow.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import io.partd.Bytes;
import io.partd.arrow.column.ColumnOutput;
import io.partd.arrow.compression.BufferCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes what comes before the body of a record batch or dictionary batch: the continuation mark, the length, and the
 * message's metadata, padded to 8 bytes (Arrow columnar format, "Encapsulated message format"). For one thread.
 */
public final class BatchHeader {
    private static final int PREFIX = 8;

    private final FlatBufferBuilder builder = new FlatBufferBuilder(1024);
    private final BufferCodec codec;

    /** The codec that the buffers are compressed with, or null. */
    public BatchHeader(BufferCodec codec) {
        this.codec = codec;
    }

    /** A schema's message, which has no body. Arrow Java's own takes a channel, and so fails in interrupted threads. */
    static Bytes ofSchema(Schema schema) {
        BatchHeader header = new BatchHeader(null);
        int size = header.finish(MessageHeader.Schema, schema.getSchema(header.builder), 0);
        ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header.writeTo(message, 0);
        return Bytes.of(message);
    }

    /** Builds the header of a record batch, and returns its size in bytes. */
    public int build(ColumnOutput body, long rows, long[] offsets, long[] lengths, long bodyLength) {
        builder.clear();
        return finish(MessageHeader.RecordBatch, recordBatch(body, rows, offsets, lengths), bodyLength);
    }

    /** Builds the header of a dictionary that replaces any before it, and returns its size in bytes. */
    int buildDictionary(long id, ColumnOutput body, long rows, long[] offsets, long[] lengths, long bodyLength) {
        builder.clear();
        int data = recordBatch(body, rows, offsets, lengths);
        int dictionary = DictionaryBatch.createDictionaryBatch(builder, id, data, false);
        return finish(MessageHeader.DictionaryBatch, dictionary, bodyLength);
    }

    private int recordBatch(ColumnOutput body, long rows, long[] offsets, long[] lengths) {
        int compression = codec == null
                ? 0
                : BodyCompression.createBodyCompression(builder, codec.type().getType(), BodyCompressionMethod.BUFFER);
        int variadic = variadicCounts(body);
        RecordBatch.startBuffersVector(builder, body.buffers);
        for (int i = body.buffers - 1; i >= 0; i--) Buffer.createBuffer(builder, offsets[i], lengths[i]);
        int buffers = builder.endVector();
        RecordBatch.startNodesVector(builder, body.rows.length);
        for (int i = body.rows.length - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, body.rows[i], body.nulls[i]);
        }
        int nodes = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, buffers);
        if (codec != null) RecordBatch.addCompression(builder, compression);
        if (variadic != 0) RecordBatch.addVariadicBufferCounts(builder, variadic);
        return RecordBatch.endRecordBatch(builder);
    }

    private int variadicCounts(ColumnOutput body) {
        int views = 0;
        for (long[] sizes : body.dataSizes) views += sizes == null ? 0 : 1;
        if (views == 0) return 0;
        long[] counts = new long[views];
        int at = 0;
        for (long[] sizes : body.dataSizes) {
            if (sizes != null) counts[at++] = sizes.length;
        }
        return RecordBatch.createVariadicBufferCountsVector(builder, counts);
    }

    private int finish(byte type, int header, long bodyLength) {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyLength, 0));
        return PREFIX + (int) ColumnOutput.padded(builder.dataBuffer().remaining());
    }

    /** Puts what was built at a position of the buffer. */
    public void writeTo(ByteBuffer dst, int at) {
        ByteBuffer metadata = builder.dataBuffer();
        int length = metadata.remaining();
        int padded = (int) ColumnOutput.padded(length);
        dst.putInt(at, -1).putInt(at + 4, padded);
        if (padded > length) dst.putLong(at + PREFIX + padded - 8, 0);
        dst.put(at + PREFIX, metadata, metadata.position(), length);
    }
}
