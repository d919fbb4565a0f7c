package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.Ticket;

/** What descriptors and tickets ask for. */
public final class Descriptors {
    /** What a ticket begins with that is not a key: no text in UTF-8 does. */
    public static final byte COMMAND = (byte) 0xff;

    private static final Set<String> TABLE = Set.of("key", "columns");

    /** A key to read as a table, and its columns: all where none is named. */
    public record Table(String key, List<String> columns) {}

    private Descriptors() {}

    /** The key that a path is. */
    public static String key(FlightDescriptor descriptor) {
        if (descriptor.getPathCount() != 1) {
            throw new IllegalArgumentException(
                    "the path has " + descriptor.getPathCount() + " elements: it is one, the key");
        }
        return descriptor.getPath(0);
    }

    /** What a path or a command asks to read. */
    public static Table table(FlightDescriptor descriptor) {
        if (descriptor.getType() == FlightDescriptor.DescriptorType.PATH) return new Table(key(descriptor), List.of());
        return table(descriptor.getCmd().toByteArray());
    }

    private static Table table(byte[] text) {
        return table(Json.read(text, "the command", TABLE));
    }

    public static Table table(ObjectNode command) {
        return new Table(
                Json.text(command, "key"), command.has("columns") ? Json.texts(command, "columns") : List.of());
    }

    /** The ticket for what a descriptor names. */
    public static Ticket ticket(Table table) {
        if (table.columns().isEmpty()) return ticket(ByteString.copyFromUtf8(table.key()));
        ObjectNode json = Json.object().put("key", table.key());
        table.columns().forEach(json.putArray("columns")::add);
        return command(json);
    }

    /** The ticket for the bytes of keys. */
    public static Ticket bytesTicket(List<String> keys) {
        ObjectNode json = Json.object();
        keys.forEach(json.putArray("bytes")::add);
        return command(json);
    }

    private static Ticket command(ObjectNode json) {
        return ticket(ByteString.copyFrom(new byte[] {COMMAND}).concat(ByteString.copyFrom(Json.bytes(json))));
    }

    private static Ticket ticket(ByteString bytes) {
        return Ticket.newBuilder().setTicket(bytes).build();
    }

    /** The key that a ticket is. */
    public static String key(ByteString ticket) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ticket.asReadOnlyByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the ticket is neither a key in UTF-8 nor a command", e);
        }
    }
}
