package io.partd.arrow.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** An Arrow stream, message by message: also one that no ArrowStreamWriter would write. */
public final class RawStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final WriteChannel channel = new WriteChannel(Channels.newChannel(bytes));

    /** Appends a schema, in the form that messages have. */
    public RawStream schema(Schema schema) throws IOException {
        MessageSerializer.serialize(channel, schema);
        return this;
    }

    /** Appends a batch, and closes it. */
    public RawStream batch(ArrowRecordBatch batch) throws IOException {
        try (batch) {
            MessageSerializer.serialize(channel, batch);
        }
        return this;
    }

    /** Appends the entries of a dictionary, and closes them. */
    public RawStream dictionary(long id, ArrowRecordBatch entries, boolean isDelta) throws IOException {
        try (ArrowDictionaryBatch batch = new ArrowDictionaryBatch(id, entries, isDelta)) {
            MessageSerializer.serialize(channel, batch);
        }
        return this;
    }

    public RawStream endOfStream() throws IOException {
        ArrowStreamWriter.writeEndOfStream(channel, IpcOption.DEFAULT);
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
