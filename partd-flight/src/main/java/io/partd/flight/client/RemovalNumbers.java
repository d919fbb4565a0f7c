package io.partd.flight.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.partd.flight.protocol.Json;
import java.util.function.Supplier;

/**
 * The numbers that the server gives, as one row that grows with each removal, although a server that is started anew
 * begins another. Safe for several threads.
 */
final class RemovalNumbers {
    private String instance = "";
    private long shift;
    private long last;

    /** The next number of the row. */
    long next(Supplier<ObjectNode> answer) {
        return next(answer.get());
    }

    private synchronized long next(ObjectNode answer) {
        long number = Json.number(answer, "removals");
        String from = Json.text(answer, "instance");
        if (!from.equals(instance)) {
            instance = from;
            shift = last + 1 - number;
        }
        last = Math.max(last, number + shift);
        return number + shift;
    }
}
