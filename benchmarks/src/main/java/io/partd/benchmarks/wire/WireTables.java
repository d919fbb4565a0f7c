package io.partd.benchmarks.wire;

import io.partd.arrow.ArrowPartd;
import io.partd.benchmarks.data.TableSizes;
import io.partd.benchmarks.data.Tables;
import io.partd.flight.FlightPartd;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.SyncPutListener;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A process that puts record batches to a server and gets them from it, as {@link WireClient} does with bytes:
 * {@code <kind> <address> <client> <batches>}.
 */
final class WireTables {
    /** The rows of a batch. */
    static final int ROWS = TableSizes.full().batchRows();

    private WireTables() {}

    /** How a server of tables is spoken to. */
    interface Wire extends AutoCloseable {
        /** Puts so many of the batches, in turn, and returns when the server has them. */
        void put(List<VectorSchemaRoot> batches, long count) throws IOException;

        /** Gets all of them as vectors in memory, batch by batch: how many rows there are. */
        long get() throws IOException;

        void drop();

        @Override
        void close() throws IOException;
    }

    private static Tables tables() {
        return new Tables(TableSizes.full());
    }

    /** The bytes of one batch, as vectors hold them. */
    static long batchBytes() {
        try (Tables tables = tables()) {
            return tables.bytes() / tables.sizes().batches();
        }
    }

    public static void main(String[] args) throws IOException {
        long batches = Long.parseLong(args[3]);
        try (Tables tables = tables();
                Wire wire = connect(args[0], args[1], args[2], tables.allocator())) {
            tables.batches();
            WireClient.obey(line -> run(wire, line, tables, batches));
        }
    }

    private static Wire connect(String kind, String address, String key, BufferAllocator allocator) {
        if (kind.endsWith("layer")) return new Layer(address, key, allocator);
        return new Flight(address, key, allocator);
    }

    private static void run(Wire wire, String what, Tables tables, long batches) throws IOException {
        switch (what) {
            case "append" -> wire.put(tables.batches(), batches);
            case "get" -> {
                long rows = wire.get();
                if (rows != batches * ROWS) {
                    throw new IllegalStateException("put " + batches * ROWS + " rows and got " + rows);
                }
            }
            default -> wire.drop();
        }
    }

    /** Arrow's own client. */
    private static final class Flight implements Wire {
        /** So many batches are on their way at once: as is, the client queues without end what it is given. */
        private static final int ON_THE_WAY = 4;

        private final FlightClient client;
        private final String key;
        private final BufferAllocator allocator;

        Flight(String address, String key, BufferAllocator allocator) {
            URI uri = URI.create(address);
            this.client = FlightClient.builder(allocator, Location.forGrpcInsecure(uri.getHost(), uri.getPort()))
                    .build();
            this.key = key;
            this.allocator = allocator;
        }

        @Override
        public void put(List<VectorSchemaRoot> batches, long count) throws IOException {
            try (SyncPutListener answers = new SyncPutListener();
                    VectorSchemaRoot root = VectorSchemaRoot.create(Tables.SCHEMA, allocator)) {
                FlightClient.ClientStreamListener call = client.startPut(FlightDescriptor.path(key), root, answers);
                VectorLoader loader = new VectorLoader(root);
                for (long i = 0; i < count; i++) {
                    if (i >= ON_THE_WAY) answers.read().close();
                    VectorSchemaRoot batch = batches.get((int) (i % batches.size()));
                    try (ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch()) {
                        loader.load(buffers);
                    }
                    call.putNext();
                }
                call.completed();
                for (PutResult made = answers.read(); made != null; made = answers.read()) made.close();
                call.getResult();
            } catch (InterruptedException | ExecutionException e) {
                throw new IOException("putting to " + key, e);
            }
        }

        @Override
        @SuppressWarnings("try") // To close a stream may be interrupted: that ends the run as any failure does.
        public long get() throws IOException {
            long rows = 0;
            try (FlightStream stream = client.getStream(new Ticket(key.getBytes(UTF_8)))) {
                while (stream.next()) rows += stream.getRoot().getRowCount();
            } catch (Exception e) {
                throw new IOException("getting " + key, e);
            }
            return rows;
        }

        @Override
        public void drop() {
            byte[] body = ("{\"keys\": [\"" + key + "\"]}").getBytes(UTF_8);
            client.doAction(new Action("delete", body)).forEachRemaining(nothing -> {});
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The typed layer over this project's client: each batch is an append of its own. */
    private static final class Layer implements Wire {
        private final ArrowPartd store;
        private final String key;

        Layer(String address, String key, BufferAllocator allocator) {
            this.store = ArrowPartd.over(FlightPartd.connect(URI.create(address)), allocator);
            this.key = key;
        }

        @Override
        public void put(List<VectorSchemaRoot> batches, long count) {
            for (long i = 0; i < count; i++) store.append(key, batches.get((int) (i % batches.size())));
        }

        @Override
        public long get() throws IOException {
            long rows = 0;
            try (ArrowReader reader = store.reader(key)) {
                while (reader.loadNextBatch())
                    rows += reader.getVectorSchemaRoot().getRowCount();
            }
            return rows;
        }

        @Override
        public void drop() {
            store.delete(key);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
