package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.partd.arrow.Partitioner;
import java.util.List;
import java.util.Set;

/** The command of a put whose rows go to the keys that a partitioner gives them. */
public final class PartitionCommand {
    private static final Set<String> FIELDS = Set.of("hash", "values", "range", "columns");

    private PartitionCommand() {}

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Partitioner of(ObjectNode command) {
        ObjectNode by = Json.requireObject(command.get("partition"), "\"partition\"", FIELDS);
        List<String> columns = Json.texts(by, "columns");
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("\"columns\" names none: a partitioner has at least one");
        }
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
}
