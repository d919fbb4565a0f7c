package io.partd.flight.server;

import com.google.flatbuffers.FlatBufferBuilder;
import io.partd.Bytes;
import io.partd.arrow.ipc.MessageCursor;
import io.partd.flight.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Some columns of a key as frames, whose bodies are the stored bytes of their buffers: nothing is decoded, and nothing
 * but headers is copied, so that a client that stands still costs nothing.
 */
final class ProjectedFrames implements AnswerSource<Frame> {
    private static final int ALIGNMENT = 8;

    private final MessageCursor walker;
    private final ColumnRanges ranges;
    private Frame ready;

    /**
     * @param schema the frame of the columns' schema
     * @param ranges where the columns are in a batch
     */
    ProjectedFrames(Bytes bytes, String key, Frame schema, ColumnRanges ranges) {
        this.walker = MessageCursor.keepingNothing(bytes, TableGet.name(key));
        this.ranges = ranges;
        this.ready = schema;
    }

    @Override
    public boolean hasNext() {
        while (ready == null && walker.next()) {
            if (walker.type() == MessageHeader.RecordBatch) ready = batch();
            else if (isNeededDictionary())
                ready = frame(walker.header(), walker.body().buffers());
        }
        return ready != null;
    }

    @Override
    public Frame next() {
        if (!hasNext()) throw new NoSuchElementException();
        Frame next = ready;
        ready = null;
        return next;
    }

    private boolean isNeededDictionary() {
        if (walker.type() != MessageHeader.DictionaryBatch) return false;
        return walker.decode(() -> {
            DictionaryBatch dictionary = (DictionaryBatch) walker.message().header(new DictionaryBatch());
            return ranges.dictionaries().contains(dictionary.id());
        });
    }

    private static Frame frame(byte[] header, List<ByteBuffer> body) {
        return Frame.of(null, header, Frame.NOTHING, body);
    }

    private Frame batch() {
        try {
            RecordBatch whole = (RecordBatch) walker.message().header(new RecordBatch());
            if (whole.nodesLength() != ranges.nodes() || whole.buffersLength() != ranges.buffers()) {
                throw walker.corrupt("a record batch has other columns than its schema");
            }
            return project(whole, walker.body());
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw walker.corrupt("a record batch cannot be decoded: " + e);
        }
    }

    private Frame project(RecordBatch whole, Bytes body) {
        List<ByteBuffer> parts = new ArrayList<>();
        List<long[]> buffers = new ArrayList<>();
        long at = 0;
        for (ColumnRanges.Range column : ranges.columns()) {
            for (int i = column.firstBuffer(); i < column.endBuffer(); i++) {
                Buffer buffer = whole.buffers(i);
                long length = buffer.length();
                if (buffer.offset() < 0 || length < 0 || length > body.size() - buffer.offset()) {
                    throw walker.corrupt("a buffer of a record batch is not in its body");
                }
                buffers.add(new long[] {at, length});
                if (length == 0) continue;
                parts.addAll(
                        body.slice(buffer.offset(), buffer.offset() + length).buffers());
                int padding = (int) (-length & ALIGNMENT - 1);
                if (padding > 0) parts.add(ByteBuffer.allocate(padding));
                at += length + padding;
            }
        }
        return frame(header(whole, buffers, at), parts);
    }

    private byte[] header(RecordBatch whole, List<long[]> buffers, long bodyLength) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int compression = whole.compression() == null
                ? 0
                : BodyCompression.createBodyCompression(
                        builder,
                        whole.compression().codec(),
                        whole.compression().method());
        int nodes = nodes(builder, whole);
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (int i = buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, buffers.get(i)[0], buffers.get(i)[1]);
        }
        int places = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, whole.length());
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, places);
        if (compression != 0) RecordBatch.addCompression(builder, compression);
        int batch = RecordBatch.endRecordBatch(builder);
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.RecordBatch);
        Message.addHeader(builder, batch);
        Message.addVersion(builder, walker.message().version());
        Message.addBodyLength(builder, bodyLength);
        builder.finish(Message.endMessage(builder));
        return builder.sizedByteArray();
    }

    private int nodes(FlatBufferBuilder builder, RecordBatch whole) {
        List<FieldNode> kept = new ArrayList<>();
        for (ColumnRanges.Range column : ranges.columns()) {
            for (int i = column.firstNode(); i < column.endNode(); i++) kept.add(whole.nodes(i));
        }
        RecordBatch.startNodesVector(builder, kept.size());
        for (int i = kept.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, kept.get(i).length(), kept.get(i).nullCount());
        }
        return builder.endVector();
    }

    @Override
    public void close() {
        ready = null;
    }
}
