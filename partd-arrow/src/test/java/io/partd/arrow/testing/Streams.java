package io.partd.arrow.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.DictionaryUtility;

/** Writes random tables as IPC streams, for every type; {@link ArrowStreamWriter} cannot ({@link ArrowJava}). */
public final class Streams {
    private Streams() {}

    /** A whole table as one stream; dictionaries that change from one batch to the next are replaced. */
    public static byte[] write(RandomTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WriteChannel out = new WriteChannel(Channels.newChannel(bytes));
        MessageSerializer.serialize(out, inMessages(table));
        for (int i = 0; i < table.batches().size(); i++) {
            boolean changed = i == 0 || table.provider(i) != table.provider(i - 1);
            if (changed) writeDictionaries(out, table.shape(), table.provider(i));
            List<FieldVector> columns = table.batches().get(i).getFieldVectors();
            try (ArrowRecordBatch batch = unload(columns, table.batches().get(i).getRowCount())) {
                MessageSerializer.serialize(out, batch);
            }
        }
        ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
        return bytes.toByteArray();
    }

    /** Dictionary-encoded fields have their value's type in messages, and the index type in memory. */
    private static Schema inMessages(RandomTable table) {
        List<Field> fields = new ArrayList<>();
        for (Field field : table.schema().getFields()) {
            fields.add(
                    table.batches().isEmpty()
                            ? field
                            : DictionaryUtility.toMessageFormat(field, table.provider(0), new LinkedHashSet<>()));
        }
        return new Schema(fields, table.schema().getCustomMetadata());
    }

    private static void writeDictionaries(WriteChannel out, Shape shape, DictionaryProvider provider)
            throws IOException {
        for (Shape.Dict dict : shape.dictionaries()) {
            FieldVector entries = provider.lookup(dict.id()).getVector();
            ArrowRecordBatch values = unload(List.of(entries), entries.getValueCount());
            try (ArrowDictionaryBatch batch = new ArrowDictionaryBatch(dict.id(), values, false)) {
                MessageSerializer.serialize(out, batch);
            }
        }
    }

    /** What a {@code VectorUnloader} makes, where it works. */
    private static ArrowRecordBatch unload(List<FieldVector> vectors, int rows) {
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        List<Long> variadic = new ArrayList<>();
        for (FieldVector vector : vectors) unload(vector, nodes, buffers, variadic);
        return new ArrowRecordBatch(rows, nodes, buffers, NoCompressionCodec.DEFAULT_BODY_COMPRESSION, variadic, true);
    }

    private static void unload(
            FieldVector vector, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers, List<Long> variadic) {
        if (vector instanceof ExtensionTypeVector<?> extension) {
            unload((FieldVector) extension.getUnderlyingVector(), nodes, buffers, variadic);
            return;
        }
        nodes.add(new ArrowFieldNode(vector.getValueCount(), vector.getNullCount()));
        if (vector instanceof BaseVariableWidthViewVector views)
            variadic.add((long) views.getDataBuffers().size());
        for (ArrowBuf buffer : vector.getFieldBuffers()) {
            // Lists without rows and offsets claim an offset that is not there.
            if (buffer.writerIndex() > buffer.capacity()) buffer.writerIndex(buffer.capacity());
            buffers.add(buffer);
        }
        for (FieldVector child : vector.getChildrenFromFields()) unload(child, nodes, buffers, variadic);
    }
}
