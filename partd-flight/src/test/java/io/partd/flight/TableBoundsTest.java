package io.partd.flight;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.arrow.ArrowPartd;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.testing.Http2Socket;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.ServerMain;
import io.partd.flight.testing.ServerProcess;
import io.partd.flight.testing.Tables;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.ipc.message.ArrowBodyCompression;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables whose bytes claim more than they are, and readers of tables that stand still. */
@Tag("slow")
@Timeout(120)
class TableBoundsTest {
    private static final int ROWS = 100_000_000;
    private static final String PARTITION = "{\"partition\":{\"hash\":4,\"columns\":[\"a\"]}}";

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();

    private ServerProcess server() {
        List<String> flags = List.of("-Xmx128m", "-XX:MaxDirectMemorySize=128m");
        return ServerProcess.start(ServerMain.class, flags, directory.toString(), "0", "" + (64 << 20));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** A stream of one column, and one batch of it. */
    private static List<byte[]> stream(String put, ArrowType type, ArrowRecordBatch batch, byte[] body) {
        Schema schema = new Schema(List.of(new Field("a", FieldType.nullable(type), List.of())));
        byte[] first = array(MessageSerializer.serializeMetadata(schema, IpcOption.DEFAULT));
        byte[] second = array(MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT));
        return List.of(Raw.data(Raw.command(put), first, Frame.NOTHING), Raw.data(null, second, body));
    }

    private void isRefused(List<byte[]> stream, String reason) throws Exception {
        try (ServerProcess server = server();
                Raw raw = new Raw(server.uri, null);
                FlightPartd client = FlightPartd.connect(server.uri)) {
            Status status = raw.call(FlightMethods.DO_PUT, stream.toArray(byte[][]::new));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, status.getCode(), status.toString());
            assertTrue(status.getDescription().contains(reason), status.toString());
            client.append("honest", Bytes.utf8("x"));
            assertEquals(1, client.keys().size());
        }
    }

    @Test
    void rowsThatTakeNoBytes() throws Exception {
        try (ArrowRecordBatch batch = new ArrowRecordBatch(ROWS, List.of(new ArrowFieldNode(ROWS, ROWS)), List.of())) {
            isRefused(stream(PARTITION, new ArrowType.Null(), batch, Frame.NOTHING), "for its rows");
        }
    }

    /** Zeros, of which 128 KiB take four bytes (RFC 8878: a block of one byte, again and again). */
    private static byte[] zstdZeros(int blocks) {
        long size = (long) blocks << 17;
        ByteBuffer out = ByteBuffer.allocate(13 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xFD2FB528).put((byte) 0xE0).putLong(size);
        for (int i = 0; i < blocks; i++) {
            int header = (i == blocks - 1 ? 1 : 0) | 1 << 1 | 1 << 17 << 3;
            out.put((byte) header)
                    .put((byte) (header >> 8))
                    .put((byte) (header >> 16))
                    .put((byte) 0);
        }
        return out.array();
    }

    private void bomb(String put) throws Exception {
        byte[] zeros = zstdZeros(8192);
        int length = Long.BYTES + zeros.length;
        ByteBuffer body = ByteBuffer.allocate((length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        body.putLong(1 << 30).put(zeros);
        ArrowBodyCompression zstd =
                new ArrowBodyCompression(CompressionUtil.CodecType.ZSTD.getType(), BodyCompressionMethod.BUFFER);
        try (ArrowBuf empty = allocator.buffer(0);
                ArrowBuf data = allocator.buffer(length)) {
            data.writerIndex(length);
            int rows = 1 << 27;
            try (ArrowRecordBatch batch =
                    new ArrowRecordBatch(rows, List.of(new ArrowFieldNode(rows, 0)), List.of(empty, data), zstd)) {
                isRefused(stream(put, new ArrowType.Int(64, true), batch, body.array()), "uncompressed");
            }
        }
    }

    @Test
    void aBombInAPartitionedPut() throws Exception {
        bomb(PARTITION);
    }

    /** Columns of a table are decoded and copied: the memory for that is counted. */
    @Test
    void readersOfColumnsThatStandStill() throws Exception {
        try (ServerProcess server = server();
                FlightPartd client = FlightPartd.connect(server.uri)) {
            ArrowPartd tables = ArrowPartd.over(client, allocator);
            try (VectorSchemaRoot root = Tables.numbers(allocator, 0, 500_000)) {
                tables.append("k", root);
            }
            Ticket ticket = Descriptors.ticket(new Descriptors.Table("k", List.of("x")));
            List<Http2Socket> stalled = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Http2Socket socket = new Http2Socket(server.uri);
                stalled.add(socket);
                socket.call(1, FlightMethods.DO_GET.getFullMethodName(), Map.of());
                byte[] message = ticket.toByteArray();
                socket.send(1, Http2Socket.message(message.length, message), 1000);
                socket.frame(Http2Socket.DATA, Http2Socket.END_STREAM, 1, new byte[0]);
            }
            TimeUnit.SECONDS.sleep(2);
            client.append("honest", Bytes.utf8("x"));
            assertTrue(server.resident() < 450L << 20, server.resident() + " bytes resident");
            try (Raw raw = new Raw(server.uri, null)) {
                Raw.Call honest = raw.begin(FlightMethods.DO_GET);
                honest.send(ticket.toByteArray()).halfClose();
                Status status = honest.end();
                assertTrue(status.isOk(), status.toString());
                assertFalse(honest.answers.isEmpty());
            }
            for (Http2Socket each : stalled) each.close();
        }
    }
}
