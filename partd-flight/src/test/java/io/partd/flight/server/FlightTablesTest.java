package io.partd.flight.server;

import io.grpc.Status;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.flight.FlightPartd;
import io.partd.flight.PartdServer;
import io.partd.flight.ServerOptions;
import io.partd.flight.testing.Raw;
import io.partd.flight.testing.Tables;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.testing.Patience;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables over a served store: under the typed layer here, and as Flight's own messages. */
class FlightTablesTest {
    private static final long SEED = Long.getLong("partd.seed", System.nanoTime());

    private final BufferAllocator allocator = new RootAllocator();
    private final Partd<Bytes> store = Partds.dict();
    private final PartdServer server = PartdServer.serve(store, ServerOptions.at("grpc+tcp://127.0.0.1:0"));

    @AfterEach
    void close() {
        server.close();
        allocator.close();
    }

    @Test
    void aTypedLayerOverACodecOverAServer() {
        try (ArrowPartd tables = ArrowPartd.over(Partds.zstd(FlightPartd.connect(server.uri())), allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 1000)) {
            for (int i = 0; i < 3; i++) tables.append(root, Partitioner.hash(8, "n"));
            int rows = 0;
            for (String key : tables.keys()) {
                try (VectorSchemaRoot part = tables.get(key, "x")) {
                    rows += part.getRowCount();
                    assertEquals(1, part.getFieldVectors().size());
                }
            }
            assertEquals(3000, rows);
            String message = assertThrows(
                            IllegalArgumentException.class, () -> tables.append(root, Partitioner.hash(9, "n")))
                    .getMessage();
            assertTrue(message.contains("hash(8"), message);
        }
    }

    /** The messages of a table, as FlightData. */
    private List<Frame> frames() {
        try (Partd<Bytes> stored = Partds.dict();
                ArrowPartd tables = ArrowPartd.over(stored, allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 50)) {
            tables.append("k", root);
            List<Frame> frames = new ArrayList<>();
            new StoredFrames(stored.get("k"), "k").forEachRemaining(frames::add);
            return frames;
        }
    }

    private static byte[] body(Frame frame) {
        byte[] body = new byte[(int) frame.bodySize];
        ByteBuffer all = ByteBuffer.wrap(body);
        frame.body.forEach(part -> all.put(part.duplicate()));
        return body;
    }

    /** The second makes the header of a dictionary that has its fields elsewhere. */
    static LongStream seeds() {
        return LongStream.of(SEED, 66_760_091_957_973L);
    }

    /** Headers and bodies with flipped bytes are refused, or are other values: nothing else happens. */
    @ParameterizedTest
    @MethodSource("seeds")
    void brokenStreamsAreRefused(long seed) throws InterruptedException {
        System.out.println("-Dpartd.seed=" + seed);
        Random random = new Random(seed);
        Frame schema = frames().get(0);
        Frame batch = frames().get(1);
        int refused = 0;
        try (Raw raw = new Raw(server.uri(), null);
                ArrowPartd tables = ArrowPartd.over(FlightPartd.connect(server.uri()), allocator)) {
            for (int round = 0; round < 300; round++) {
                byte[][] parts = {schema.header.clone(), batch.header.clone(), body(batch)};
                byte[] broken = parts[random.nextInt(parts.length)];
                for (int i = 0; i <= random.nextInt(3); i++)
                    broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
                Status status = raw.call(
                        FlightMethods.DO_PUT,
                        Raw.data(Raw.path("k"), parts[0], Frame.NOTHING),
                        Raw.data(null, parts[1], parts[2]));
                assertTrue(
                        // A header may claim more rows than there is memory for.
                        status.isOk()
                                || status.getCode() == Status.Code.INVALID_ARGUMENT
                                || status.getCode() == Status.Code.RESOURCE_EXHAUSTED,
                        () -> status + " of seed " + seed);
                if (!status.isOk()) refused++;
                if (status.isOk()) tables.get("k").close();
                tables.delete("k");
            }
        }
        assertTrue(refused > 20 && refused < 300, refused + " of 300 were refused");
    }

    /** The client has sent all by the time that the batch is refused: the schema is given back all the same. */
    @Test
    @Timeout(60)
    void whatAFailedCallHeldIsGivenBack() throws Exception {
        Frame batch = frames().get(1);
        byte[] body = body(batch);
        Schema large = new Schema(List.of(), Map.of("note", "x".repeat(200_000)));
        ByteBuffer message = MessageSerializer.serializeMetadata(large, IpcOption.DEFAULT);
        byte[] schema = new byte[message.remaining()];
        message.get(schema);
        try (Raw raw = new Raw(server.uri(), null)) {
            for (int i = 0; i < 20; i++) {
                Status status = raw.call(
                        FlightMethods.DO_PUT,
                        Raw.data(Raw.path("k"), schema, Frame.NOTHING),
                        Raw.data(null, batch.header, body));
                assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status::toString);
                assertTrue(status.getDescription().contains("not valid Arrow"), status::toString);
            }
        }
        Patience.until("nothing is reserved", () -> reserved() == 0);
    }

    private double reserved() {
        return server.metrics().scrape(name -> name.equals("partd_budget_bytes")).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
                .sum();
    }

    @Test
    void anotherSchemaIsRefused() throws InterruptedException {
        try (Raw raw = new Raw(server.uri(), null);
                Partd<Bytes> stored = Partds.dict();
                ArrowPartd other = ArrowPartd.over(stored, allocator);
                VectorSchemaRoot root = Tables.numbers(allocator, 0, 5);
                VectorSchemaRoot less = root.removeVector(0)) {
            other.append("k", less);
            List<Frame> frames = frames();
            assertTrue(raw.call(FlightMethods.DO_PUT, messages(frames)).isOk());
            frames.clear();
            new StoredFrames(stored.get("k"), "k").forEachRemaining(frames::add);
            Status status = raw.call(FlightMethods.DO_PUT, messages(frames));
            assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode());
            assertTrue(status.getDescription().contains("\"k\""), status.getDescription());
        }
    }

    private static byte[][] messages(List<Frame> frames) {
        byte[][] messages = new byte[frames.size()][];
        for (int i = 0; i < messages.length; i++) {
            Frame frame = frames.get(i);
            messages[i] = Raw.data(i == 0 ? Raw.path("k") : null, frame.header, body(frame));
        }
        return messages;
    }
}
