package io.partd.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.testing.BrokenKey;
import io.partd.arrow.testing.EveryType;
import io.partd.arrow.testing.SharedLists;
import io.partd.arrow.testing.SmallStreams;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Few bytes that stand for many, or claim to. */
class AmplificationTest {
    private static final int MANY = 20_000;

    private static void assertRefused(byte[] stream, String reason) {
        try (BrokenKey key = new BrokenKey()) {
            key.readAll(stream);
            assertEquals(0, key.read(), key::counts);
        }
        ArrowStream broken = new ArrowStream(Bytes.of(stream), "a stream");
        try (BufferAllocator allocator = new RootAllocator()) {
            String message = assertThrows(CorruptPartdException.class, () -> broken.table(allocator))
                    .getMessage();
            assertTrue(message.contains(reason), message);
        }
    }

    private static byte[] message(FlatBufferBuilder builder, int schema) {
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.Schema);
        Message.addHeader(builder, schema);
        Message.addVersion(builder, MetadataVersion.V5);
        builder.finish(Message.endMessage(builder));
        byte[] metadata = builder.sizedByteArray();
        ByteBuffer stream =
                ByteBuffer.allocate(8 + (metadata.length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        return stream.putInt(-1).putInt(stream.capacity() - 8).put(metadata).array();
    }

    private static int bool(FlatBufferBuilder builder, int name) {
        Bool.startBool(builder);
        int type = Bool.endBool(builder);
        return Field.createField(
                builder, name, true, Type.Bool, type, 0, Field.createChildrenVector(builder, new int[0]), 0);
    }

    /** Many fields that share one long name. */
    @Test
    void sharedNames() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int name = builder.createString("n".repeat(500_000));
        int[] fields = new int[MANY];
        Arrays.setAll(fields, i -> bool(builder, name));
        int vector = Schema.createFieldsVector(builder, fields);
        assertRefused(message(builder, Schema.createSchema(builder, (short) 0, vector, 0, 0)), "more than its bytes");
    }

    /** One field, many times. */
    @Test
    void sharedFields() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int field = bool(builder, builder.createString("a"));
        int[] fields = new int[MANY];
        Arrays.fill(fields, field);
        int vector = Schema.createFieldsVector(builder, fields);
        assertRefused(message(builder, Schema.createSchema(builder, (short) 0, vector, 0, 0)), "more than its bytes");
    }

    /** Structs of structs, each with the one below it as both of its children. */
    @Test
    void sharedChildren() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int name = builder.createString("a");
        int field = bool(builder, name);
        for (int depth = 0; depth < 40; depth++) {
            org.apache.arrow.flatbuf.Struct_.startStruct_(builder);
            int type = org.apache.arrow.flatbuf.Struct_.endStruct_(builder);
            int children = Field.createChildrenVector(builder, new int[] {field, field});
            field = Field.createField(builder, name, true, Type.Struct_, type, 0, children, 0);
        }
        int vector = Schema.createFieldsVector(builder, new int[] {field});
        assertRefused(message(builder, Schema.createSchema(builder, (short) 0, vector, 0, 0)), "more than its bytes");
    }

    /** A vector of type ids that claims to be longer than the message. */
    @Test
    void typeIds() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int ids = Union.createTypeIdsVector(builder, new int[] {0x1234567});
        int type = Union.createUnion(builder, (short) 0, ids);
        int children = Field.createChildrenVector(builder, new int[0]);
        int field = Field.createField(builder, builder.createString("u"), true, Type.Union, type, 0, children, 0);
        int vector = Schema.createFieldsVector(builder, new int[] {field});
        byte[] stream = message(builder, Schema.createSchema(builder, (short) 0, vector, 0, 0));
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != 0x1234567) at++;
        assertEquals(1, bytes.getInt(at - 4));
        bytes.putInt(at - 4, 1 << 28);
        assertRefused(stream, "more than its bytes");
    }

    /** Buffers that are the same bytes, and become much each. */
    @Test
    void compressedBuffersThatOverlap() {
        byte[] stream;
        try (BufferAllocator allocator = new RootAllocator()) {
            stream = SmallStreams.ofEveryLayout(allocator).get("ZSTD");
        }
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        int start = 8 + bytes.getInt(4);
        ByteBuffer metadata = bytes.slice(start + 8, bytes.getInt(start + 4)).order(ByteOrder.LITTLE_ENDIAN);
        RecordBatch batch = (RecordBatch) Message.getRootAsMessage(metadata).header(new RecordBatch());
        long offset = batch.buffers(2).offset();
        long length = batch.buffers(2).length();
        int at = 0;
        while (metadata.getLong(at) != offset || metadata.getLong(at + 8) != length) at++;
        long body = Message.getRootAsMessage(metadata).bodyLength();
        for (int buffer = 0; buffer < 3; buffer++) {
            metadata.putLong(at - 16 * buffer, 0).putLong(at - 16 * buffer + 8, body);
        }
        try (BrokenKey key = new BrokenKey()) {
            key.readTable(stream);
            key.readBatches(stream);
            assertEquals(2, key.refused());
        }
    }

    /**
     * Three levels of lists that all have all values of the level below: a million million of them, were they told
     * apart.
     */
    @Test
    void listViewsThatShareTheirValues() {
        int rows = 10_000;
        org.apache.arrow.vector.types.pojo.Field numbers = EveryType.leaf("item", new ArrowType.Int(32, true));
        org.apache.arrow.vector.types.pojo.Field lists = EveryType.of("item", new ArrowType.ListView(), numbers);
        org.apache.arrow.vector.types.pojo.Field column = EveryType.of("column", new ArrowType.LargeListView(), lists);
        try (BufferAllocator allocator = new RootAllocator(16 << 20);
                ArrowPartd tables = ArrowPartd.over(io.partd.Partds.dict(), allocator);
                VectorSchemaRoot root = SharedLists.root(column, rows, allocator)) {
            for (int i = 0; i < 3; i++) tables.append("key", root);
            try (VectorSchemaRoot read = tables.get("key")) {
                assertEquals(3 * rows, read.getRowCount());
                SharedLists.assertShares(read.getVector(0), rows, List.of(3 * rows, 3 * rows, 3 * rows));
            }
        }
    }
}
