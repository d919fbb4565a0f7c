package io.partd.flight;

import com.google.flatbuffers.FlatBufferBuilder;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * What is stored of an append that was made: whose it is, which, and which of its heads were written (by their places
 * among its heads). A key of such records is an Arrow stream without columns and rows, so that a typed layer that is
 * opened on the store itself finds nothing that it cannot read.
 */
record TokenRecord(UUID client, long sequence, BitSet written) {
    private static final int FIXED = 8 + 8 + 8 + 8;
    private static final int MOST = 1 << 20;

    /** What a key of records begins with. */
    static Bytes head() {
        FlatBufferBuilder builder = new FlatBufferBuilder(128);
        int fields = Schema.createFieldsVector(builder, new int[0]);
        Schema.startSchema(builder);
        Schema.addFields(builder, fields);
        int schema = Schema.endSchema(builder);
        return Bytes.of(message(builder, MessageHeader.Schema, schema, 0));
    }

    Bytes encode() {
        byte[] bits = written.toByteArray();
        int body = FIXED + (bits.length + 7) / 8 * 8;
        FlatBufferBuilder builder = new FlatBufferBuilder(128);
        RecordBatch.startNodesVector(builder, 0);
        int nodes = builder.endVector();
        RecordBatch.startBuffersVector(builder, 0);
        int buffers = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, buffers);
        ByteBuffer message = message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), body);
        ByteBuffer payload = ByteBuffer.allocate(body).order(ByteOrder.LITTLE_ENDIAN);
        payload.putLong(client.getMostSignificantBits()).putLong(client.getLeastSignificantBits());
        payload.putLong(sequence).putLong(bits.length).put(bits).rewind();
        return Bytes.of(message, payload);
    }

    private static ByteBuffer message(FlatBufferBuilder builder, byte type, int header, long body) {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, body, 0));
        ByteBuffer metadata = builder.dataBuffer();
        int length = (metadata.remaining() + 7) / 8 * 8;
        ByteBuffer message = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        return message.putInt(-1).putInt(length).put(metadata).rewind();
    }

    /**
     * Reads all records of a key.
     *
     * @throws CorruptPartdException if they are broken
     */
    static List<TokenRecord> readAll(Bytes stored) {
        List<TokenRecord> records = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(stored.newInputStream())) {
            for (long left = stored.size(); left > 0; ) {
                ByteBuffer prefix = read(in, 8);
                if (prefix.getInt() != -1) throw new IOException("no Arrow message begins there");
                int length = prefix.getInt();
                Message message = Message.getRootAsMessage(read(in, length));
                long body = message.bodyLength();
                if (message.headerType() == MessageHeader.RecordBatch) records.add(record(read(in, body)));
                left -= 8 + length + body;
            }
            return records;
        } catch (CorruptPartdException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CorruptPartdException(
                    "what the server remembers of appends", 0, String.valueOf(e.getMessage()), e);
        }
    }

    private static ByteBuffer read(DataInputStream in, long length) throws IOException {
        if (length < 0 || length > MOST) throw new EOFException("a record of " + length + " bytes");
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) throw new EOFException("the last record is cut");
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static TokenRecord record(ByteBuffer body) {
        UUID client = new UUID(body.getLong(), body.getLong());
        long sequence = body.getLong();
        byte[] bits = new byte[Math.toIntExact(body.getLong())];
        body.get(bits);
        return new TokenRecord(client, sequence, BitSet.valueOf(bits));
    }
}
