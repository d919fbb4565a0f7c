package io.partd.flight.server;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.ArrowStream;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Failures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightEndpoint;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.Flight.SchemaResult;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** What ListFlights, GetFlightInfo and GetSchema say of keys. */
final class FlightListing {
    private static final long UNKNOWN = -1;

    private final ServerContext server;

    FlightListing(ServerContext server) {
        this.server = server;
    }

    /** One for each key, those that hold no tables included. */
    AnswerSource<FlightInfo> list() {
        Iterator<String> keys = server.store.keys().iterator();
        return AnswerSource.of(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public FlightInfo next() {
                return listed(keys.next());
            }
        });
    }

    private FlightInfo listed(String key) {
        try {
            return info(path(key), new Descriptors.Table(key, List.of()));
        } catch (CorruptPartdException e) {
            // What is no table is listed too, as far as it can be: asking for this key alone says what is wrong.
            long bytes = server.store.get(key).size();
            return builder(path(key), new Descriptors.Table(key, List.of()), UNKNOWN, bytes)
                    .build();
        }
    }

    private static FlightDescriptor path(String key) {
        return FlightDescriptor.newBuilder()
                .setType(FlightDescriptor.DescriptorType.PATH)
                .addPath(key)
                .build();
    }

    FlightInfo info(FlightDescriptor descriptor) {
        Descriptors.Table table = Descriptors.table(descriptor);
        requireKey(table.key());
        return info(descriptor, table);
    }

    private FlightInfo info(FlightDescriptor descriptor, Descriptors.Table table) {
        Bytes stored = server.store.get(table.key());
        long rows = stream(stored, table).rows();
        return builder(descriptor, table, rows, stored.size())
                .setSchema(schema(stored, table))
                .build();
    }

    private static FlightInfo.Builder builder(
            FlightDescriptor descriptor, Descriptors.Table table, long rows, long bytes) {
        Ticket ticket = Descriptors.ticket(table);
        return FlightInfo.newBuilder()
                .setFlightDescriptor(descriptor)
                .addEndpoint(FlightEndpoint.newBuilder().setTicket(ticket))
                .setTotalRecords(rows)
                .setTotalBytes(bytes)
                .setOrdered(true);
    }

    SchemaResult schema(FlightDescriptor descriptor) {
        Descriptors.Table table = Descriptors.table(descriptor);
        requireKey(table.key());
        return SchemaResult.newBuilder()
                .setSchema(schema(server.store.get(table.key()), table))
                .build();
    }

    private void requireKey(String key) {
        if (server.store.get(key).size() == 0 && !server.store.keys().contains(key)) {
            throw Failures.refusal(Status.Code.NOT_FOUND, "there is no such key");
        }
    }

    /** The schema as an encapsulated message. */
    private ByteString schema(Bytes stored, Descriptors.Table table) {
        try (ArrowReader reader =
                stream(stored, table).reader(server.allocator, table.columns().toArray(String[]::new))) {
            return encapsulated(BatchFrames.schema(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a schema: " + e.getMessage(), e);
        }
    }

    private static ArrowStream stream(Bytes stored, Descriptors.Table table) {
        return new ArrowStream(stored, TableGet.name(table.key()));
    }

    private static ByteString encapsulated(Schema schema) {
        byte[] header = BatchFrames.frame(schema).header;
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(prefix.putInt(-1).putInt(padded).array());
        message.writeBytes(header);
        message.writeBytes(new byte[padded - header.length]);
        return ByteString.copyFrom(message.toByteArray());
    }
}
