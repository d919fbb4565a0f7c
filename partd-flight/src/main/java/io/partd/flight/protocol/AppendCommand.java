package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.UUID;

/**
 * The command of an append of bytes.
 *
 * @param client who appends
 * @param sequence which of the client's appends it is: the same when it is tried again
 * @param acknowledged that and all before it will not be tried again
 * @param directory how many bytes the directory has
 * @param bytes how many bytes it has in all, directory included
 */
public record AppendCommand(UUID client, long sequence, long acknowledged, int directory, long bytes) {
    private static final Set<String> FIELDS = Set.of("client", "sequence", "acknowledged", "directory", "bytes");

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.putObject("append")
                .put("client", client.toString())
                .put("sequence", sequence)
                .put("acknowledged", acknowledged)
                .put("directory", directory)
                .put("bytes", bytes);
        return json;
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static AppendCommand of(ObjectNode command) {
        ObjectNode json = Json.requireObject(command.get("append"), "\"append\"", FIELDS);
        long bytes = Json.number(json, "bytes");
        long directory = Json.number(json, "directory");
        long sequence = Json.number(json, "sequence");
        long acknowledged = Json.number(json, "acknowledged");
        if (directory > bytes || directory > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("\"directory\" is " + directory + " of " + bytes + " bytes");
        }
        if (acknowledged >= sequence) {
            throw new IllegalArgumentException(
                    "\"acknowledged\" is " + acknowledged + " and \"sequence\" " + sequence + ", which is not greater");
        }
        return new AppendCommand(client(json), sequence, acknowledged, (int) directory, bytes);
    }

    public static UUID client(ObjectNode json) {
        String text = Json.text(json, "client");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"client\" is not a UUID", e);
        }
    }
}
