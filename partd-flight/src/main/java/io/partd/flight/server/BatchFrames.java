package io.partd.flight.server;

import io.partd.flight.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.DictionaryUtility;

/** What a reader has loaded as frames, copied: the reader may go on before they are sent. */
final class BatchFrames {
    private BatchFrames() {}

    /** The schema as it goes over the wire. */
    static Schema schema(ArrowReader reader) throws IOException {
        Schema schema = reader.getVectorSchemaRoot().getSchema();
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.getFields()) {
            fields.add(DictionaryUtility.toMessageFormat(field, reader, new HashSet<>()));
        }
        return new Schema(fields, schema.getCustomMetadata());
    }

    static Frame frame(Schema schema) {
        byte[] header = array(MessageSerializer.serializeMetadata(schema, IpcOption.DEFAULT));
        return Frame.of(null, header, Frame.NOTHING, List.of());
    }

    /** Adds the batch that the reader has loaded, after its dictionaries. */
    static void add(ArrowReader reader, Collection<Frame> frames) throws IOException {
        for (Dictionary dictionary : reader.getDictionaryVectors().values()) frames.add(frame(dictionary));
        try (ArrowRecordBatch batch = new VectorUnloader(reader.getVectorSchemaRoot()).getRecordBatch()) {
            byte[] header = array(MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT));
            frames.add(Frame.of(null, header, Frame.NOTHING, List.of(body(batch))));
        }
    }

    /** The root that borrows the dictionary's vector is not closed: the reader's is. */
    private static Frame frame(Dictionary dictionary) {
        FieldVector vector = dictionary.getVector();
        VectorSchemaRoot root =
                new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), vector.getValueCount());
        ArrowRecordBatch entries = new VectorUnloader(root).getRecordBatch();
        try (ArrowDictionaryBatch batch =
                new ArrowDictionaryBatch(dictionary.getEncoding().getId(), entries, false)) {
            byte[] header = array(MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT));
            return Frame.of(null, header, Frame.NOTHING, List.of(body(entries)));
        }
    }

    private static ByteBuffer body(ArrowRecordBatch batch) {
        ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(batch.computeBodyLength()));
        List<ArrowBuf> buffers = batch.getBuffers();
        List<ArrowBuffer> layout = batch.getBuffersLayout();
        for (int i = 0; i < buffers.size(); i++) {
            ArrowBuf buffer = buffers.get(i);
            buffer.getBytes(0, body.array(), (int) layout.get(i).getOffset(), (int) buffer.readableBytes());
        }
        return body;
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
