package io.partd.flight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.partd.arrow.Partitioner;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;

/** What descriptors and tickets ask for. */
final class Descriptors {
    /** What a ticket begins with that is not a key: no text in UTF-8 does. */
    static final byte COMMAND = (byte) 0xff;

    private static final Set<String> PUTS = Set.of("append", "partition");
    private static final Set<String> TABLE = Set.of("key", "columns");
    private static final Set<String> PARTITION = Set.of("hash", "values", "range", "columns");

    /** A key to read as a table, and its columns: all where none is named. */
    record Table(String key, List<String> columns) {}

    private Descriptors() {}

    /** The key that a path is. */
    static String key(FlightDescriptor descriptor) {
        if (descriptor.getPathCount() != 1) {
            throw new IllegalArgumentException(
                    "the path has " + descriptor.getPathCount() + " elements: it is one, the key");
        }
        return descriptor.getPath(0);
    }

    /** What a put with a command does. */
    static PutCall.Sink put(PutCall call, byte[] text) {
        ObjectNode command = Json.read(text, "the command", PUTS);
        if (command.size() != 1) throw new IllegalArgumentException("the command has not one field of " + PUTS);
        if (command.has("append")) return new BytesPut(call, AppendCommand.of(command));
        return TablePut.partitioned(call, partitioner(command));
    }

    private static Partitioner partitioner(ObjectNode command) {
        ObjectNode by = Json.requireObject(command.get("partition"), "\"partition\"", PARTITION);
        List<String> columns = Json.texts(by, "columns");
        if (columns.isEmpty())
            throw new IllegalArgumentException("\"columns\" names none: a partitioner has at least one");
        String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
        if (by.size() != 2) {
            throw new IllegalArgumentException(
                    "\"partition\" has to have \"hash\", a number, \"values\", true, or \"range\", a list of bounds");
        }
        if (by.has("values")) {
            if (!by.get("values").isBoolean() || !by.get("values").booleanValue()) {
                throw new IllegalArgumentException("\"values\" is not true");
            }
            return Partitioner.values(columns.get(0), more);
        }
        if (by.has("hash")) return Partitioner.hash(parts(by), columns.get(0), more);
        if (more.length > 0) throw new IllegalArgumentException("\"range\" takes one column");
        return Partitioner.range(columns.get(0), RangeBounds.of(by.get("range")));
    }

    private static int parts(ObjectNode by) {
        return (int) Math.min(Integer.MAX_VALUE, Json.number(by, "hash"));
    }

    /** What a path or a command asks to read. */
    static Table table(FlightDescriptor descriptor) {
        if (descriptor.getType() == FlightDescriptor.DescriptorType.PATH) return new Table(key(descriptor), List.of());
        return table(descriptor.getCmd().toByteArray());
    }

    private static Table table(byte[] text) {
        return table(Json.read(text, "the command", TABLE));
    }

    static Table table(ObjectNode command) {
        return new Table(
                Json.text(command, "key"), command.has("columns") ? Json.texts(command, "columns") : List.of());
    }

    /** The ticket for what a descriptor names. */
    static ByteString ticket(Table table) {
        if (table.columns().isEmpty()) return ByteString.copyFromUtf8(table.key());
        ObjectNode json = Json.object().put("key", table.key());
        table.columns().forEach(json.putArray("columns")::add);
        return ByteString.copyFrom(new byte[] {COMMAND}).concat(ByteString.copyFrom(Json.bytes(json)));
    }

    /** The key that a ticket is. */
    static String key(ByteString ticket) {
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
